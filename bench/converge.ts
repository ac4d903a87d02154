/** Bringing the vendor in step: buyers change their seats, and an instant vendor follows. */
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { type Milliseconds, seconds } from '../src/kit/time.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import { countStatements } from './statements.ts'
import { type Outside, secondsSince, until, withSubscriptions } from './subscriptions.ts'

const SUBSCRIPTIONS = 100
const ROUNDS = 3
const BARE_FOR: Milliseconds = seconds(2)
/** As many at once as the bridge looks at. */
const AT_ONCE = 20

export const convergeBench: Bench = {
  name: 'converge',
  about: `${SUBSCRIPTIONS} subscriptions change their seats at Microsoft at once, ${ROUNDS} times, with an instant vendor: until both sides agree; baseline: one row inserted and committed, ${AT_ONCE} at once`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const baseline = await bareInserts(database)
  const sent = countStatements(database)
  let looks = 0
  const passed = (point: string): void => {
    if (point === 'subscription.looked') looks++
  }
  const measure = async (outside: Outside): Promise<Measurement> => {
    const before = { sent: sent(), looks }
    const begun = performance.now()
    for (let round = 1; round <= ROUNDS; round++) await changeAll(database, outside, 10 + round)
    const changes = SUBSCRIPTIONS * ROUNDS
    const each = { looks: (looks - before.looks) / changes, statements: (sent() - before.sent) / changes }
    return { name: 'change told to both sides in step', unit: 'changes', rate: changes / secondsSince(begun), each }
  }
  return {
    baseline,
    measured: await withSubscriptions(database, SUBSCRIPTIONS, async (outside, sales) => [await measure(outside), sales], passed),
  }
}

async function changeAll(database: Database, outside: Outside, seats: number): Promise<void> {
  await outside.ask({ kind: 'changeAll', seats })
  await until(database, 'every vendor in step', (counts) => counts.seats[seats] === SUBSCRIPTIONS)
}

async function bareInserts({ db }: Database): Promise<Measurement> {
  await sql`create table bare_insert (id bigint generated always as identity primary key, body text not null)`.execute(db)
  let inserted = 0
  const begun = performance.now()
  const lane = async (): Promise<void> => {
    for (; performance.now() - begun < BARE_FOR; inserted++) await sql`insert into bare_insert (body) values ('a change')`.execute(db)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return { name: 'one row inserted', unit: 'inserts', rate: inserted / secondsSince(begun) }
}
