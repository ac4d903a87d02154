/**
 * A worker in a process of its own, for tests that kill it. Each look writes to `effects` twice as a real one would: a call outside that changes
 * something, and what it stores under its lease. Says on stdout what it is about to do, so that a test can stop it there.
 *
 * Arguments: database URL, name, what each look does: `quick`, or `pauses` (waits for a line on stdin before each step, after saying which).
 */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Database, inTransaction, openDatabase } from '../../../src/database/index.ts'
import { defineLook, type Lease, startWorker } from '../../../src/database/work/index.ts'
import { silentLog } from '../../../src/kit/log.ts'
import { instant, type Milliseconds } from '../../../src/kit/time.ts'

const LONGEST_CALL: Milliseconds = 200
const POLL: Milliseconds = 100

const [url = '', name = '', manner = 'quick'] = process.argv.slice(2)
/** Long enough that a busy machine loses none by accident, where the test does not want it. */
const lease: Milliseconds = manner === 'pauses' ? 400 : 3000
const database = openDatabase({ url, maxConnections: 4, log: silentLog })
/** The world outside: it knows nothing of leases and takes every call. */
const outside = openDatabase({ url, maxConnections: 4, log: silentLog })
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

async function step(what: string): Promise<void> {
  if (manner !== 'pauses') return
  console.log(what)
  await lines.next()
}

const note = (where: Database['db'], key: string, kind: string, token: string) =>
  sql`insert into effects (key, kind, holder, token) values (${key}, ${kind}, ${name}, ${token}::bigint)`.execute(where)

async function tokenOf(key: string): Promise<string> {
  const row = await database.db.selectFrom('work').select('lease_token').where('key', '=', key).executeTakeFirstOrThrow()
  return row.lease_token ?? 'none'
}

async function lookAt(key: string, lease: Lease): Promise<void> {
  const token = await tokenOf(key)
  await step(`claimed ${key}`)
  await lease.assertTimeFor(LONGEST_CALL)
  await note(outside.db, key, 'call', token)
  await step(`called ${key}`)
  if (manner === 'quick') await sleep(Math.random() * 20)
  await inTransaction(database.db, async (tx) => {
    await lease.assertHeld(tx)
    await note(tx, key, 'stored', token)
  })
}

const look = defineLook({
  kind: 'test',
  priority: 50,
  longestCall: LONGEST_CALL,
  async look({ key }, held) {
    await lookAt(key, held)
    return {}
  },
})

const clock = { now: () => instant('2030-01-01') }
const worker = startWorker({ database, looks: [look], clock, log: silentLog, leaseLength: lease, pollEvery: POLL, concurrency: 8 })
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)))
console.log('ready')
