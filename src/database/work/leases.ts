/** The lease columns: kept, checked, taken back. Times are the database's: a lease concerns real processes. */
import { type RawBuilder, sql } from 'kysely'
import type { Instant, Milliseconds } from '../../kit/time.ts'
import type { Db } from '../types.ts'
import type { Claimed } from './claim.ts'

export type LeaseName = Pick<Claimed, 'tenantId' | 'kind' | 'key' | 'token'>

/** The row, as long as the lease is ours. */
export const ours = ({ tenantId, kind, key, token }: LeaseName): RawBuilder<boolean> =>
  sql<boolean>`tenant_id = ${tenantId} and kind = ${kind} and key = ${key} and lease_token = ${token}::bigint`

/**
 * Locks the row until the transaction ends, if the lease is ours. `for key share` stops a takeover, which locks for update and skips what it
 * cannot have, and lets wakes pass, which change no key.
 */
export const lockedRow = (lease: LeaseName): RawBuilder<unknown> => sql`select 1 from work where ${ours(lease)} for key share`

/** Whether it is ours now. */
export async function isHeld(db: Db, lease: LeaseName): Promise<boolean> {
  const { rows } = await sql`select 1 from work where ${ours(lease)}`.execute(db)
  return rows.length > 0
}

/** Makes the lease last `length` from now, if it is ours; never shortens it. The time to takeover after its end stays. */
export async function extend(db: Db, lease: LeaseName, length: Milliseconds): Promise<boolean> {
  const { numAffectedRows } = await sql`update work set ${longer(length)} where ${ours(lease)}`.execute(db)
  return numAffectedRows === 1n
}

const longer = (length: Milliseconds) => sql`
  lease_until = greatest(lease_until, statement_timestamp() + ${length} * interval '1 ms'),
  takeover_at = takeover_at - lease_until + greatest(lease_until, statement_timestamp() + ${length} * interval '1 ms')`

export interface Renewal {
  /** Tokens of the leases that are still ours. */
  readonly held: ReadonlySet<string>
  /** Those of them that last longer now. The others' rows are locked by a transaction that wakes them: next time. */
  readonly renewed: ReadonlySet<string>
}

/** Renews many at once. */
export async function renew(db: Db, leases: readonly LeaseName[], length: Milliseconds): Promise<Renewal> {
  const held = await sql<{ token: string }>`select work.lease_token as token from ${unnested(leases)} ${joined}`.execute(db)
  const renewed = await sql<{ token: string }>`/* work.renew */
    with free as (
      select work.tenant_id, work.kind, work.key, work.lease_token from ${unnested(leases)} ${joined} for no key update of work skip locked
    )
    update work set ${longer(length)} from free
    where work.tenant_id = free.tenant_id and work.kind = free.kind and work.key = free.key and work.lease_token = free.lease_token
    returning work.lease_token as token`.execute(db)
  return { held: tokens(held.rows), renewed: tokens(renewed.rows) }
}

const tokens = (rows: readonly { token: string }[]) => new Set(rows.map(({ token }) => token))

const unnested = (leases: readonly LeaseName[]) => sql`unnest(
  ${leases.map(({ tenantId }) => tenantId)}::text[], ${leases.map(({ kind }) => kind)}::text[],
  ${leases.map(({ key }) => key)}::text[], ${leases.map(({ token }) => token)}::bigint[]
) as held (tenant_id, kind, key, token)`

const joined = sql`join work on work.tenant_id = held.tenant_id and work.kind = held.kind and work.key = held.key
  and work.lease_token = held.token`

/** Frees what holders left behind that are dead, or slower than lease and longest call together; due at once. Returns how many. */
export async function takeBack(db: Db, now: Instant): Promise<number> {
  const { numAffectedRows } = await sql`/* work.take-back */
    with expired as (
      select tenant_id, kind, key from work where lease_token is not null and takeover_at <= statement_timestamp()
      limit 500 for update skip locked
    )
    update work set lease_token = null, lease_until = null, takeover_at = null, due_at = least(work.due_at, ${now}::timestamptz),
      last_error_code = 'ERR_LEASE_LOST', last_error = 'The process that worked on it stopped.', failed_at = ${now}::timestamptz
    from expired where work.tenant_id = expired.tenant_id and work.kind = expired.kind and work.key = expired.key`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
