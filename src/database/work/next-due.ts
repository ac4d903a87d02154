import { sql } from 'kysely'
import { type Instant, instant } from '../../kit/time.ts'
import type { Db } from '../types.ts'

/** When the next free object becomes due; only times still to come. A hint for a timer: what it misses, the poll finds. */
export async function nextDue(db: Db, now: Instant): Promise<Instant | undefined> {
  const { rows } = await sql<{ due: Date }>`/* work.next */
    select due_at as due from work where lease_token is null and due_at > ${now}::timestamptz order by due_at limit 1`.execute(db)
  const [row] = rows
  return row ? instant(row.due) : undefined
}
