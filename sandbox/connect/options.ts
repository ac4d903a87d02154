/** What is uncertain about the real Connect, or what it can do badly: each with both behaviours. May be changed while the world runs. */
import type { Milliseconds } from '../../src/kit/time.ts'

export interface ConnectOptions {
  /** Without `marketplace.id`: refused, or the seed's marketplace is taken. */
  marketplace: 'required' | 'inferred'
  /** A purchase without a first reseller. */
  tier1: 'required' | 'optional'
  /** `phone_number: null` or absent in a tier's contact. */
  phone: 'required' | 'optional'
  /** What a change does with items it does not name. */
  omittedItems: 'kept' | 'zeroed'
  cancelWhileSuspended: 'allowed' | 'refused'
  /** A purchase for an `external_uid` whose earlier purchase failed: a new asset, or 409 with `fail_message`. */
  afterFailedPurchase: 'new' | 'conflict'
  /** Under which name a 409 gives the request's id. */
  conflictId: 'request_id' | 'id'
  /** `POST /requests/{id}/pend` by the provider without the form's code. */
  pendWithoutCode: 'refused' | 'allowed'
  /** Whether the distributor's token may register webhooks. */
  webhooks: 'allowed' | 'refused'
  /** Dynamic validation: works, answers a gateway's HTML page, refuses with 400, or never answers within patience. */
  validation: 'works' | 'gatewayError' | 'refused' | 'slow'
  /** How long a slow validation takes. */
  slowValidation: Milliseconds
  /** Drafts older than this are collected. */
  draftLifetime: Milliseconds
  /** How long an uploaded usage file is judged. */
  usageProcessing: Milliseconds
  /** Submitted usage files wait for the distributor, or are accepted by a rule before anybody looks. */
  usageAcceptance: 'manual' | 'automatic'
  /** Whether accepting a file approves its records, or each is to be approved. */
  recordsOnAccept: 'approved' | 'valid'
  /** Closing a usage file that has open records. */
  closeWithOpenRecords: 'refused' | 'closesAll'
  /** Whether closing the last record closes its file. */
  lastRecord: 'closesFile' | 'leavesFile'
  /** `external_billing_id` when a record is closed. */
  billingId: 'optional' | 'required'
  /** Records closed in one call, at most. */
  maxBulkClose: number
  bulkCloseStatus: 200 | 206
  /** So many of the next records in bulk calls are not closed. */
  closeFailures: number
  /** Orders while the product is not listed: refused, taken by a test connection once a listing was asked for, or taken by any. */
  unlistedOrders: 'refused' | 'test' | 'accepted'
  /** Whether the distributor's token may work with listing requests. */
  listingRequests: 'allowed' | 'refused'
  /** Pictures of products: large enough for Microsoft or not, for anybody or for whoever has a token, or not where Connect says. */
  productPictures: 'square' | 'small' | 'withToken' | 'missing'
  /** Tokens may carry a date of expiry. */
  providerToken: 'active' | 'expired'
  /** How long a link to a file lives. */
  linkLifetime: Milliseconds
}

export const defaultOptions = (): ConnectOptions => ({
  marketplace: 'required',
  tier1: 'required',
  phone: 'optional',
  omittedItems: 'kept',
  cancelWhileSuspended: 'allowed',
  afterFailedPurchase: 'new',
  conflictId: 'request_id',
  pendWithoutCode: 'refused',
  webhooks: 'allowed',
  validation: 'works',
  slowValidation: 60_000,
  draftLifetime: 7 * 86_400_000,
  usageProcessing: 0,
  usageAcceptance: 'manual',
  recordsOnAccept: 'approved',
  closeWithOpenRecords: 'refused',
  lastRecord: 'leavesFile',
  billingId: 'optional',
  maxBulkClose: 1000,
  bulkCloseStatus: 206,
  closeFailures: 0,
  unlistedOrders: 'test',
  listingRequests: 'allowed',
  productPictures: 'square',
  providerToken: 'active',
  linkLifetime: 30_000,
})
