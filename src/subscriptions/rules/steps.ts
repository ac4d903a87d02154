/** The steps: what can be done to bring the two sides together. Each is safe to repeat after looking. */
import type { AssetId, ItemId, PlanId, RequestId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { ItemQuantity } from './item-quantity.ts'

export type Step =
  /** Connect: order the items for the buyer. */
  | { readonly kind: 'purchase'; readonly items: readonly ItemQuantity[] }
  /** Connect: new absolute quantities. */
  | { readonly kind: 'change'; readonly assetId: AssetId; readonly items: readonly ItemQuantity[] }
  | { readonly kind: 'suspend'; readonly assetId: AssetId }
  | { readonly kind: 'resume'; readonly assetId: AssetId }
  | { readonly kind: 'cancel'; readonly assetId: AssetId; readonly from: 'active' | 'suspended' }
  /** Connect: take back a request the vendor has scheduled. */
  | { readonly kind: 'revoke'; readonly requestId: RequestId }
  /** Connect: what the distributor bills for a new term. */
  | {
      readonly kind: 'billRenewal'
      readonly assetId: AssetId
      readonly from: Instant
      readonly to: Instant
      readonly delta: number
      readonly unit: BillingUnit
      readonly items: readonly { readonly itemId: ItemId; readonly quantity: number }[]
    }
  /** Microsoft: start billing. */
  | { readonly kind: 'activate'; readonly planId: PlanId; readonly quantity: number | undefined }
  /** Microsoft: end the subscription from our side. */
  | { readonly kind: 'cancelAtMicrosoft'; readonly because: 'vendorFailed' | 'vendorTerminated' }

/** Its target is the term alone: a change of plan or seats is no new one. */
export const BILL_RENEWAL = 'billRenewal:'

/** Connect's units of a billing period. */
export type BillingUnit = 'monthly' | 'yearly' | 'years_2' | 'years_3' | 'years_4' | 'years_5' | 'years_6'

export type StepKind = Step['kind']

/** The step and its target in one word, so that attempts toward another target count anew. */
export function stepKey(step: Step): string {
  switch (step.kind) {
    case 'purchase':
      return `purchase:${itemsKey(step.items)}`
    case 'change':
      return changeKey(step.items)
    case 'revoke':
      return `revoke:${step.requestId}`
    case 'billRenewal':
      return `${BILL_RENEWAL}${step.from.toISOString().slice(0, 10)}`
    case 'activate':
      return `activate:${step.planId}:${step.quantity ?? ''}`
    case 'cancel':
      return `cancel:${step.from}`
    case 'suspend':
    case 'resume':
    case 'cancelAtMicrosoft':
      return step.kind
  }
}

export const changeKey = (items: readonly ItemQuantity[]): string => `change:${itemsKey(items)}`

const itemsKey = (items: readonly ItemQuantity[]): string =>
  items
    .map((item) => `${item.itemId}=${item.quantity}`)
    .sort()
    .join(',')
