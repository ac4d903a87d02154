import type { ItemId } from '../../kit/ids.ts'

/** Connect's quantity of one item: a number of units, or no limit (pay as you go). */
export type Quantity = number | 'unlimited'

export interface ItemQuantity {
  readonly itemId: ItemId
  readonly quantity: Quantity
}
