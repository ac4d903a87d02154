/** Many active subscriptions, the sandbox in a process of its own, and how to tell how far they are. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { type CrashPoint, noCrash } from '../src/kit/crash-point.ts'
import { type Milliseconds, minutes } from '../src/kit/time.ts'
import { startBridge } from './bridge.ts'
import { type Child, startChild } from './child.ts'
import type { Measurement } from './frame.ts'
import { sell } from './sale.ts'
import type { Hello, SandboxOrder } from './sandbox-process.ts'

const PATIENCE: Milliseconds = minutes(3)

export interface Outside {
  /** Tells the sandbox, and waits for its answer. */
  ask<T>(order: SandboxOrder): Promise<T>
}

/** @param passed called at each point of the bridge's work that has a name */
export async function withSubscriptions<T>(
  database: Database,
  count: number,
  work: (outside: Outside, sales: Measurement) => Promise<T>,
  passed: CrashPoint = noCrash,
): Promise<T> {
  const sandbox = startChild('sandbox-process.ts')
  const outside = outsideOf(sandbox)
  const bridge = await startBridge(database, await sandbox.hear<Hello>(), { passed })
  try {
    const begun = performance.now()
    const tokens = await outside.ask<readonly string[]>({ kind: 'purchase', count })
    await Promise.all(tokens.map((token) => sell(bridge, token)))
    await until(database, 'every sale active', ({ active }) => active === count)
    return await work(outside, { name: 'sold before: token to active', unit: 'sales', rate: count / secondsSince(begun) })
  } finally {
    await bridge.stop()
    await sandbox.end()
  }
}

const outsideOf = (sandbox: Child): Outside => ({
  async ask<T>(order: SandboxOrder) {
    sandbox.tell(order)
    return sandbox.hear<T>()
  },
})

export interface Counts {
  readonly active: number
  /** At rest: nothing Microsoft has told is waited for, and the vendor is in step. */
  readonly settled: number
  /** Of those, the ones with so many seats. */
  readonly seats: Readonly<Record<number, number>>
  readonly unanswered: number
}

export async function until({ db }: Database, what: string, isSo: (counts: Counts) => boolean): Promise<void> {
  const begun = performance.now()
  for (;;) {
    const { rows } = await sql<Counts>`
      with stands as (
        select status, quantity, next->>'kind' = 'settled' and not exists (
          select from notices where notices.subscription_id = subscriptions.id and explained_at is null
        ) as settled from subscriptions
      )
      select count(*) filter (where status = 'Subscribed')::int as active, count(*) filter (where settled)::int as settled,
        (select coalesce(json_object_agg(quantity, count), '{}') from (
          select quantity, count(*) from stands where settled and quantity is not null group by quantity) as seats) as seats,
        (select count(*) from operations where answered_at is null and decision is distinct from 'observe')::int as unanswered
      from stands`.execute(db)
    const [counts] = rows
    if (counts && isSo(counts)) return
    if (performance.now() - begun > PATIENCE) throw new Error(`${what}: never, but ${JSON.stringify(counts)}`)
    await sleep(50)
  }
}

export const secondsSince = (from: number): number => (performance.now() - from) / 1000
