/** Rows of `0088_listing_requests`. */
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ListingRequestRow {
  tenant_id: string
  id: string
  product_id: string
  product_name: string | null
  /** Connect's words, `gone` beside them: not shown any more. */
  type: string
  state: string
  /** An operator's word is about this version. */
  product_version: number | null
  vendor_note: string | null
  accepted_at: OptionalTime
  accepted_by: string | null
  /** An operator has seen that what was asked for is done at Microsoft. */
  completed_at: OptionalTime
  completed_by: string | null
  refused_at: OptionalTime
  refused_by: string | null
  /** The operator's own. */
  note: string | null
  /** What the last look found. */
  findings: ColumnType<unknown, string | null | undefined, string | null>
  /** The call that is on its way, or was when the process died. */
  intent: 'deploy' | 'complete' | 'cancel' | null
  intent_at: OptionalTime
  /** Of what is refused, in a row. */
  tries: Generated<number>
  trouble: string | null
  found_at: Time
  looked_at: OptionalTime
  changed_at: Time
}

export interface ListingRequestTables {
  listing_requests: ListingRequestRow
}
