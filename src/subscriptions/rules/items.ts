/** Which Connect items a Microsoft plan and quantity mean, and whether an asset already has them. */
import type { ItemId } from '../../kit/ids.ts'
import type { ItemQuantity, Quantity } from './item-quantity.ts'
import type { MappedPlan } from './view.ts'

/** Per-user plan: its item at N seats. Flat rate: every mapped pay-as-you-go item without limit. */
export const wantedItems = (plan: MappedPlan, seats: number | undefined): readonly ItemQuantity[] =>
  plan.items.map(({ itemId, kind }) => ({ itemId, quantity: kind === 'payAsYouGo' ? 'unlimited' : (seats ?? 1) }))

/** Compared are only items some plan of the offer is mapped to; what the asset does not list counts as zero. */
export function sameItems(wanted: readonly ItemQuantity[], actual: readonly ItemQuantity[], mapped: readonly ItemId[]): boolean {
  const want = quantities(wanted)
  const have = quantities(actual)
  return [...new Set([...mapped, ...want.keys()])].every((itemId) => (want.get(itemId) ?? 0) === (have.get(itemId) ?? 0))
}

/**
 * The whole list for a change request: what is wanted, and every other mapped item the asset still holds at 0 (a plan change is
 * one request). An item in both plans stands in it once.
 */
export function changeItems(
  wanted: readonly ItemQuantity[],
  actual: readonly ItemQuantity[],
  mapped: readonly ItemId[],
): readonly ItemQuantity[] {
  const wantedIds = new Set(wanted.map((item) => item.itemId))
  const mappedIds = new Set(mapped)
  const dropped = actual.filter((item) => !wantedIds.has(item.itemId) && mappedIds.has(item.itemId) && item.quantity !== 0)
  return [...wanted, ...dropped.map(({ itemId }) => ({ itemId, quantity: 0 }))]
}

const quantities = (items: readonly ItemQuantity[]): Map<ItemId, Quantity> =>
  new Map(items.map(({ itemId, quantity }) => [itemId, quantity]))
