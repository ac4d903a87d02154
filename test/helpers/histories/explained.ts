/** Which attention items say why both sides differ: an item about something else explains nothing. */
import type { AttentionCode } from '../../../src/attention/index.ts'
import type { StoredSubscription } from '../../../src/subscriptions/index.ts'
import { itemsAgree, productOf, type Truth } from './truth.ts'

export function explains(truth: Truth, { openAttention, next }: StoredSubscription): boolean {
  const reasons = reasonsOf(truth)
  if (openAttention.some(({ code }) => reasons.includes(code))) return true
  return truth.microsoft.status === 'Suspended' && next?.kind === 'settled' && next.note !== undefined // differences wait for the reinstatement
}

const REFUSED: readonly AttentionCode[] = [
  'ORDER_REFUSED',
  'STEP_REFUSED',
  'PRODUCT_NOT_LISTED',
  'MARKETPLACE_REFUSED',
  'CONNECTION_REFUSED',
  'BUYER_DATA_REFUSED',
  'ORDER_EMPTY',
  'TAKEN_AT_CONNECT',
]
const SLOW: readonly AttentionCode[] = ['VENDOR_SLOW', 'VENDOR_REQUEST_OLD', 'RESELLER_SETUP_ASKS']

function reasonsOf(truth: Truth): readonly AttentionCode[] {
  const { microsoft, asset, open, requests } = truth
  const purchaseFailed = requests.some(({ type, status }) => type === 'purchase' && (status === 'failed' || status === 'revoked'))
  if (open.length > 0) return SLOW
  switch (microsoft.status) {
    case 'PendingFulfillmentStart':
      if (asset?.status === 'active') return ['ACTIVATION_REFUSED', 'ACTIVATION_NOT_SEEN', ...whenItemsDiffer(truth)]
      if (purchaseFailed || asset?.status === 'terminated') return ['PURCHASE_FAILED']
      if (asset?.status === 'suspended') return ['RESUME_FAILED', ...REFUSED]
      return [...REFUSED, 'PLAN_NOT_MAPPED', 'NO_TEST_CONNECTION', 'NO_PRODUCTION_CONNECTION', 'BUYER_NOT_CONFIRMED']
    case 'Subscribed':
      if (asset === undefined) return ['ASSET_MISSING', 'SUBSCRIBED_BEFORE_APPROVAL']
      if (asset.status === 'terminated') return ['VENDOR_TERMINATED', 'SUBSCRIBED_BEFORE_APPROVAL']
      if (asset.status === 'suspended') return ['RESUME_FAILED', ...REFUSED]
      return whenItemsDiffer(truth)
    case 'Suspended':
      return asset?.status === 'terminated' ? ['VENDOR_TERMINATED', 'SUBSCRIBED_BEFORE_APPROVAL'] : REFUSED
    case 'Unsubscribed':
      return ['CANCEL_FAILED', ...REFUSED]
  }
}

function whenItemsDiffer(truth: Truth): readonly AttentionCode[] {
  const { microsoft } = truth
  if (itemsAgree(truth)) return []
  const isSold = productOf(microsoft.offer.offerId).items.some(({ planId }) => planId === microsoft.planId)
  return isSold ? ['VENDOR_DID_NOT_CHANGE', ...REFUSED] : ['PLAN_NOT_MAPPED']
}
