/** Rows of `0007_connect_watch`. */
import type { ColumnType } from 'kysely'

type Time = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ConnectWatchRow {
  tenant_id: string
  /** The latest `updated` read, by Connect's clock; null before the first reading. */
  cursor: Time
  /** The changes in the overlap, by request id. */
  seen: ColumnType<unknown, string, string>
  polled_at: Time
  /** When something new was read last. */
  changed_at: Time
  /** When Connect's webhook was heard last. */
  poked_at: Time
}

export interface ConnectWatchTables {
  connect_watch: ConnectWatchRow
}
