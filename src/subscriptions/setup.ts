/** What is configured for the offer of a subscription: the tenants room's answer, in the words of this one. */

import type { ParameterInput, TierOrder } from '../connect/index.ts'
import type { ConnectionId, ItemId, MarketplaceId, OfferId, PlanId, ProductId, TenantId } from '../kit/ids.ts'
import type { SubscriptionKey } from './record.ts'
import type { MappedPlan } from './rules/view.ts'
import type { PlanOfOffer, RecognizePlan } from './sources/recognize.ts'

export interface SubscriptionSetup {
  readonly productId: ProductId
  readonly marketplaceId: MarketplaceId
  readonly connections: { readonly production: ConnectionId | undefined; readonly test: ConnectionId | undefined }
  /** The constant reseller that stands for the distributor. */
  readonly tier1: TierOrder
  /** Ordering parameters of scope tier 1: answered once by the operator, sent with every purchase. */
  readonly tier1Params: readonly ParameterInput[]
  readonly plans: ReadonlyMap<PlanId, MappedPlan>
  /** Every item any plan of the offer is mapped to. */
  readonly mappedItems: readonly ItemId[]
  /** The product can be suspended and resumed (Connect's `subscription.hold`). */
  readonly supportsHold: boolean
  /** The vendor can validate an order as a draft (`cart.validation`) and the product's policy wants it. */
  readonly validatesDrafts: boolean
  readonly policy: {
    readonly onVendorFailure: 'attention' | 'cancelAtMicrosoft'
    readonly onVendorTermination: 'attention' | 'cancelAtMicrosoft'
    readonly onRenewal?: 'nothing' | 'billingRequest'
  }
}

/**
 * The set-up of a plan's offer. A plan that is not mapped may be one customized in a private offer: it is asked for, and then looked up again.
 */
export async function setupFor(
  { findSetup, recognizePlan }: { readonly findSetup: FindSetup; readonly recognizePlan: RecognizePlan },
  key: SubscriptionKey,
  plan: PlanOfOffer,
  signal: AbortSignal,
): Promise<SubscriptionSetup | undefined> {
  const setup = await findSetup(key.tenantId, plan.offerId)
  if (!setup || setup.plans.has(plan.planId)) return setup
  return (await recognizePlan(key, plan, signal)) ? findSetup(key.tenantId, plan.offerId) : setup
}

/** `undefined` when the offer is not one of ours: the subscription is unmanaged. */
export type FindSetup = (tenantId: TenantId, offerId: OfferId) => Promise<SubscriptionSetup | undefined>
