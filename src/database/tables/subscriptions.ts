/** Rows of `0003_subscriptions`. JSON columns are read through the schemas of the subscriptions room, never trusted as they are. */
import type { ColumnType, GeneratedAlways } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null, Date | null>

export interface SubscriptionRow {
  tenant_id: string
  id: string
  product_id: string | null
  offer_id: string
  plan_id: string
  quantity: number | null
  environment: 'production' | 'test'
  status: string
  microsoft: Json
  microsoft_observed_at: Time
  connect: Json
  connect_observed_at: OptionalTime
  /** The newest Connect request when Microsoft's present status, plan and quantity were first observed. */
  target_baseline: string | null
  /** Sealed for (tenant, `subscriptions.order`). */
  order_sealed: string | null
  confirmed_at: OptionalTime
  confirmed_by_tenant: string | null
  confirmed_by_object: string | null
  attempts: Json
  /** See `Renewal` of the subscriptions room. */
  renewal: ColumnType<unknown, string | null | undefined, string | null>
  next: OptionalJson
  /** Matched by an operator: then it is not looked for by `external_uid`. */
  linked_asset: ColumnType<string | null, string | null | undefined, string | null>
  /** What a reconcile proposes to match it with. */
  proposed_asset: ColumnType<unknown, string | null | undefined, string | null>
  /** An operator wants what was tried to be tried again. */
  retry_asked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  first_seen_at: Time
  updated_at: Time
}

export interface TimelineRow {
  tenant_id: string
  subscription_id: string
  seq: GeneratedAlways<string>
  at: Time
  actor: 'buyer' | 'operator' | 'bridge' | 'microsoft' | 'vendor'
  event: string
  facts: Json
}

/** Rows of `0020_subscription_phases`. */
export interface SubscriptionPhaseRow {
  tenant_id: string
  subscription_id: string
  /** 1, 2, 3 … of its subscription. */
  seq: number
  from_at: Time
  status: 'Subscribed' | 'Suspended' | 'Unsubscribed'
  offer_id: string
  plan_id: string
  term_start: Time
  term_unit: string | null
  observed_at: Time
}

/** Rows of `0090_subscription_sources`. */
export interface SubscriptionSourceRow {
  tenant_id: string
  subscription_id: string
  /** The plan it was told of. */
  plan_id: string
  private_offers: Json
  seen_at: Time
}

export interface SubscriptionTables {
  subscription_sources: SubscriptionSourceRow
  subscription_phases: SubscriptionPhaseRow
  subscriptions: SubscriptionRow
  timeline: TimelineRow
}
