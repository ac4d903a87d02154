/** The face of the operator's room: what an operator may see and do, the same from a terminal and over HTTP. */
export type { Done, NotPossible, OperatorAction, Possible, Preview } from './actions/action.ts'
export { type SubscriptionAction, subscriptionAction } from './actions/subscription.ts'
export { theItem } from './attention/find.ts'
export { acknowledge, snooze } from './attention/moves.ts'
export { resolution } from './attention/resolve.ts'
export { type ItemRecord, type ItemView, itemRecord, itemViewOf, itemViews } from './attention/view.ts'
export { importAction } from './catalogue/import.ts'
export { keepProposed } from './catalogue/keep-proposal.ts'
export { resyncAction } from './catalogue/resync.ts'
export { type Added, type ProductWishes, takeOverProduct } from './catalogue/take-over-product.ts'
export { tickChecklist } from './catalogue/tick.ts'
export { writeMapping } from './catalogue/write-mapping.ts'
export type { OperatorDeps } from './deps.ts'
export { listingDecision } from './listings/decide.ts'
export { replay } from './notices/replay.ts'
export { noticeRecord, theNotice } from './notices/view.ts'
export { type FollowDeps, type FollowEnd, type Followed, type FromMark, followOffers, marksOf } from './offers/follow.ts'
export { publishWanted, recordFile, type WantedOfFile } from './offers/of-file.ts'
export { publishOffer } from './offers/publish.ts'
export { nameOf, type Operator, signedBy } from './operator.ts'
export { createPrivateOffer, publishPrivateOffer, withdrawPrivateOffer } from './private-offers/act.ts'
export { allPrivateOffers, type TheOffer, thePrivateOffer } from './private-offers/find.ts'
export { theSubscription } from './subscriptions/find.ts'
export { type Purchase, testMark, withPurchases } from './subscriptions/purchases.ts'
export { type SubscriptionRecord, type SubscriptionView, subscriptionRecord, subscriptionView } from './subscriptions/view.ts'
export { type TenantRecord, tenantRecord } from './tenants/view.ts'
export { type ManualUsage, manualUsage } from './usage/add.ts'
export { type UsageDecision, type UsageInQuestion, usageDecision, usageDecisions } from './usage/decide.ts'
export { resumeUsage, stopUsage } from './usage/stop.ts'
export {
  type DecidedView,
  decidedView,
  type HeldView,
  heldView,
  readBackView,
  riskView,
  type SlotView,
  type StopsView,
  slotView,
  stopsView,
  type UsageView,
  usageView,
} from './usage/view.ts'
export { wakeAny, wakeableKinds, wakeOf } from './work/wake.ts'
