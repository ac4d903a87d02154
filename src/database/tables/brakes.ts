/** Rows of `0030_brakes`. */
import type { ColumnType } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

/** Absent: nothing is confirmed, and nothing was ever paused. */
export interface TenantBrakesRow {
  tenant_id: string
  /** The tenant's first reconcile. */
  confirmed_at: OptionalTime
  confirmed_by: ColumnType<string | null, string | null | undefined, string | null>
  /** More was to be cancelled or suspended than an hour allows; until somebody releases it. */
  paused_since: OptionalTime
  released_until: OptionalTime
}

/** A subscription something was taken from: what the brake counts. */
export interface EndedSubscriptionRow {
  tenant_id: string
  subscription_id: string
  counted_at: Time
}

export interface BrakeTables {
  tenant_brakes: TenantBrakesRow
  ended_subscriptions: EndedSubscriptionRow
}
