/** Ordered, not active yet: who acts next, and since when. */

import type { AttentionCode } from '../../attention/rules/catalogue.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionRecord } from '../../subscriptions/record.ts'
import type { RequestSnapshot } from '../../subscriptions/snapshots.ts'
import type { Actor } from './actor.ts'
import type { BuyerStage, PurchaseSummary, WaitingFor } from './buyer-stage.ts'
import { webAddress } from './web-address.ts'

type OnVendorFailure = 'attention' | 'cancelAtMicrosoft' | undefined

export function whileVendorActs(record: SubscriptionRecord, purchase: PurchaseSummary, onVendorFailure: OnVendorFailure): BuyerStage {
  const { asset, openRequest, lastFinished } = record.connect
  if (openRequest) return duringRequest(record, purchase, openRequest)
  const orderedAt = record.confirmed?.at ?? record.firstSeenAt
  switch (asset?.status) {
    case 'active':
      return activating(record, purchase, lastFinished?.updatedAt ?? orderedAt)
    case 'terminated':
      return declined(purchase, onVendorFailure)
    case 'suspended':
      return waiting(record, purchase, 'resuming', 'vendor', orderedAt)
    case 'processing':
    case 'terminating':
    case 'unknown':
      return waiting(record, purchase, 'vendor', 'vendor', orderedAt)
    case undefined:
      return isDeclined(lastFinished) ? declined(purchase, onVendorFailure) : beingPlaced(record, purchase, orderedAt)
  }
}

function duringRequest(record: SubscriptionRecord, purchase: PurchaseSummary, request: RequestSnapshot): BuyerStage {
  const { createdAt, updatedAt } = request
  switch (request.status) {
    case 'inquiring':
      return { kind: 'inquiring', purchase, message: request.message, formUrl: webAddress(request.paramsFormUrl), since: updatedAt }
    case 'tiers_setup':
      return waiting(record, purchase, 'accountSetup', 'vendor', updatedAt)
    case 'scheduled':
      return waiting(record, purchase, 'plannedDate', 'vendor', updatedAt, request.plannedAt)
    case 'revoking':
      return waiting(record, purchase, 'ending', 'vendor', updatedAt)
    case 'pending':
    case 'approved':
    case 'failed':
    case 'revoked':
    case 'unknown':
      return waiting(record, purchase, 'vendor', 'vendor', createdAt)
  }
}

/** What keeps an order from reaching the vendor until a person has done something. */
const STUCK: readonly AttentionCode[] = [
  'PLAN_NOT_MAPPED',
  'NO_TEST_CONNECTION',
  'NO_PRODUCTION_CONNECTION',
  'ORDER_REFUSED',
  'ORDER_EMPTY',
  'PRODUCT_NOT_LISTED',
  'PRODUCT_NOT_SOLD',
  'MARKETPLACE_REFUSED',
  'CONNECTION_REFUSED',
  'BUYER_DATA_REFUSED',
  'TAKEN_AT_CONNECT',
  'STEP_REFUSED',
  'MICROSOFT_FORBIDDEN',
  'MICROSOFT_NOT_FOUND',
]

function beingPlaced(record: SubscriptionRecord, purchase: PurchaseSummary, since: Instant): BuyerStage {
  const stuck = record.openAttention.find(({ code }) => STUCK.includes(code))
  if (stuck || record.productId === undefined) return { kind: 'notReady', purchase, since: stuck?.since }
  return waiting(record, purchase, 'orderPlaced', 'us', since)
}

function activating(record: SubscriptionRecord, purchase: PurchaseSummary, since: Instant): BuyerStage {
  const slow = record.openAttention.length > 0
  return { kind: 'activating', purchase, since, slow }
}

function waiting(
  record: SubscriptionRecord,
  purchase: PurchaseSummary,
  what: WaitingFor,
  actor: Actor,
  since: Instant,
  plannedAt?: Instant,
): BuyerStage {
  const slow = record.openAttention.some(({ code }) => code === 'VENDOR_SLOW' || code === 'VENDOR_REQUEST_OLD')
  return { kind: 'waiting', purchase, for: what, actor, since, plannedAt, slow }
}

const isDeclined = (request: RequestSnapshot | undefined): boolean =>
  request?.type === 'purchase' && (request.status === 'failed' || request.status === 'revoked')

const declined = (purchase: PurchaseSummary, policy: OnVendorFailure): BuyerStage => ({
  kind: 'failed',
  purchase,
  outcome: policy === 'cancelAtMicrosoft' && purchase.customerManages ? 'beingCancelled' : 'beingLookedAt',
})
