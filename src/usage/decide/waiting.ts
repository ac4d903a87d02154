/** Slots an operator may decide about, as they stand now. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { type PlanId, type ProductId, planId, productId, type TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import { type SlotKey, slotKeyOf } from '../ledger/plan-changes.ts'
import { keysOf } from '../ledger/slot-keys.ts'
import type { SlotState } from '../rules/states.ts'

export interface WaitingSlot extends SlotKey {
  readonly productId: ProductId
  readonly planId: PlanId
  /** What Microsoft has not billed of it. */
  readonly left: ExactQuantity
  readonly state: SlotState
  /** A sending of it was never answered: Microsoft may have billed it all the same. */
  readonly maybeBilled: boolean
}

interface Row {
  readonly subscription_id: string
  readonly dimension: string
  readonly hour: Date
  readonly product_id: string
  readonly plan_id: string
  readonly state: SlotState // the database holds no other
  readonly quantity: string | null
  readonly accepted_quantity: string | null
  readonly unanswered: number
}

/** @returns by `slotText` */
export async function readWaiting(tx: Tx, tenantId: TenantId, slots: readonly SlotKey[]): Promise<ReadonlyMap<string, WaitingSlot>> {
  const { rows } = await sql<Row>`
    select slot.subscription_id, slot.dimension, slot.hour, slot.product_id, slot.plan_id, slot.state, slot.quantity, slot.accepted_quantity,
      slot.unanswered
    from ${keysOf(slots)} as told (subscription_id, dimension, hour)
    join usage_slots slot on slot.tenant_id = ${tenantId} and slot.subscription_id = told.subscription_id and slot.dimension = told.dimension
      and slot.hour = told.hour`.execute(tx)
  const waiting = rows.map(
    (row): WaitingSlot => ({
      ...slotKeyOf(row),
      productId: productId.parse(row.product_id),
      planId: planId.parse(row.plan_id),
      left: quantityOf(row.quantity ?? '0') - quantityOf(row.accepted_quantity ?? '0'),
      state: row.state,
      maybeBilled: row.unanswered > 0 && row.state !== 'differs',
    }),
  )
  return new Map(waiting.map((slot) => [slotText(slot), slot]))
}

/** A slot's key in one text: of its rest in the ledger, too. */
export const slotText = ({ subscriptionId, dimension, hour }: SlotKey): string => `${subscriptionId}/${dimension}/${hour.toISOString()}`
