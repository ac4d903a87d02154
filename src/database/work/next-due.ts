import { sql } from 'kysely'
import { type Instant, instant } from '../../kit/time.ts'
import type { Db } from '../types.ts'

/**
 * When the next free object becomes due, by the earliest of each (priority, tenant); only times still to come. A hint for a timer: what it misses
 * (behind an overdue object of a kind this process does not look at), the poll finds.
 */
export async function nextDue(db: Db, now: Instant): Promise<Instant | undefined> {
  const { rows } = await sql<{ due: Date | null }>`/* work.next */
    with recursive lane as (
      (select priority, tenant_id, due_at from work where lease_token is null order by priority, tenant_id, due_at limit 1)
      union all
      select next.priority, next.tenant_id, next.due_at from lane cross join lateral (
        select priority, tenant_id, due_at from work
        where lease_token is null and (priority, tenant_id) > (lane.priority, lane.tenant_id)
        order by priority, tenant_id, due_at limit 1
      ) next
    ) select min(due_at) as due from lane where due_at > ${now}::timestamptz`.execute(db)
  const due = rows[0]?.due
  return due ? instant(due) : undefined
}
