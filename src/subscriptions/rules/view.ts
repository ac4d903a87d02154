/** What is known of one subscription at one moment: the whole input of `nextStep`. Only facts as observed, no judgement. */
import type { AssetId, ItemId, OfferId, PlanId, RequestId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { Attempt } from './attempts.ts'
import type { ItemQuantity } from './item-quantity.ts'
import type { NoticeView } from './notice.ts'
import type { ProposedMatch } from './reconcile/match.ts'
import type { BillingUnit } from './steps.ts'

/** Microsoft's `saasSubscriptionStatus`; what we do not know is `Unknown`. */
export type MicrosoftStatus = 'NotStarted' | 'PendingFulfillmentStart' | 'Subscribed' | 'Suspended' | 'Unsubscribed' | 'Unknown'

/** Microsoft's side, as read by a GET begun under this lease. */
export type MicrosoftSide =
  | {
      readonly kind: 'seen'
      readonly status: MicrosoftStatus
      readonly offerId: OfferId
      readonly planId: PlanId
      /** Seats; absent on flat-rate plans. */
      readonly quantity: number | undefined
      readonly createdAt: Instant | undefined
      /** The last valid day of the present term; only while Subscribed or Suspended. */
      readonly termEndDate: Instant | undefined
      /** `Delete` is among the allowed customer operations. */
      readonly mayCancel: boolean
    }
  /** GET answered 403 or 404: never taken as "ended". */
  | { readonly kind: 'unreadable'; readonly reason: 'forbidden' | 'notFound' }

export type AssetStatus = 'processing' | 'active' | 'suspended' | 'terminating' | 'terminated' | 'unknown'

export type RequestType = 'purchase' | 'change' | 'suspend' | 'resume' | 'cancel' | 'adjustment' | 'unknown'
export type RequestStatus =
  | 'pending'
  | 'tiers_setup'
  | 'inquiring'
  | 'scheduled'
  | 'revoking'
  | 'approved'
  | 'failed'
  | 'revoked'
  | 'unknown'

export interface RequestView {
  readonly id: RequestId
  readonly type: RequestType
  readonly status: RequestStatus
  /** The items it asked for: absolute quantities. */
  readonly items: readonly ItemQuantity[]
  readonly reason: string | undefined
  /** While `tiers_setup`: the set-up request of the reseller it waits for. */
  readonly tierRequest?: TierRequestView | undefined
  readonly createdAt: Instant
}

export interface TierRequestView {
  /** `TCR-…`. */
  readonly id: string
  readonly status: 'draft' | 'tiers_setup' | 'pending' | 'inquiring' | 'approved' | 'failed' | 'unknown'
  readonly level: number | undefined
  /** `TA-…`. */
  readonly account: string | undefined
  /** Where people open it. */
  readonly link: string
}

/** Connect's side. Drafts are ignored in every look-up. */
export interface ConnectSide {
  /** The matched asset Connect does not know: then nothing else is known of this side. */
  readonly lostAsset?: AssetId | undefined
  readonly asset: { readonly id: AssetId; readonly status: AssetStatus; readonly items: readonly ItemQuantity[] } | undefined
  readonly openRequest: RequestView | undefined
  /** Finished ones, newest first, since Microsoft's present status, plan and quantity were first observed: older ones belong to older targets. */
  readonly finishedRequests: readonly RequestView[]
  /** The newest purchase that is finished, however old. */
  readonly lastPurchase: RequestView | undefined
}

/** The plan map entry of Microsoft's present plan: what it is made of at Connect. */
export interface MappedPlan {
  readonly items: readonly { readonly itemId: ItemId; readonly kind: 'reservation' | 'payAsYouGo' }[]
  /** No longer sold: subscriptions on it are kept in step, a new purchase of it counts as not mapped. */
  readonly archived: boolean
}

export interface RenewalView {
  readonly from: Instant
  readonly to: Instant
  readonly delta: number
  readonly unit: BillingUnit
  readonly billedAs: string | undefined
}

export interface SubscriptionView {
  readonly microsoft: MicrosoftSide
  /** The offer is one of ours (in the plan map of an active product). */
  readonly managed: boolean
  readonly plan: MappedPlan | undefined
  /** Every item any plan of this offer is mapped to: what may be compared and set to 0. */
  readonly mappedItems: readonly ItemId[]
  /** Preview, test and sandbox purchases belong to the product's test connection. */
  readonly connection: 'present' | 'missingTest' | 'missingProduction'
  /** What an order would be sent with: connection, marketplace and reseller, in one word. */
  readonly sendWith: string
  readonly supportsHold: boolean
  readonly buyerConfirmed: boolean
  readonly connect: ConnectSide
  /** What Microsoft has told and we have not seen yet, oldest first. */
  readonly notices: readonly NoticeView[]
  /** Plans the buyer wanted lately and was refused because they were not mapped; those that are mapped by now left out. */
  readonly refusedPlans: readonly PlanId[]
  readonly attempts: readonly Attempt[]
  /** The newest term, where the product's policy wants it billed in Connect. */
  readonly renewal?: RenewalView | undefined
  /** Of the tenant: its first reconcile is confirmed; its cancels and suspends are paused. */
  readonly brakes: { readonly confirmed: boolean; readonly paused: boolean }
  /** For one without an asset: the one a reconcile proposes. */
  readonly proposedAsset: ProposedMatch | undefined
  readonly policy: {
    readonly onVendorFailure: 'attention' | 'cancelAtMicrosoft'
    readonly onVendorTermination: 'attention' | 'cancelAtMicrosoft'
  }
  /** When this bridge first saw the subscription: the age that counts where Microsoft gives none. */
  readonly firstSeenAt: Instant
}
