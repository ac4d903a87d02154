/** The face of the subscriptions room. */
export { mayRead } from './access.ts'
export { type Brakes, noBrakes } from './brakes/brakes.ts'
export { confirmTenant, releaseTenant } from './brakes/operate.ts'
export { postgresBrakes, readBrakes, type TenantBrakes } from './brakes/postgres.ts'
export { type Confirmation, confirmOrder } from './confirm.ts'
export { type ConnectHealth, connectHealth } from './connect-watch/health.ts'
export { connectEventsRoute } from './connect-watch/route.ts'
export { converge } from './converge.ts'
export { readDelivered } from './delivered.ts'
export type { Clients, ConvergeDeps, Holding, SalesOf } from './deps.ts'
export { discover } from './discovery.ts'
export { createFindSetup, salesIn } from './find-setup.ts'
export { type Landing, landPurchase } from './landing.ts'
export {
  connectWatchLook,
  connectWebhookLook,
  discoveryLook,
  subscriptionLook,
  wakeAfterSetup,
  wakeConnectWebhooks,
  wakeDiscovery,
} from './looks.ts'
export { type Asked, askFor } from './manage/ask.ts'
export { actionLook } from './manage/carry-out.ts'
export type { ManageDeps } from './manage/deps.ts'
export {
  type Choices,
  type NotPossible,
  type PlanChoice,
  type Preview,
  type PreviewOptions,
  previewAction,
  readChoices,
} from './manage/preview.ts'
export { type AskedBy, type EndedAction, listActions, loadAction, type ManagementAction, openAction } from './manage/store.ts'
export { withoutMailAddresses } from './notification/body.ts'
export { type NoticeStore, postgresNoticeStore } from './notification/notice-store.ts'
export {
  listNotices,
  type Notice,
  type NoticeFilter,
  type NoticeSummary,
  readNoticeRecord,
  type WebhookHealth,
  webhookHealth,
} from './notification/read.ts'
export { createReceivers } from './notification/receiver.ts'
export { replayNotice } from './notification/replay.ts'
export { type NotificationDeps, notificationRoute, PREFLIGHT_MARK } from './notification/route.ts'
export { type AnswerDeps, operationLook } from './operations/answer.ts'
export { type OperationStore, postgresOperationStore } from './operations/store.ts'
export { type Customer, type Order, type OrderParameter, order } from './order.ts'
export { environmentsOf, findSubscription, listSubscriptions, readSubscription, readTimeline, wakeNow } from './read.ts'
export { csvHead, csvLines } from './reconcile/csv.ts'
export type { ListFault, ReconcileDeps, ReconcileRequest } from './reconcile/deps.ts'
export { type Finding, readFindings } from './reconcile/findings.ts'
export { acceptMatch, type MatchPreview, type MatchRefusal, matchRefusalWords, previewMatch, withdrawMatch } from './reconcile/link.ts'
export { reconcileLook, wakeReconcile } from './reconcile/look.ts'
export { reconcile } from './reconcile/run.ts'
export { hasCompleteRun, lastRun, type ReconcileRun } from './reconcile/runs.ts'
export { differenceInWords, forecastInWords, STANDING_WORDS } from './reconcile/words.ts'
export type { SubscriptionKey, SubscriptionRecord, Visitor } from './record.ts'
export { askForRetry } from './retry.ts'
export { type ActionReason, isActionReason, type ReasonFacts, wordsOf as wordsOfReason } from './rules/manage/reasons.ts'
export type { WantedAction } from './rules/manage/wanted.ts'
export { STANDINGS, type Standing } from './rules/reconcile/classify.ts'
export { type PrivateOfferSeen, recognize, type ShownPlan, type Source } from './rules/source-plan.ts'
export type { ConnectSnapshot, MicrosoftSnapshot } from './snapshots.ts'
export { askForSources } from './sources/ask.ts'
export { createRecognizePlan, mappedAs, type PrivateOffersOf, type RecognizeDeps, type RecognizePlan } from './sources/recognize.ts'
export { type PlanSources, readSources, type SoldFrom, subscriptionsFrom } from './sources/store.ts'
export { subjectOf } from './store/attention.ts'
export { readPhases, type SubscriptionPhase } from './store/phases.ts'
export { postgresStore } from './store/postgres.ts'
export type { StoredSubscription, SubscriptionStore } from './store/store.ts'
export { addToTimelineIfKnown } from './store/timeline.ts'
export { stepInWords } from './telling/steps.ts'
export { type Told, tell } from './telling/tell.ts'
export { sentenceOf, type TimelineEntry, type TimelineEvent } from './timeline.ts'
export { type TriedPlan, tryOrders } from './try-order.ts'
export { type Validation, validateDraft } from './validate-draft.ts'
export { tellWoken } from './woken.ts'
export {
  ACTION_WORK,
  CONNECT_WATCH_WORK,
  CONNECT_WEBHOOK_WORK,
  DISCOVERY_WORK,
  OPERATION_WORK,
  PHASE_WORK,
  SUBSCRIPTION_WORK,
} from './work-kinds.ts'
