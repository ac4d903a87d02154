/** Rows of `0006_attention`. JSON columns are read through the schemas of the attention room, never trusted as they are. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface AttentionItemRow {
  tenant_id: string
  id: Generated<string>
  seq: GeneratedAlways<string>
  subject_kind: 'subscription' | 'product' | 'offer' | 'asset' | 'tenant' | 'usageFile' | 'listingRequest'
  subject_id: string
  code: string
  facts: Json
  /** The facts that matter, in one word. */
  cause: string
  state: 'open' | 'acknowledged' | 'snoozed' | 'resolved'
  since: Time
  state_since: Time
  /** Who brought it into this state; null for the bridge itself. */
  state_by: string | null
  note: string | null
  snoozed_until: OptionalTime
  /** `gone`, or the id of the action. */
  resolution: string | null
  /** When the cause was seen no longer. */
  ended_at: OptionalTime
}

/** What happened to an item, and who did it. */
export interface AttentionHistoryRow {
  tenant_id: string
  item_id: string
  seq: GeneratedAlways<string>
  at: Time
  event: string
  by: string | null
  note: string | null
  facts: Json
}

export interface AttentionTables {
  attention_items: AttentionItemRow
  attention_history: AttentionHistoryRow
}
