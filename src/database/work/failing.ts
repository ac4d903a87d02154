/** What could not be looked at for long. */
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { Db } from '../types.ts'

export interface FailingWork {
  readonly kind: string
  readonly key: string
  /** Of the last failure. */
  readonly code: string
  /** Of the first failure since the last look that succeeded. */
  readonly since: Instant
}

const MOST = 1000

/** Objects of a tenant whose looks have all failed since then or before, the longest failing first; at most 1,000. */
export async function listFailing(db: Db, tenantId: TenantId, sinceBefore: Instant): Promise<readonly FailingWork[]> {
  const rows = await db
    .selectFrom('work')
    .select(['kind', 'key', 'last_error_code', 'failing_since'])
    .where('tenant_id', '=', tenantId)
    .where('failing_since', '<=', new Date(sinceBefore.getTime()))
    .orderBy('failing_since')
    .orderBy('kind')
    .orderBy('key')
    .limit(MOST)
    .execute()
  return rows.flatMap(({ kind, key, last_error_code: code, failing_since: since }) =>
    code === null || since === null ? [] : [{ kind, key, code, since }],
  )
}
