/** What the two lists and our own records say about one thing: the input of the comparison. Only facts as read, no judgment. */
import type { AssetId, OfferId, PlanId, ProductId, RequestId, SubscriptionId } from '../../../kit/ids.ts'
import type { Instant } from '../../../kit/time.ts'
import type { Attempt } from '../attempts.ts'
import type { ItemQuantity } from '../item-quantity.ts'
import type { Next } from '../next.ts'
import type { AssetStatus, MappedPlan, MicrosoftStatus, RequestStatus, RequestType, SubscriptionView } from '../view.ts'

export type Environment = 'production' | 'test'

/** A row of Microsoft's list. */
export interface ListedSubscription {
  readonly status: MicrosoftStatus
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly quantity: number | undefined
  readonly environment: Environment
  readonly mayCancel: boolean
  readonly createdAt: Instant | undefined
  readonly termEndDate: Instant | undefined
}

/** A row of Connect's list of assets. */
export interface ListedAsset {
  readonly id: AssetId
  readonly productId: ProductId
  /** Of its connection; absent when Connect does not say. */
  readonly environment: Environment | undefined
  readonly status: AssetStatus
  readonly items: readonly ItemQuantity[]
  readonly openRequest: { readonly id: RequestId; readonly type: RequestType; readonly status: RequestStatus } | undefined
  /** Made while the lists were read: what it belongs to may not have been listed yet. */
  readonly isNew: boolean
  /** Another asset of the same subscription is the one that counts. */
  readonly isSecond: boolean
}

/** What we have stored of it. */
export interface KnownSubscription {
  readonly managed: boolean
  readonly status: MicrosoftStatus
  readonly planId: PlanId
  readonly quantity: number | undefined
  readonly buyerConfirmed: boolean
  readonly attempts: readonly Attempt[]
  /** The last decision. */
  readonly next: { readonly kind: Next['kind']; readonly waitsFor: string | undefined; readonly note: string | undefined } | undefined
  readonly firstSeenAt: Instant
  /** First seen while the lists were read. */
  readonly isNew: boolean
}

/** What is configured for the offer; absent when it is not ours. */
export interface SubjectSetup {
  readonly productId: ProductId
  readonly plans: ReadonlyMap<PlanId, MappedPlan>
  readonly mappedItems: SubscriptionView['mappedItems']
  readonly supportsHold: boolean
  readonly connections: Readonly<Record<Environment, unknown>>
  readonly policy: SubscriptionView['policy']
}

/** One thing to be compared: at least one of the three sides knows it. */
export interface Subject {
  readonly subscriptionId: SubscriptionId | undefined
  readonly microsoft: ListedSubscription | undefined
  readonly asset: ListedAsset | undefined
  readonly record: KnownSubscription | undefined
  readonly setup: SubjectSetup | undefined
}

/** Which lists were read to their end: what was not read is not missing. */
export interface Coverage {
  readonly microsoft: boolean
  /** The assets of the subject's product, at all of its connections. */
  readonly connect: boolean
}
