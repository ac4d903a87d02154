/** Which page a subscription's state means. Decided by what both sides say, never by the visit. */

import type { AttentionCode } from '../../attention/rules/catalogue.ts'
import { between, days, type Instant, isBefore, plus } from '../../kit/time.ts'
import type { SubscriptionRecord } from '../../subscriptions/record.ts'
import type { ActionLink, BuyerStage, ManagedBy, PurchaseSummary } from './buyer-stage.ts'
import { type AskedChange, changeNews } from './change.ts'
import { summarise } from './purchase.ts'
import type { UsedInTerm } from './usage.ts'
import { whileVendorActs } from './while-vendor-acts.ts'

/** What the record does not say. */
export interface BuyerFacts {
  /** The order can be taken: the plan is mapped, the right connection is there, the ordering parameters could be read. */
  readonly formReady: boolean
  /** The plan's display name from the plan map. */
  readonly planName?: string | undefined
  /** Connect's actions of the product with scope asset. */
  readonly actions?: readonly ActionLink[] | undefined
  /** What was used in the present term. */
  readonly usage?: UsedInTerm | undefined
  /** The product's policy. */
  readonly onVendorFailure?: 'attention' | 'cancelAtMicrosoft' | undefined
  /** The visitor belongs to the organisation that bought for another one. */
  readonly visitorIsPurchaser?: boolean | undefined
  /** The visitor may change and cancel, as far as Microsoft lets the customer. */
  readonly mayChange?: boolean | undefined
  /** The last thing asked for here. */
  readonly asked?: AskedChange | undefined
}

/** Microsoft cancels what is not activated within 30 days of purchase (SaaS subscription life cycle). */
const ACTIVATION_WINDOW = days(30)
const FRESH = days(1)

/** Total and pure: every record has a stage, and `active` is said only when Microsoft bills and the vendor has delivered. */
export function buyerStage(record: SubscriptionRecord, now: Instant, facts: BuyerFacts): BuyerStage {
  const purchase = summarise(record, facts.planName)
  switch (record.microsoft.status) {
    case 'NotStarted':
    case 'Unknown':
      return { kind: 'notReady', purchase, since: undefined }
    case 'PendingFulfillmentStart':
      return record.confirmed ? whileVendorActs(record, purchase, facts.onVendorFailure) : toBeOrdered(record, now, facts, purchase)
    case 'Subscribed':
      return whenSubscribed(record, now, facts, purchase)
    case 'Suspended':
      return { kind: 'suspended', purchase, ...managing(record, now, facts, purchase) }
    case 'Unsubscribed':
      return whenOver(record, purchase, facts)
  }
}

/** What stands in the way of taking an order at all. */
const NOT_ORDERABLE: readonly AttentionCode[] = [
  'PLAN_NOT_MAPPED',
  'NO_TEST_CONNECTION',
  'NO_PRODUCTION_CONNECTION',
  'MICROSOFT_FORBIDDEN',
  'MICROSOFT_NOT_FOUND',
]

function toBeOrdered(record: SubscriptionRecord, now: Instant, facts: BuyerFacts, purchase: PurchaseSummary): BuyerStage {
  const obstacle = record.openAttention.find(({ code }) => NOT_ORDERABLE.includes(code))
  if (record.productId === undefined || obstacle || !facts.formReady) return { kind: 'notReady', purchase, since: obstacle?.since }
  const deadline = purchase.purchasedAt && plus(purchase.purchasedAt, ACTIVATION_WINDOW)
  const completeBy = deadline && isBefore(now, deadline) ? deadline : undefined
  if (!purchase.boughtForAnother) return { kind: 'order', purchase, completeBy }
  return { kind: 'partnerBought', purchase, completeBy, visitorIs: facts.visitorIsPurchaser ? 'partner' : 'customer' }
}

function whenSubscribed(record: SubscriptionRecord, now: Instant, facts: BuyerFacts, purchase: PurchaseSummary): BuyerStage {
  const { asset, openRequest } = record.connect
  switch (asset?.status) {
    case 'active':
      return active(record, now, facts, purchase)
    case 'suspended':
      return {
        kind: 'waiting',
        purchase,
        for: 'resuming',
        actor: 'vendor',
        since: openRequest?.createdAt ?? record.microsoftObservedAt,
        plannedAt: undefined,
        slow: false,
      }
    case 'processing':
      return openRequest?.type === 'purchase' ? whileVendorActs(record, purchase, undefined) : subscribedButNotReady(record, purchase)
    case 'terminating':
    case 'terminated':
    case 'unknown':
    case undefined:
      return subscribedButNotReady(record, purchase)
  }
}

function active(record: SubscriptionRecord, now: Instant, facts: BuyerFacts, purchase: PurchaseSummary): BuyerStage {
  const { asset, lastFinished, activationText } = record.connect
  return {
    kind: 'active',
    purchase,
    isFresh: lastFinished?.type === 'purchase' && between(lastFinished.updatedAt, now) < FRESH,
    activationText,
    params: asset?.params ?? [],
    actions: facts.actions ?? [],
    usage: facts.usage,
    ...managing(record, now, facts, purchase),
  }
}

const managing = (record: SubscriptionRecord, now: Instant, { asked, mayChange }: BuyerFacts, { customerManages }: PurchaseSummary) => ({
  change: changeNews(record, asked, now),
  managedBy: managedBy(customerManages, mayChange),
})

function managedBy(customerManages: boolean, mayChange: boolean | undefined): ManagedBy {
  if (!customerManages) return 'partner'
  return mayChange ? 'here' : 'fromMicrosoft'
}

const subscribedButNotReady = (record: SubscriptionRecord, purchase: PurchaseSummary): BuyerStage => ({
  kind: 'notReady',
  purchase,
  since: record.openAttention[0]?.since,
})

/** Ended, or ended before it began. */
function whenOver(record: SubscriptionRecord, purchase: PurchaseSummary, { asked }: BuyerFacts): BuyerStage {
  const { asset, lastFinished } = record.connect
  const declined = lastFinished?.type === 'purchase' && (lastFinished.status === 'failed' || lastFinished.status === 'revoked')
  if (declined && asset?.status !== 'active') return { kind: 'failed', purchase, outcome: 'cancelled' }
  const neverBegan = !purchase.mayBeBilled && (asset === undefined || asset.status === 'processing')
  if (neverBegan) return { kind: 'lapsed', purchase }
  const cancelledHere = asked?.what.kind === 'cancel' && asked.ended?.done
  return { kind: 'ended', purchase, cancelledHereAt: cancelledHere ? asked.ended.at : undefined }
}
