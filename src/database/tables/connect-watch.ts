/** Rows of `0007_connect_watch` and `0042_connect_webhooks`. */
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

export interface ConnectWebhookRow {
  tenant_id: string
  product_id: string
  /** Connect's id of it. */
  webhook_id: ColumnType<string | null, string | null | undefined, string | null>
  /** Sealed for (tenant, `connect_webhooks.secret.` and the product). */
  secret: ColumnType<string | null, string | null | undefined, string | null>
  state: 'registering' | 'registered' | 'notReachable' | 'notAllowed' | 'switchedOff' | 'refused'
  told: ColumnType<string | null, string | null | undefined, string | null>
  checked_at: ColumnType<Date, Date, Date>
}

export interface ConnectWatchTables {
  connect_watch: ConnectWatchRow
  connect_webhooks: ConnectWebhookRow
}
