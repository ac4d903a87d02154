/** Rows of `management_actions`: what buyers and operators ask for at Microsoft. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null, Date | null>

export interface ManagementActionRow {
  tenant_id: string
  id: string
  subscription_id: string
  seq: GeneratedAlways<string>
  kind: 'changePlan' | 'changeSeats' | 'cancel'
  to_plan: string | null
  to_seats: number | null
  /** Plan and seats when it was asked for. */
  from_plan: string
  from_seats: number | null
  asked_by: 'buyer' | 'operator'
  /** The very person, of a buyer. */
  asked_by_tenant: string | null
  asked_by_object: string | null
  /** By name, of an operator. */
  asked_by_name: string | null
  asked_at: Time
  /** Calls to Microsoft begun. */
  calls: Generated<number>
  called_at: OptionalTime
  call_outcome: 'intended' | 'accepted' | 'unknown' | 'locked' | 'notTaken' | 'refused' | 'forbidden' | null
  operation_id: string | null
  /** Microsoft's own words, where it refused. */
  words: ColumnType<unknown, string | undefined, string>
  ended_at: OptionalTime
  ended_as: 'done' | 'failed' | 'refused' | 'unclear' | null
  /** An `ActionReason` of the rules; open, for rows of other versions. */
  reason: string | null
}

export interface ManagementTables {
  management_actions: ManagementActionRow
}
