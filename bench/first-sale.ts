/** The first sale under load: landing pages served, and confirmed orders brought to an active subscription by an instant vendor. */
import Fastify from 'fastify'
import { sql } from 'kysely'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import { createBuyer } from '../sandbox/testing/buyer.ts'
import type { Database } from '../src/database/index.ts'
import type { Milliseconds } from '../src/kit/time.ts'
import type { Bridge } from '../src/main/bridge.ts'
import { BRIDGE_URL, startBridge } from './bridge.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import { quantile } from './quantile.ts'
import { confirm } from './sale.ts'

const AT_ONCE = 16
const BARE = 4_000
/** Below what one client address may ask for in a minute. */
const LANDINGS = 250
const SALES = 200

export const firstSaleBench: Bench = {
  name: 'first-sale',
  about: `landing (token to page) and confirm-to-active with an instant vendor, ${AT_ONCE} at once, bridge and sandbox in one process; baseline: a bare handler with one insert`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const sandbox = await startSandbox({ port: 0, bridgeUrl: BRIDGE_URL })
  const bridge = await startBridge(database, sandbox.urls)
  try {
    const baseline = await bareHandler(database)
    return { baseline, measured: [await landings(sandbox), await sales(sandbox, bridge, database)] }
  } finally {
    await bridge.stop()
    await sandbox.stop()
  }
}

async function bareHandler({ db }: Database): Promise<Measurement> {
  await sql`create table bare_insert (id bigint generated always as identity primary key, body text not null)`.execute(db)
  const app = Fastify()
  app.get('/', async () => {
    await sql`insert into bare_insert (body) values ('a purchase')`.execute(db)
    return { stored: true }
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const measured = await inParallel(BARE, async () => void (await (await fetch(url)).text()))
  await app.close()
  return { name: 'bare handler, one insert', unit: 'requests', ...measured }
}

async function landings({ worlds: { marketplace } }: Sandbox): Promise<Measurement> {
  const order = { offerId: 'larkspur-notes', planId: 'team', quantity: 5 } as const
  const urls = Array.from({ length: LANDINGS }, () => marketplace.purchase(order).landingUrl)
  const buyers = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const buyer = createBuyer('mara')
      await buyer.open(marketplace.purchase(order).landingUrl) // signs in once
      return buyer
    }),
  )
  const measured = await inParallel(LANDINGS, async (n, lane) => {
    const page = await buyers[lane]?.open(urls[n] ?? '')
    if (page?.status !== 200) throw new Error(`landing answered ${page?.status}`)
  })
  return { name: 'landing, token to page', unit: 'landings', ...measured }
}

async function sales({ worlds: { marketplace, connect } }: Sandbox, bridge: Bridge, { db }: Database): Promise<Measurement> {
  connect.setModeOfAll({ kind: 'automatic' })
  marketplace.setOptions({ activationDelay: 0 })
  const pending = await sql<{ id: string }>`select id from subscriptions where status = 'PendingFulfillmentStart' limit ${SALES}`.execute(
    db,
  )
  const begun = performance.now()
  const confirmedAt = new Map<string, number>()
  for (const { id } of pending.rows) {
    confirmedAt.set(id, performance.now())
    await confirm(bridge, id)
  }
  const took: Milliseconds[] = []
  while (confirmedAt.size > 0) {
    const active = await sql<{ id: string }>`select id from subscriptions where status = 'Subscribed'`.execute(db)
    for (const { id } of active.rows) {
      const from = confirmedAt.get(id)
      if (from !== undefined) took.push(performance.now() - from)
      confirmedAt.delete(id)
    }
    if (performance.now() - begun > 120_000) throw new Error(`${confirmedAt.size} sales never came to an end`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { name: 'confirm to active', unit: 'sales', rate: (took.length * 1000) / (performance.now() - begun), p99: quantile(took, 0.99) }
}

async function inParallel(count: number, work: (n: number, lane: number) => Promise<void>): Promise<{ rate: number; p99: Milliseconds }> {
  const took: Milliseconds[] = []
  let next = 0
  const begun = performance.now()
  const lane = async (_: unknown, laneNumber: number): Promise<void> => {
    for (let n = next++; n < count; n = next++) {
      const from = performance.now()
      await work(n, laneNumber)
      took.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return { rate: (count * 1000) / (performance.now() - begun), p99: quantile(took, 0.99) }
}
