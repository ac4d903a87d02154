/** Takes due objects under a lease. */
import { sql } from 'kysely'
import type { Instant, Milliseconds } from '../../kit/time.ts'
import type { Db } from '../types.ts'
import type { Look } from './look.ts'

/** One leased object, as claimed. */
export interface Claimed {
  readonly tenantId: string
  readonly kind: string
  readonly key: string
  readonly token: string
  /** Looks begun in a row without success, this one included. */
  readonly attempts: number
}

export interface ClaimRequest {
  readonly looks: readonly Look[]
  readonly now: Instant
  readonly lease: Milliseconds
  readonly limit: number
  /** Only this urgent or more. */
  readonly upTo: number
}

/** More due rows than this are a backlog: only then are the tenants gone through one by one. */
const WINDOW = 250

/**
 * Claims up to `limit` due objects: priority first, then as many of each tenant as of the next, then the longest due.
 *
 * - `early`: the longest due rows. When they are all there are, they name every tenant with something due, at the cost of what is due.
 * - `lane`: in a backlog, each (priority, tenant) that has free rows, with its earliest due time, by jumping from one to the next along the
 *   index: a tenant with ten thousand due rows costs one step. (Ranking only the longest due rows by tenant starves whoever is behind them.)
 * - `turn`: the lanes with something due, drawn by lot so that no tenant is always first, each with its share of the batch.
 * - `picked`: locked with `skip locked`, so that claimers never wait for each other, nor see rows a transaction is just waking.
 * - due times are compared with the given clock, leases with the database's.
 */
export async function claim(db: Db, { looks, now, lease, limit, upTo }: ClaimRequest): Promise<readonly Claimed[]> {
  const { rows } = await sql<Claimed>`/* work.claim */
    with recursive early as materialized (
      select priority, tenant_id from work where lease_token is null and due_at <= ${now}::timestamptz order by due_at limit ${WINDOW}
    ), lane as (
      (select priority, tenant_id, due_at from work
        where lease_token is null and priority <= ${upTo} and (select count(*) from early) >= ${WINDOW}
        order by priority, tenant_id, due_at limit 1)
      union all
      select next.priority, next.tenant_id, next.due_at from lane cross join lateral (
        select priority, tenant_id, due_at from work
        where lease_token is null and priority <= ${upTo} and (priority, tenant_id) > (lane.priority, lane.tenant_id)
        order by priority, tenant_id, due_at limit 1
      ) next
    ), due_lane as (
      select priority, tenant_id from early where priority <= ${upTo}
      union select priority, tenant_id from lane where due_at <= ${now}::timestamptz
    ), turn as (
      select priority, tenant_id, ceil(${limit}::numeric / count(*) over (partition by priority))::int as share,
        row_number() over (partition by priority order by random()) as lot
      from due_lane
    ), picked as (
      select due.tenant_id, due.kind, due.key
      from turn cross join lateral (
        select tenant_id, kind, key, due_at from work
        where lease_token is null and priority = turn.priority and tenant_id = turn.tenant_id and due_at <= ${now}::timestamptz
          and kind = any(${looks.map(({ kind }) => kind)}::text[])
        order by due_at limit turn.share for update skip locked
      ) due
      where turn.lot <= ${limit}
      order by turn.priority, turn.lot, due.due_at limit ${limit}
    )
    update work set
      due_at = null, attempts = attempts + 1, priority = look.priority, lease_token = nextval('work_lease_token'),
      lease_until = statement_timestamp() + ${lease} * interval '1 ms',
      takeover_at = statement_timestamp() + (${lease} + look.longest_call) * interval '1 ms'
    from picked join unnest(
      ${looks.map(({ kind }) => kind)}::text[], ${looks.map(({ priority }) => priority)}::smallint[],
      ${looks.map(({ longestCall }) => longestCall)}::int[]
    ) as look (kind, priority, longest_call) on look.kind = picked.kind
    where work.tenant_id = picked.tenant_id and work.kind = picked.kind and work.key = picked.key
    returning work.tenant_id as "tenantId", work.kind, work.key, work.lease_token as token, work.attempts`.execute(db)
  return rows
}
