/** Which plan and seats at Microsoft would mean exactly what the vendor delivers: what a revert goes back to. Pure. */
import type { ItemId, PlanId } from '../../kit/ids.ts'
import type { ItemQuantity } from './item-quantity.ts'
import { sameItems, wantedItems } from './items.ts'
import type { MappedPlan } from './view.ts'

export interface Delivered {
  readonly planId: PlanId
  readonly quantity: number | undefined
}

/** The present plan is tried first: other seats are a smaller change than another plan. */
export function deliveredAs(
  actual: readonly ItemQuantity[],
  plans: ReadonlyMap<PlanId, MappedPlan>,
  mapped: readonly ItemId[],
  present: PlanId,
): Delivered | undefined {
  const order = [...plans.keys()].sort((a, b) => Number(b === present) - Number(a === present))
  for (const planId of order) {
    const plan = plans.get(planId)
    if (!plan || plan.archived) continue
    const quantity = seatsIn(plan, actual)
    if (quantity !== 0 && sameItems(wantedItems(plan, quantity), actual, mapped)) return { planId, quantity }
  }
  return undefined
}

/** `undefined` for a flat-rate plan. */
function seatsIn(plan: MappedPlan, actual: readonly ItemQuantity[]): number | undefined {
  const seat = plan.items.find(({ kind }) => kind === 'reservation')
  if (!seat) return undefined
  const quantity = actual.find(({ itemId }) => itemId === seat.itemId)?.quantity
  return typeof quantity === 'number' ? quantity : 0
}
