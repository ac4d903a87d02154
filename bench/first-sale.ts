/** The first sale under load: landing pages served, and confirmed orders brought to an active subscription by an instant vendor. */
import Fastify from 'fastify'
import { sql } from 'kysely'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import { createBuyer } from '../sandbox/testing/buyer.ts'
import { readConfig } from '../src/config.ts'
import { createKeyring, type Database } from '../src/database/index.ts'
import { entraObjectId, entraTenantId, subscriptionId, tenantId } from '../src/kit/ids.ts'
import { silentLog } from '../src/kit/log.ts'
import { type Milliseconds, movableClock } from '../src/kit/time.ts'
import { type Bridge, createBridge } from '../src/main/bridge.ts'
import { applySandboxSetup } from '../src/main/with-sandbox.ts'
import { confirmOrder, type Order } from '../src/subscriptions/index.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'

const AT_ONCE = 16
const BARE = 4_000
/** Below what one client address may ask for in a minute. */
const LANDINGS = 250
const SALES = 200
const PORT = 3085
const TENANT = tenantId.parse('larkspur')

export const firstSaleBench: Bench = {
  name: 'first-sale',
  about: `landing (token to page) and confirm-to-active with an instant vendor, ${AT_ONCE} at once, bridge and sandbox in one process; baseline: a bare handler with one insert`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const clock = movableClock()
  const sandbox = await startSandbox({ port: 0, clock, bridgeUrl: `http://127.0.0.1:${PORT}` })
  const storage = { ...database, keyring: createKeyring({ keys: [{ key: Buffer.alloc(32, 3) }] }) }
  await applySandboxSetup(storage, clock)
  const bridge = await createBridge({ config: configFor(sandbox), storage, clock, log: silentLog })
  await bridge.listen()
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

async function sales({ worlds: { marketplace, connect } }: Sandbox, { subscriptions }: Bridge, { db }: Database): Promise<Measurement> {
  connect.setModeOfAll({ kind: 'automatic' })
  marketplace.setOptions({ activationDelay: 0 })
  const pending = await sql<{ id: string }>`select id from subscriptions where status = 'PendingFulfillmentStart' limit ${SALES}`.execute(
    db,
  )
  const visitor = {
    entraTenantId: entraTenantId.parse('d2a4c1f8-3b5e-4f7a-8c6d-90e1f2a3b4c5'),
    objectId: entraObjectId.parse('11a0f1d2-0001-4a6b-9c3d-5e7f80910001'),
  }
  const begun = performance.now()
  const confirmedAt = new Map<string, number>()
  for (const { id } of pending.rows) {
    confirmedAt.set(id, performance.now())
    await confirmOrder(subscriptions, { tenantId: TENANT, subscriptionId: subscriptionId.parse(id) }, ORDER, visitor)
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
  return { name: 'confirm to active', unit: 'sales', rate: (took.length * 1000) / (performance.now() - begun), p99: p99(took) }
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
  return { rate: (count * 1000) / (performance.now() - begun), p99: p99(took) }
}

const p99 = (took: readonly Milliseconds[]): Milliseconds => [...took].sort((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1] ?? 0

function configFor(sandbox: Sandbox) {
  const reading = readConfig({
    SANDBOX: 'off',
    PORT: String(PORT),
    MICROSOFT_MARKETPLACE_URL: sandbox.urls.marketplace,
    MICROSOFT_LOGIN_URL: sandbox.urls.login,
    MICROSOFT_STS_URL: sandbox.urls.sts,
    CONNECT_API_URL: sandbox.urls.connect,
  })
  if (!reading.ok) throw new TypeError('the configuration of the benchmark is fixed')
  return reading.config
}

const ORDER: Order = {
  customer: {
    ...{ companyName: 'Fabrikam GmbH', addressLine1: 'Hauptstrasse 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    contact: { firstName: 'Mara', lastName: 'Vogt', email: 'mara.vogt@fabrikam.example' },
  },
  params: [],
}
