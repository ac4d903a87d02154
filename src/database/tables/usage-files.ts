/** Rows of `0043_usage_files`. Quantities are exact decimals as text, as pg gives them. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface UsageFileRow {
  tenant_id: string
  id: string
  product_id: string
  name: string
  external_id: string | null
  schema: string
  environment: string
  currency: string | null
  period_from: string | null
  period_to: string | null
  /** Tells one submission of a file from the next: a rejected one may come again with other records. */
  submitted_at: OptionalTime
  state: string
  /** `connect`: by its own rule or by a person, before the bridge had decided. */
  accepted_by: 'bridge' | 'connect' | null
  decision: 'accept' | 'acceptPartly' | 'reject' | null
  note: string | null
  records: Generated<string>
  bad: Generated<string>
  /** The first reasons, with how many records and an example of each. */
  reasons: ColumnType<unknown, string | undefined, string>
  read_by: 'pages' | 'spreadsheet' | null
  /** The call that is on its way, or was when the process died. */
  intent: string | null
  intent_at: OptionalTime
  /** Of what is refused, in a row. */
  tries: Generated<number>
  trouble: string | null
  found_at: Time
  judged_at: OptionalTime
  decided_at: OptionalTime
  taken_at: OptionalTime
  closed_at: OptionalTime
  updated_at: Time
}

export interface UsageFileRecordRow {
  tenant_id: string
  file_id: string
  record_id: string
  /** Connect's, when it was read. */
  status: string
  asset_id: string | null
  asset_external_uid: string | null
  asset_external_id: string | null
  item_id: string | null
  item_mpn: string | null
  decimals: number | null
  /** As reported. Not always a number. */
  usage: string | null
  amount: string | null
  tier: number | null
  starts_at: OptionalTime
  ends_at: OptionalTime
  /** The key of the application's record it was exported from, as the row says. */
  own_key: string | null
  state: string
  reasons: string[]
  subscription_id: string | null
  dimension: string | null
  quantity: string | null
  consumed_from: OptionalTime
  consumed_at: OptionalTime
  whole_month: boolean | null
  /** What it is closed with. */
  note: string | null
  billing_id: string | null
  tries: number
  not_before: OptionalTime
  trouble: string | null
  closed_at: OptionalTime
}

/** What an operator had done about a file's held records. */
export interface UsageFileActRow {
  tenant_id: string
  file_id: string
  id: GeneratedAlways<string>
  at: Time
  act: 'judgedAgain' | 'closedUnbilled'
  records: string
  by: string
  note: string | null
}

export interface UsageFileTables {
  usage_file_acts: UsageFileActRow
  usage_files: UsageFileRow
  usage_file_records: UsageFileRecordRow
}
