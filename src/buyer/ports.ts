/** What the buyer's pages need of the rooms below, as functions: `main` fills them in, tests stand in for them. */
import type { ConnectParameter } from '../connect/index.ts'
import type { AssetId, PlanId, ProductId, TenantId } from '../kit/ids.ts'
import type { Asked, Choices, NotPossible, Preview, WantedAction } from '../subscriptions/index.ts'
import type { Order } from '../subscriptions/order.ts'
import type { SubscriptionKey, SubscriptionRecord, Visitor } from '../subscriptions/record.ts'
import type { ActionLink } from './rules/buyer-stage.ts'
import type { AskedChange } from './rules/change.ts'
import type { UsedInTerm } from './rules/usage.ts'
import type { ProductFace } from './views/page.ts'

/** A product as the pages present it. */
export interface BuyerProduct {
  readonly face: ProductFace
  readonly onVendorFailure: 'attention' | 'cancelAtMicrosoft'
}

export interface ProductKey {
  readonly tenantId: TenantId
  readonly productId: ProductId
}

export type Landing =
  | { readonly outcome: 'landed'; readonly key: SubscriptionKey; readonly record: SubscriptionRecord }
  /** Expired or malformed: Microsoft does not tell which. */
  | { readonly outcome: 'tokenRefused' }
  /** Of another publisher. */
  | { readonly outcome: 'foreignToken' }
  /** Bought is another product of the same tenant. */
  | { readonly outcome: 'otherProduct'; readonly productId: ProductId }
  /** The offer is not one of ours. */
  | { readonly outcome: 'notManaged' }

export interface LandingRequest extends ProductKey {
  readonly purchaseToken: string
  readonly visitor: Visitor
}

/** `skipped`: the vendor offers no validation, or it is broken; that never blocks an order. */
export type DraftVerdict =
  | { readonly outcome: 'valid' | 'skipped' }
  | { readonly outcome: 'invalid'; readonly errors: readonly { readonly parameterId: string; readonly message: string }[] }

export type ConfirmOutcome = 'confirmed' | 'alreadyConfirmed' | 'notPending'

export interface PlanFacts {
  /** The plan is mapped and the product has the connection this purchase belongs to. */
  readonly orderable: boolean
  readonly planName: string | undefined
}

export interface ChangeRequest {
  readonly key: SubscriptionKey
  readonly wanted: WantedAction
  readonly visitor: Visitor
  /** Plan and seats as the visitor saw them. */
  readonly expected: { readonly planId: PlanId; readonly quantity: number | undefined }
}

/** Under way: by this request, or the same was asked for before. */
export type ChangeOutcome = { readonly outcome: Exclude<Asked['outcome'], 'refused'> } | ({ readonly outcome: 'refused' } & NotPossible)

export interface BuyerPorts {
  /** `undefined` for an unknown tenant and for an unknown product alike. */
  findProduct(key: ProductKey): Promise<BuyerProduct | undefined>
  planFacts(record: SubscriptionRecord): Promise<PlanFacts>
  /** Resolves at Microsoft and keeps what it says; repeats are harmless. */
  landPurchase(request: LandingRequest): Promise<Landing>
  readSubscription(key: SubscriptionKey): Promise<SubscriptionRecord | undefined>
  mayRead(record: SubscriptionRecord, visitor: Visitor): boolean
  /** The product's ordering parameters at Connect. */
  orderingParameters(key: ProductKey): Promise<readonly ConnectParameter[]>
  validateDraft(key: SubscriptionKey, order: Order): Promise<DraftVerdict>
  /** The first one wins. */
  confirmOrder(key: SubscriptionKey, order: Order, visitor: Visitor): Promise<{ readonly outcome: ConfirmOutcome }>
  /** The vendor's buttons for an active subscription. */
  actionsOf(key: ProductKey): Promise<readonly ActionLink[]>
  /** A freshly signed address at the vendor's, for one click. */
  actionLink(key: ProductKey, actionId: string, assetId: AssetId): Promise<string>
  /** What was used in the present term; undefined when nothing of the plan is metered. */
  usage(key: SubscriptionKey): Promise<UsedInTerm | undefined>
  /** What can be changed now, and why not what cannot. */
  choices(key: SubscriptionKey): Promise<Choices>
  /** What a change would mean. */
  preview(key: SubscriptionKey, wanted: WantedAction): Promise<Preview>
  /** Asks for a change at Microsoft; `expected` is what the visitor saw. */
  askFor(request: ChangeRequest): Promise<ChangeOutcome>
  /** The last thing asked for here. */
  lastAsked(record: SubscriptionRecord): Promise<AskedChange | undefined>
  /** The buyer is looking: the next look comes sooner, at most every few seconds. */
  nudge(key: SubscriptionKey): Promise<void>
}
