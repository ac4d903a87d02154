/** Rows of the work list (migrations 0001, 0043). */
import type { Generated } from 'kysely'

/** One object that may need a look. Free rows have a due time; leased rows have the three lease columns set together. */
interface WorkTable {
  /** Empty for work of the whole installation. */
  tenant_id: string
  kind: string
  key: string
  /** Lower comes first. */
  priority: number
  /** By the bridge's own clock. Null while leased and not woken since. */
  due_at: Date | null
  /** Fences off a holder whose lease was taken over: every lease has a new, higher one. */
  lease_token: string | null
  /** By the database's clock. */
  lease_until: Date | null
  /** By the database's clock: lease end plus the longest call of the kind. */
  takeover_at: Date | null
  /** Looks in a row that were begun and did not succeed. */
  attempts: Generated<number>
  last_error_code: string | null
  last_error: string | null
  failed_at: Date | null
  /** The first failure since the last look that succeeded. */
  failing_since: Date | null
}

/** What the workers last said of each kind. */
interface WorkKindTable {
  kind: string
  priority: number
}

export type WorkTables = { work: WorkTable; work_kind: WorkKindTable }
