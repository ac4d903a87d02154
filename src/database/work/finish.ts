/**
 * The end of a look. Each returns when the object is due again; `undefined` when it is settled; `'lost'` when the lease was no longer ours, and nothing was stored.
 * None waits for the disk: if the end is not there after a failure of the machine, the object is still leased, and is looked at again.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Instant, instant } from '../../kit/time.ts'
import { lax } from '../lax.ts'
import type { Db } from '../types.ts'
import { type LeaseName, ours } from './leases.ts'

export type Finish = Instant | undefined | 'lost'

/** It went well. Without a time to look again, and without a wake meanwhile, the row goes. */
export async function settle(db: Db, lease: LeaseName, lookAgainAt: Instant | undefined): Promise<Finish> {
  if (!lookAgainAt) {
    const { numAffectedRows } = await sql`with ${lax} delete from work using lax where ${ours(lease)} and due_at is null`.execute(db)
    if (numAffectedRows === 1n) return undefined
  }
  const clean = sql`attempts = 0, last_error_code = null, last_error = null, failed_at = null, failing_since = null`
  return free(db, lease, lookAgainAt, clean)
}

export interface Failure {
  readonly code: string
  readonly message: string
  readonly at: Instant
}

/** It did not; it stays, and says why. A wake that came meanwhile counts: it may be what was missing. */
export const fail = (db: Db, lease: LeaseName, { code, message, at }: Failure, again: Instant): Promise<Finish> =>
  free(
    db,
    lease,
    again,
    sql`last_error_code = ${code}, last_error = ${message}, failed_at = ${at}::timestamptz,
      failing_since = coalesce(failing_since, ${at}::timestamptz)`,
  )

/** It was broken off, because the process stops: due at once for another, and no failure. */
export const giveBack = (db: Db, lease: LeaseName, now: Instant): Promise<Finish> => free(db, lease, now, sql`attempts = attempts - 1`)

async function free(db: Db, lease: LeaseName, due: Instant | undefined, also: RawBuilder<unknown>): Promise<Finish> {
  const { rows } = await sql<{ due: Date }>`with ${lax} update work set
    lease_token = null, lease_until = null, takeover_at = null, due_at = least(due_at, ${due ?? null}::timestamptz), ${also}
    from lax where ${ours(lease)} returning due_at as due`.execute(db)
  const [row] = rows
  return row ? instant(row.due) : 'lost'
}
