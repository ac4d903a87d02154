/** Buyers change their seats all the time: how long Microsoft waits for each answer, and how fast the vendors follow. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { type Milliseconds, minutes } from '../src/kit/time.ts'
import type { Bridge } from '../src/main/bridge.ts'
import { startBridge } from './bridge.ts'
import { type Child, startChild } from './child.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import { quantile } from './quantile.ts'
import { sell } from './sale.ts'
import type { Hello, SandboxOrder } from './sandbox-process.ts'

const SUBSCRIPTIONS = 150
const PER_SECOND = 50
const SECONDS = 20
/** Of every tenth asset Connect tells only after so long: answers must not wait behind such a call. */
const SLOW = { kind: 'slowConnect', assets: '/assets/AS-[-0-9]*7$', delay: 8_000 } as const
const PATIENCE: Milliseconds = minutes(3)

export const changesBench: Bench = {
  name: 'changes',
  about: `${PER_SECOND} changes of seats a second for ${SECONDS} s at ${SUBSCRIPTIONS} subscriptions, Connect slow for a tenth of them, the sandbox in a process of its own; baseline: the pace they are made at`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const sandbox = startChild('sandbox-process.ts')
  const bridge = await startBridge(database, await sandbox.hear<Hello>())
  try {
    const sales = await sellAll(database, bridge, await ask<readonly string[]>(sandbox, { kind: 'purchase', count: SUBSCRIPTIONS }))
    await ask(sandbox, SLOW)
    const begun = performance.now()
    const made = await ask<number>(sandbox, { kind: 'change', perSecond: PER_SECOND, seconds: SECONDS })
    const lasted = performance.now() - begun
    await until(database, 'every operation answered', allAnswered)
    const answers = await answersOf(database, lasted)
    await until(database, 'every vendor in step', allSettled)
    const followed = { name: 'changed at the vendor', unit: 'changes', rate: (await changesOf(database)) / secondsSince(begun) }
    return { baseline: { name: 'made by buyers', unit: 'changes', rate: (made * 1000) / lasted }, measured: [answers, followed, sales] }
  } finally {
    await bridge.stop()
    await sandbox.end()
  }
}

async function ask<T>(sandbox: Child, order: SandboxOrder): Promise<T> {
  sandbox.tell(order)
  return sandbox.hear<T>()
}

async function sellAll(database: Database, bridge: Bridge, tokens: readonly string[]): Promise<Measurement> {
  const begun = performance.now()
  await Promise.all(tokens.map((token) => sell(bridge, token)))
  await until(database, 'every sale active', (subscriptions) => subscriptions.active === tokens.length)
  return { name: 'sold before: token to active', unit: 'sales', rate: tokens.length / secondsSince(begun) }
}

/** From the receipt of the notice to the end of our PATCH, by the bridge's own clock. */
async function answersOf({ db }: Database, lasted: Milliseconds): Promise<Measurement> {
  const { rows } = await sql<{ took: number }>`
    select (extract(epoch from answered_at - first_told_at) * 1000)::float8 as took from operations where answered_at is not null`.execute(
    db,
  )
  const took = rows.map((row) => row.took)
  return {
    ...{ name: 'answered at Microsoft', unit: 'changes', rate: (took.length * 1000) / lasted },
    ...{ p50: quantile(took, 0.5), p99: quantile(took, 0.99), worst: quantile(took, 1) },
  }
}

interface Counts {
  readonly active: number
  readonly settled: number
  readonly unanswered: number
}

const allAnswered = ({ unanswered }: Counts): boolean => unanswered === 0
const allSettled = ({ settled }: Counts): boolean => settled === SUBSCRIPTIONS

async function until({ db }: Database, what: string, isSo: (counts: Counts) => boolean): Promise<void> {
  const begun = performance.now()
  for (;;) {
    const { rows } = await sql<Counts>`select
      count(*) filter (where status = 'Subscribed')::int as active,
      count(*) filter (where next->>'kind' = 'settled' and not exists (
        select from notices where notices.subscription_id = subscriptions.id and explained_at is null
      ))::int as settled,
      (select count(*) from operations where answered_at is null and decision is distinct from 'observe')::int as unanswered
      from subscriptions`.execute(db)
    const [counts] = rows
    if (counts && isSo(counts)) return
    if (performance.now() - begun > PATIENCE) throw new Error(`${what}: never, but ${JSON.stringify(counts)}`)
    await sleep(50)
  }
}

async function changesOf({ db }: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from timeline where event = 'step.accepted' and facts->>'step' like 'change%'`.execute(db)
  return rows[0]?.count ?? 0
}

const secondsSince = (from: number): number => (performance.now() - from) / 1000
