/** The work list for people: what waits, what is being looked at, what fails. */
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { Db } from '../types.ts'

export interface WorkItem {
  /** Absent for work of the whole installation. */
  readonly tenantId: string | undefined
  readonly kind: string
  readonly key: string
  readonly priority: number
  /** Absent while it is looked at and was not woken since. */
  readonly dueAt: Instant | undefined
  /** Present while it is looked at. */
  readonly leasedUntil: Instant | undefined
  /** Looks begun in a row without success. */
  readonly attempts: number
  readonly lastError: { readonly code: string; readonly message: string; readonly at: Instant } | undefined
}

export interface WorkFilter {
  readonly tenantId?: TenantId | undefined
  readonly kind?: string | undefined
  readonly key?: string | undefined
  /** Only what failed at its last look. */
  readonly failed?: boolean | undefined
  /** 1 to 1,000. Default 100. */
  readonly limit?: number | undefined
}

/** The earliest due first; what is being looked at at the end. */
export async function listWork(db: Db, { tenantId, kind, key, failed, limit = 100 }: WorkFilter = {}): Promise<readonly WorkItem[]> {
  if (!(limit >= 1 && limit <= 1000)) throw new RangeError(`1..1000 rows, got ${limit}`)
  let query = db.selectFrom('work').selectAll()
  if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (key !== undefined) query = query.where('key', '=', key)
  if (failed) query = query.where('last_error_code', 'is not', null)
  const rows = await query
    .orderBy('due_at', (order) => order.asc().nullsLast())
    .orderBy('tenant_id')
    .orderBy('kind')
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    tenantId: row.tenant_id === '' ? undefined : row.tenant_id,
    kind: row.kind,
    key: row.key,
    priority: row.priority,
    dueAt: row.due_at ?? undefined,
    leasedUntil: row.lease_until ?? undefined,
    attempts: row.attempts,
    lastError: lastErrorOf(row.last_error_code, row.last_error, row.failed_at),
  }))
}

const lastErrorOf = (code: string | null, message: string | null, at: Date | null): WorkItem['lastError'] =>
  code === null || at === null ? undefined : { code, message: message ?? '', at }
