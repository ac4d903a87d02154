/** One claiming process of the work-list benchmark: says it is ready, reads for how long, and writes how many claims it made. */
import { once } from 'node:events'
import { sql } from 'kysely'
import { type Db, openDatabase } from '../src/database/index.ts'
import { claim } from '../src/database/work/claim.ts'
import { defineLook } from '../src/database/work/index.ts'
import { silentLog } from '../src/kit/log.ts'
import { instant, seconds } from '../src/kit/time.ts'

const BATCH = 25
const now = instant('2031-01-01')
const looks = [defineLook({ kind: 'bench', priority: 50, longestCall: seconds(20), look: async () => ({}) })]

/** As the work list does it. */
const claimSome = async (db: Db): Promise<number> => (await claim(db, { looks, now, lease: seconds(15), limit: BATCH, upTo: 100 })).length

/** The least a queue in PostgreSQL can do: no tenants, no urgency, no fencing. */
async function claimBare(db: Db): Promise<number> {
  const { rows } = await sql`update bare set lease_until = now() + interval '15 s' where id in (
    select id from bare where lease_until is null and due_at <= ${now}::timestamptz order by due_at limit ${BATCH} for update skip locked
  ) returning id`.execute(db)
  return rows.length
}

const [url = '', mode] = process.argv.slice(2)
const database = openDatabase({ url, maxConnections: 2, log: silentLog })
const claimOnce = mode === 'bare' ? claimBare : claimSome
await claimOnce(database.db)
console.log('ready')
const [length] = await once(process.stdin, 'data')

const begun = performance.now()
const lasts = Number(length)
let claims = 0
while (performance.now() - begun < lasts) {
  const some = await claimOnce(database.db)
  if (some === 0) break
  claims += some
}
console.log(JSON.stringify({ claims, took: performance.now() - begun }))
await database.close()
