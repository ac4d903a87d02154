/** Rows of `0021_usage`. Quantities are exact decimals as text, as pg gives them. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null, Date | null>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Decimal = string

export interface UsageRecordRow {
  tenant_id: string
  source: 'connect' | 'api' | 'manual' | 'rest'
  /** The reporter's own: Connect's record id, or the producer's key. */
  key: string
  id: GeneratedAlways<string>
  /** SHA-256 of what was reported: the same key with another one is refused. */
  content_hash: Buffer
  product_id: string
  subscription_id: string
  /** Of the phase it was consumed in. */
  plan_id: string | null
  /** Null where the flat fee covers it. */
  dimension: string | null
  quantity: Decimal
  consumed_from: Time
  /** Decides the hour. */
  consumed_at: Time
  term_start: OptionalTime
  received_at: Time
  state: 'placed' | 'held' | 'rejected' | 'covered'
  because: string | null
  slot_hour: OptionalTime
  hold_until: OptionalTime
  file_id: string | null
  closed_at: OptionalTime
  /** Held, then let go or dropped by an operator; or added by one. */
  decided_at: OptionalTime
  decided_by: string | null
  decided_note: string | null
}

export interface UsageSlotRow {
  tenant_id: string
  subscription_id: string
  dimension: string
  hour: Time
  product_id: string
  offer_id: string
  /** What Microsoft is told: the plan of the slot's hour. */
  plan_id: string
  state: Generated<string>
  because: string | null
  records: Generated<string>
  reported: Generated<Decimal>
  last_record_at: Time
  seal_at: Time
  /** Sealed: never changes. */
  quantity: Decimal | null
  carried: Decimal | null
  sealed_at: OptionalTime
  not_before: OptionalTime
  sends: Generated<number>
  sent_at: OptionalTime
  usage_event_id: string | null
  accepted_quantity: Decimal | null
  /** Sendings without a clear answer: Microsoft may have it. */
  unanswered: Generated<number>
  accepted_at: OptionalTime
  /** Microsoft's last word, as it came. */
  microsoft: OptionalJson
  decided_at: OptionalTime
  decided_by: string | null
  decided_note: string | null
  updated_at: Time
}

export interface UsageSlotMoveRow {
  from_state: string
  to_state: string
}

interface MeterKey {
  tenant_id: string
  subscription_id: string
  dimension: string
  plan_id: string
  kind: 'term' | 'rest'
  term_start: Time
}

export interface UsageMeterRow extends MeterKey {
  /** Null: unlimited. */
  included: Decimal | null
  consumed: Generated<Decimal>
  sealed: Generated<Decimal>
  updated_at: Time
}

export interface UsageSlotShareRow extends MeterKey {
  hour: Time
  consumed: Decimal
  sealed: Decimal
}

/** What Microsoft's plan says of a dimension in one billing term. */
export interface UsagePlanTermRow {
  tenant_id: string
  offer_id: string
  plan_id: string
  term_unit: string
  dimension: string
  /** Null: unlimited. */
  included: Decimal | null
  price: Decimal | null
  currency: string | null
  name: string | null
  unit: string | null
  seen_at: Time
}

/** Sending stopped by an operator, of one product or (product `''`) of all. */
export interface UsageStopRow {
  tenant_id: string
  product_id: string
  since: Time
  by: string
  note: string | null
}

/** One use of the switch. */
export interface UsageStopActRow {
  tenant_id: string
  seq: GeneratedAlways<string>
  /** `''`: all. */
  product_id: string
  act: 'stopped' | 'resumed'
  at: Time
  by: string
  note: string | null
}

export interface UsageTables {
  usage_records: UsageRecordRow
  usage_slots: UsageSlotRow
  usage_slot_moves: UsageSlotMoveRow
  usage_meters: UsageMeterRow
  usage_slot_shares: UsageSlotShareRow
  usage_plan_terms: UsagePlanTermRow
  usage_stops: UsageStopRow
  usage_stop_acts: UsageStopActRow
}
