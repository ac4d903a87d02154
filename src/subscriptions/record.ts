/** One Microsoft SaaS subscription and everything we know about it, as stored. */
import type { PresentAttention } from '../attention/index.ts'
import type { EntraObjectId, EntraTenantId, OfferId, PlanId, ProductId, SubscriptionId, TenantId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import type { ConnectSnapshot, MicrosoftSnapshot } from './snapshots.ts'

export interface SubscriptionKey {
  readonly tenantId: TenantId
  readonly subscriptionId: SubscriptionId
}

export interface SubscriptionRecord extends SubscriptionKey {
  /** Absent while the offer is not ours (unmanaged). */
  readonly productId: ProductId | undefined
  readonly offerId: OfferId
  readonly planId: PlanId
  /** Seats; absent on flat-rate plans. */
  readonly quantity: number | undefined
  /** Preview, test and sandbox purchases are `test`: they go to the product's test connection. */
  readonly environment: 'production' | 'test'
  readonly microsoft: MicrosoftSnapshot
  readonly microsoftObservedAt: Instant
  readonly connect: ConnectSnapshot
  readonly connectObservedAt: Instant | undefined
  /** When the buyer confirmed, and who it was. */
  readonly confirmed: { readonly at: Instant; readonly entraTenantId: EntraTenantId; readonly objectId: EntraObjectId } | undefined
  readonly firstSeenAt: Instant
  /** What asks for attention and is still so, whoever has acknowledged, snoozed or left it. */
  readonly openAttention: readonly PresentAttention[]
}

/** A signed-in person, as Entra vouches for them. Identity is (`entraTenantId`, `objectId`); the rest only fills in forms. */
export interface Visitor {
  readonly entraTenantId: EntraTenantId
  readonly objectId: EntraObjectId
  readonly name?: string
  readonly givenName?: string
  readonly familyName?: string
  readonly email?: string
}
