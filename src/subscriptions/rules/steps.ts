/** The steps: what can be done to bring the two sides together. Each is safe to repeat after looking. */
import type { AssetId, PlanId, RequestId } from '../../kit/ids.ts'
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
  /** Microsoft: start billing. */
  | { readonly kind: 'activate'; readonly planId: PlanId; readonly quantity: number | undefined }
  /** Microsoft: end the subscription from our side. */
  | { readonly kind: 'cancelAtMicrosoft'; readonly because: 'vendorFailed' | 'vendorTerminated' }

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
