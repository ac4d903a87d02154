/** Rows of `0005_notices`. JSON columns are read through the schemas of the subscriptions room, never trusted as they are. */
import type { ColumnType, GeneratedAlways } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null, Date | null>

/** One delivery of one notice: each call of Microsoft is a row, repeats too. */
export interface NoticeRow {
  tenant_id: string
  id: string
  seq: GeneratedAlways<string>
  /** As in the address that was called; need not be a product we know. */
  product_id: string
  subscription_id: string | null
  operation_id: string | null
  /** Our word for it; `Unknown` for what Microsoft had not when this was written. */
  action: string | null
  /** What was understood of the body. */
  reading: OptionalJson
  unreadable_because: string | null
  /** Microsoft's time stamp; when there is none, that of the receipt. */
  happened_at: Time
  received_at: Time
  headers: Json
  /** As it came, up to 1 MiB. */
  body: string
  body_bytes: ColumnType<string, number, number>
  body_truncated: boolean
  claims: Json
  /** The same for every delivery of one notice. */
  delivery_key: string
  repeat_of: string | null
  /** Get Operation's last answer. */
  operation: OptionalJson
  /** What became of it; with `explained_at` it is closed. */
  outcome: string | null
  explained_at: OptionalTime
}

/** What we answered to a delivery, written when the reply has left (`0045_notice_replies`). */
export interface NoticeReplyRow {
  tenant_id: string
  notice_id: string
  status: number
  took_ms: number
}

/** One operation of Microsoft that wants, or wanted, an answer. */
export interface OperationRow {
  tenant_id: string
  id: string
  subscription_id: string
  product_id: string
  action: string
  source: string
  /** What the notice said: target, values before, whether it is a revert. */
  told: Json
  first_told_at: Time
  /** The ten seconds run from here. */
  last_told_at: Time
  decision: 'accept' | 'refuse' | 'observe' | null
  because: string | null
  /** The vendor's words, when validation said no. */
  reasons: OptionalJson
  answer: 'Success' | 'Failure' | null
  answer_outcome: 'intended' | 'taken' | 'notTaken' | 'unknown' | null
  answered_at: OptionalTime
  microsoft_status: string | null
  updated_at: Time
}

/** The first token of Microsoft's a tenant was sent and we accepted: which of the two formats its app gets. */
export interface WebhookTokenRow {
  tenant_id: string
  first_accepted_at: Time
  shape: Json
}

export interface NoticeTables {
  notices: NoticeRow
  notice_replies: NoticeReplyRow
  operations: OperationRow
  webhook_tokens: WebhookTokenRow
}
