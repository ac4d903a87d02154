/** Buyers change their seats all the time: how long Microsoft waits for each answer, and how fast the vendors follow. */
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import type { Milliseconds } from '../src/kit/time.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import { quantile } from './quantile.ts'
import { secondsSince, until, withSubscriptions } from './subscriptions.ts'

const SUBSCRIPTIONS = 150
const PER_SECOND = 50
const SECONDS = 20
/** Of every tenth asset Connect tells only after so long: answers must not wait behind such a call. */
const SLOW = { kind: 'slowConnect', assets: '/assets/AS-[-0-9]*7$', delay: 8_000 } as const

export const changesBench: Bench = {
  name: 'changes',
  about: `${PER_SECOND} changes of seats a second for ${SECONDS} s at ${SUBSCRIPTIONS} subscriptions, Connect slow for a tenth of them, the sandbox in a process of its own; baseline: the pace they are made at`,
  run: () => withDatabase(measureAll),
}

const measureAll = (database: Database): Promise<BenchResult> => {
  return withSubscriptions(database, SUBSCRIPTIONS, async (outside, sales) => {
    await outside.ask(SLOW)
    const begun = performance.now()
    const made = await outside.ask<number>({ kind: 'change', perSecond: PER_SECOND, seconds: SECONDS })
    const lasted = performance.now() - begun
    await until(database, 'every operation answered', ({ unanswered }) => unanswered === 0)
    const answers = await answersOf(database, lasted)
    await until(database, 'every vendor in step', ({ settled }) => settled === SUBSCRIPTIONS)
    const rate = (await changesOf(database)) / secondsSince(begun)
    const followed = { name: 'changed at the vendor', unit: 'changes', rate }
    return { baseline: { name: 'made by buyers', unit: 'changes', rate: (made * 1000) / lasted }, measured: [answers, followed, sales] }
  })
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

async function changesOf({ db }: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from timeline where event = 'step.accepted' and facts->>'step' like 'change%'`.execute(db)
  return rows[0]?.count ?? 0
}
