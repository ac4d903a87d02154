/** From what was read to the rules' input and to the stored snapshots. */
import { type ConnectAsset, type ConnectRequest, isFinished, isOpen, type ParameterValue } from '../connect/index.ts'
import type { PlanId, RequestId } from '../kit/ids.ts'
import { allows, type MicrosoftParty, type MicrosoftSubscription, purchaseKind } from '../microsoft/index.ts'
import type { SeenNotice } from './notification/observe.ts'
import type { RefusedPlan } from './notification/types.ts'
import type { ConnectObservation, MicrosoftObservation } from './observe.ts'
import { admittedStatus } from './rules/admit.ts'
import { billingPeriod, type Renewal } from './rules/renewal.ts'
import type {
  AssetStatus,
  ConnectSide,
  MicrosoftSide,
  RequestStatus,
  RequestType,
  RequestView,
  SubscriptionView,
  TierRequestView,
} from './rules/view.ts'
import type { SubscriptionSetup } from './setup.ts'
import type { ConnectSnapshot, MicrosoftSnapshot, RequestSnapshot } from './snapshots.ts'
import type { StoredSubscription } from './store/store.ts'

export interface Observations {
  readonly microsoft: MicrosoftObservation
  readonly connect: ConnectObservation
  readonly notices: readonly SeenNotice[]
  readonly refusedPlans: readonly RefusedPlan[]
  readonly brakes: SubscriptionView['brakes']
}

export interface Memory {
  readonly attempts: StoredSubscription['attempts']
  readonly targetBaseline: RequestId | undefined
  readonly renewal?: Renewal | undefined
  /** The billing requests of the asset could be read. */
  readonly mayBill?: boolean
}

export function toView(
  stored: StoredSubscription,
  seen: Observations,
  setup: SubscriptionSetup | undefined,
  memory: Memory,
): SubscriptionView {
  const microsoft = microsoftSide(stored, seen.microsoft)
  const environment = seen.microsoft.kind === 'seen' ? environmentOf(seen.microsoft.subscription) : stored.environment
  return {
    microsoft,
    managed: setup !== undefined,
    plan: microsoft.kind === 'seen' ? setup?.plans.get(microsoft.planId) : undefined,
    mappedItems: setup?.mappedItems ?? [],
    connection: connectionState(setup, environment),
    sendWith: sendWith(setup, environment),
    supportsHold: setup?.supportsHold ?? false,
    buyerConfirmed: stored.confirmed !== undefined,
    connect: connectSide(seen.connect, memory.targetBaseline),
    notices: seen.notices.map((notice) => notice.view),
    refusedPlans: stillUnmapped(seen.refusedPlans, setup),
    attempts: memory.attempts,
    renewal: renewalView(seen.microsoft, memory),
    brakes: seen.brakes,
    proposedAsset: stored.proposal?.best,
    policy: setup?.policy ?? { onVendorFailure: 'attention', onVendorTermination: 'attention' },
    firstSeenAt: stored.firstSeenAt,
  }
}

const stillUnmapped = (refused: readonly RefusedPlan[], setup: SubscriptionSetup | undefined): readonly PlanId[] =>
  [...new Set(refused.map(({ planId }) => planId))].filter((plan) => setup?.plans.get(plan)?.archived !== false)

/** Preview, test and sandbox purchases never reach the production vendor. */
export const environmentOf = (subscription: MicrosoftSubscription): 'production' | 'test' => purchaseKind(subscription).kind

function renewalView(seen: MicrosoftObservation, { renewal, mayBill }: Memory): SubscriptionView['renewal'] {
  if (!renewal || !mayBill || seen.kind !== 'seen') return undefined
  const period = billingPeriod(seen.subscription.term.termUnit)
  return period && { ...period, from: renewal.from, to: renewal.to, billedAs: renewal.billedAs }
}

const sendWith = (setup: SubscriptionSetup | undefined, environment: 'production' | 'test'): string =>
  setup
    ? [setup.connections[environment], setup.marketplaceId, 'id' in setup.tier1 ? setup.tier1.id : setup.tier1.externalUid].join(' ')
    : ''

function connectionState(setup: SubscriptionSetup | undefined, environment: 'production' | 'test'): SubscriptionView['connection'] {
  if (setup?.connections[environment]) return 'present'
  return environment === 'test' ? 'missingTest' : 'missingProduction'
}

function microsoftSide(stored: StoredSubscription, seen: MicrosoftObservation): MicrosoftSide {
  if (seen.kind === 'unreadable') return { kind: 'unreadable', reason: seen.reason }
  const { subscription } = seen
  return {
    kind: 'seen',
    status: admittedStatus(stored.microsoft.status, subscription.status),
    offerId: subscription.offerId,
    planId: subscription.planId,
    quantity: subscription.quantity,
    createdAt: subscription.created,
    termEndDate: subscription.term.endDate,
    mayCancel: allows(subscription, 'Delete'),
  }
}

export function connectSide(seen: ConnectObservation, baseline: RequestId | undefined): ConnectSide {
  const sinceTarget = seen.requests.slice(0, indexOrEnd(seen.requests, baseline))
  const open = seen.requests.find(isOpen)
  const lastPurchase = seen.requests.find((request) => request.type === 'purchase' && isFinished(request))
  return {
    lostAsset: seen.lostAsset,
    asset: seen.asset && { id: seen.asset.id, status: assetStatus(seen.asset), items: itemsOf(seen.asset) },
    openRequest: open && { ...requestView(open), tierRequest: tierRequestView(seen) },
    finishedRequests: sinceTarget.filter(isFinished).map(requestView),
    lastPurchase: lastPurchase && requestView(lastPurchase),
  }
}

const tierRequestView = ({ tierRequest }: ConnectObservation): TierRequestView | undefined =>
  tierRequest && {
    id: tierRequest.request.id,
    status: tierRequest.request.status,
    level: tierRequest.request.tierLevel,
    account: tierRequest.request.accountId,
    link: tierRequest.link,
  }

const indexOrEnd = (requests: readonly ConnectRequest[], id: RequestId | undefined): number => {
  const index = requests.findIndex((request) => request.id === id)
  return index < 0 ? requests.length : index
}

/** What the rules know of an asset read from a list. */
export const assetInView = (asset: ConnectAsset) => ({
  status: assetStatus(asset),
  items: itemsOf(asset),
  openRequest: asset.pendingRequest && {
    id: asset.pendingRequest.id,
    type: requestType(asset.pendingRequest),
    status: requestStatus(asset.pendingRequest),
  },
})

const itemsOf = (asset: ConnectAsset) => asset.items.map(({ globalId, quantity }) => ({ itemId: globalId, quantity }))

const requestView = (request: ConnectRequest): RequestView => ({
  id: request.id,
  type: requestType(request),
  status: requestStatus(request),
  items: itemsOf(request.asset),
  reason: request.reason,
  createdAt: request.created,
})

/** `new` and `rejected` are old words for processing and terminated; drafts never get here. */
function assetStatus({ status }: ConnectAsset): AssetStatus {
  switch (status) {
    case 'new':
    case 'draft':
      return 'processing'
    case 'rejected':
      return 'terminated'
    default:
      return status
  }
}

function requestType({ type }: Pick<ConnectRequest, 'type'>): RequestType {
  return type === 'renew' || type === 'transfer' ? 'unknown' : type
}

function requestStatus({ status }: Pick<ConnectRequest, 'status'>): RequestStatus {
  return status === 'draft' ? 'unknown' : status
}

export const microsoftSnapshotOf = (stored: StoredSubscription | undefined, subscription: MicrosoftSubscription): MicrosoftSnapshot => ({
  status: admittedStatus(stored?.microsoft.status, subscription.status),
  rawStatus: subscription.rawStatus,
  name: subscription.name,
  offerId: subscription.offerId,
  isPreview: subscription.isPreview,
  planId: subscription.planId,
  quantity: subscription.quantity,
  beneficiary: partyOf(subscription.beneficiary),
  purchaser: partyOf(subscription.purchaser),
  term: { startDate: subscription.term.startDate, endDate: subscription.term.endDate, termUnit: subscription.term.termUnit },
  autoRenew: subscription.autoRenew,
  isFreeTrial: subscription.isFreeTrial,
  isTest: subscription.isTest,
  ...testReasonOf(subscription),
  allowedCustomerOperations: [...subscription.allowedCustomerOperations],
  createdAt: subscription.created,
})

const testReasonOf = (subscription: MicrosoftSubscription): Pick<MicrosoftSnapshot, 'testReason'> => {
  const purchase = purchaseKind(subscription)
  return purchase.kind === 'test' ? { testReason: purchase.reason } : {}
}

const partyOf = ({ tenantId, objectId, email }: MicrosoftParty) => ({ entraTenantId: tenantId, objectId, email })

export function connectSnapshotOf(seen: ConnectObservation, activationText: string | undefined): ConnectSnapshot {
  const open = seen.requests.find(isOpen)
  const lastFinished = seen.requests.find(isFinished)
  return {
    asset: seen.asset && {
      id: seen.asset.id,
      status: assetStatus(seen.asset),
      items: seen.asset.items.map((item) => ({ itemId: item.globalId, name: item.name, quantity: item.quantity })),
      reconciliationId: seen.asset.params.find(({ constraints }) => constraints.reconciliation)?.value,
      params: seen.asset.params.filter(isForBuyer).map(({ id, title, value }) => ({ id, title: title ?? id, value: value ?? '' })),
    },
    openRequest: open && { ...requestSnapshot(open), tierRequest: tierRequestView(seen) },
    lastFinished: lastFinished && requestSnapshot(lastFinished),
    activationText,
  }
}

/** What the vendor filled in and shares, in words; never passwords. */
const isForBuyer = ({ phase, scope, type, value, constraints }: ParameterValue): boolean =>
  phase === 'fulfillment' &&
  scope === 'asset' &&
  type !== 'password' &&
  type !== 'object' &&
  !constraints.hidden &&
  constraints.shared !== 'none' &&
  value !== undefined &&
  value !== ''

const requestSnapshot = (request: ConnectRequest): RequestSnapshot => ({
  id: request.id,
  type: requestType(request),
  status: requestStatus(request),
  items: request.asset.items.map((item) => ({ itemId: item.globalId, name: item.name, quantity: item.quantity })),
  reason: request.reason,
  message: request.templateMessage,
  paramsFormUrl: request.paramsFormUrl,
  plannedAt: request.plannedDate,
  createdAt: request.created,
  updatedAt: request.updated,
})
