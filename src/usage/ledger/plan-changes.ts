/** A plan changed within an hour: what was consumed after the change leaves the hour's slot before it is sealed, for the slot is the old plan's. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { type DimensionId, dimensionId, productId, type SubscriptionId, subscriptionId } from '../../kit/ids.ts'
import { quantityOf } from '../../kit/quantity.ts'
import { hourOf, hoursLater, type UtcHour } from '../../kit/utc-hour.ts'
import { planChangeWithin } from '../rules/phases.ts'
import type { Intake } from './intake.ts'
import { addToSlots } from './slots.ts'
import type { Streams } from './streams.ts'

export interface SlotKey {
  readonly subscriptionId: SubscriptionId
  readonly dimension: DimensionId
  readonly hour: UtcHour
}

export async function moveOnAfterPlanChange(tx: Tx, intake: Intake, streams: Streams, slots: readonly SlotKey[]): Promise<void> {
  for (const slot of slots) {
    const changedAt = planChangeWithin(streams.phasesOf(slot.subscriptionId), slot.hour)
    if (changedAt) await moveOn(tx, intake, streams, slot, changedAt.toISOString())
  }
}

async function moveOn(tx: Tx, intake: Intake, streams: Streams, slot: SlotKey, changedAt: string): Promise<void> {
  const { closed } = streams.streamOf(slot.subscriptionId, slot.dimension)
  let hour = hoursLater(slot.hour, 1)
  while (closed(hour)) hour = hoursLater(hour, 1)
  const { rows } = await sql<{ product_id: string; records: string; quantity: string; plan_id: string }>`
    with moved as (
      update usage_records set slot_hour = ${hour.toISOString()}::timestamptz, because = 'planChanged',
        (plan_id, term_start) = (select phase.plan_id, phase.term_start from subscription_phases phase where phase.tenant_id = ${intake.tenantId}
          and phase.subscription_id = ${slot.subscriptionId} and phase.from_at <= consumed_at order by seq desc limit 1)
      where tenant_id = ${intake.tenantId} and subscription_id = ${slot.subscriptionId} and dimension = ${slot.dimension}
        and slot_hour = ${slot.hour.toISOString()}::timestamptz and state = 'placed' and consumed_at >= ${changedAt}::timestamptz
      returning product_id, quantity
    ), gone as (select product_id, count(*) as records, sum(quantity) as quantity from moved group by product_id),
    left_behind as (
      update usage_slots set records = usage_slots.records - gone.records, reported = usage_slots.reported - gone.quantity
      from gone
      where tenant_id = ${intake.tenantId} and subscription_id = ${slot.subscriptionId} and dimension = ${slot.dimension}
        and hour = ${slot.hour.toISOString()}::timestamptz
      returning 1
    )
    select gone.* from gone, left_behind`.execute(tx)
  const sums = rows.map((row) => ({
    ...{ subscriptionId: slot.subscriptionId, dimension: slot.dimension, hour },
    productId: productId.parse(row.product_id),
    records: Number(row.records),
    quantity: quantityOf(row.quantity),
  }))
  await addToSlots(tx, intake, streams, sums)
}

/** A slot's key as the database gives it. */
export const slotKeyOf = (row: { readonly subscription_id: string; readonly dimension: string; readonly hour: Date }): SlotKey => ({
  subscriptionId: subscriptionId.parse(row.subscription_id),
  dimension: dimensionId.parse(row.dimension),
  hour: hourOf(row.hour),
})
