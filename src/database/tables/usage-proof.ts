/** Rows of `0046_usage_proof`. Quantities are exact decimals as text, as pg gives them. */
import type { ColumnType, GeneratedAlways } from 'kysely'

type Time = ColumnType<Date, Date, Date>

/** What became of an hour, for whoever is told outside. */
export interface UsageEventOutRow {
  tenant_id: string
  /** Grows: a reader goes on after the last one it has seen. */
  id: GeneratedAlways<string>
  at: Time
  /** The state the hour's slot entered. */
  event: string
  subscription_id: string
  dimension: string
  hour: Time
  facts: ColumnType<unknown, string, string>
}

/** Our sum of a day beside Microsoft's. */
export interface UsageReadBackRow {
  tenant_id: string
  day: ColumnType<Date, string, string>
  subscription_id: string
  dimension: string
  ours: string
  /** Null: Microsoft has no row. */
  submitted: string | null
  processed: string | null
  standing: string
  /** Microsoft's words for the state of its rows. */
  words: string[]
  compared_at: Time
}

export interface UsageProofTables {
  usage_events_out: UsageEventOutRow
  usage_read_back: UsageReadBackRow
}
