/** Asset requests: placing orders, and following them. */
import type { AssetId, ConnectionId, MarketplaceId, ProductId, RequestId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type ConnectApi, path, send } from '../api.ts'
import { type CreationOutcome, create } from '../creation.ts'
import {
  type ConnectRequest,
  type ConnectRequestReference,
  connectRequest,
  connectRequestReference,
  type KnownRequestStatus,
  type KnownRequestType,
  REQUEST_STATUSES,
} from '../model/request.ts'
import {
  type AssetOrder,
  assetBody,
  type ChangeOrder,
  changeBody,
  type ParameterInput,
  type PurchaseOrder,
  paramsBody,
  purchaseBody,
} from '../orders.ts'
import { type Collection, type Page, readAll, readPage, walk } from '../paging.ts'
import { eq, type Filter, ge, oneOf, type Query } from '../rql.ts'

/** All given conditions must hold; an empty list matches nothing and is refused. */
export interface RequestFilter {
  readonly ids?: readonly RequestId[]
  readonly types?: readonly KnownRequestType[]
  /** Default: every status but `draft`. */
  readonly statuses?: readonly KnownRequestStatus[]
  readonly productIds?: readonly ProductId[]
  readonly connectionIds?: readonly ConnectionId[]
  readonly marketplaceIds?: readonly MarketplaceId[]
  readonly assetId?: AssetId
  readonly externalUid?: string
  /** Changed at or after. For a poller: overlap a little, since Connect's clock is not ours. */
  readonly updatedSince?: Instant
  readonly createdSince?: Instant
}

const requests: Collection<ConnectRequest> = { path: path`/requests`, reader: connectRequest, idOf: (request) => request.id }

/** Drafts belong to validation and are collected by Connect: no look-up counts them. */
const NOT_DRAFTS: readonly KnownRequestStatus[] = REQUEST_STATUSES.filter((status) => status !== 'draft')

/** Static configuration is large and of no use here. */
const SLIM = ['-asset.configuration']
/** Who and in which state, no more. */
const BARE = [...SLIM, '-asset.items', '-activation_key', '-template']

export const createRequests = (api: ConnectApi) => ({
  createPurchase: (order: PurchaseOrder, signal?: AbortSignal): Promise<CreationOutcome> => create(api, purchaseBody(order), signal),
  createChange: (order: ChangeOrder, signal?: AbortSignal): Promise<CreationOutcome> => create(api, changeBody(order), signal),
  /** Without administrative hold Connect creates it already failed: see `isHoldUnsupported`. */
  createSuspend: (order: AssetOrder, signal?: AbortSignal): Promise<CreationOutcome> => create(api, assetBody('suspend', order), signal),
  createResume: (order: AssetOrder, signal?: AbortSignal): Promise<CreationOutcome> => create(api, assetBody('resume', order), signal),
  createCancel: (order: AssetOrder, signal?: AbortSignal): Promise<CreationOutcome> => create(api, assetBody('cancel', order), signal),

  /** A purchase that is not yet one: to be validated, then placed by `purchaseDraft`. Connect deletes forgotten drafts. */
  createDraft: (order: PurchaseOrder, signal?: AbortSignal): Promise<CreationOutcome> => create(api, purchaseBody(order, 'draft'), signal),
  /** Has the vendor check the draft. The answer's params carry `valueError`; none means fine. */
  validateDraft: (id: RequestId, order: PurchaseOrder, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'POST', path: path`/requests/${id}/validate`, body: purchaseBody(order, 'draft'), signal }, connectRequest),
  /** A change that is not yet one, only to be validated. For products with `subscription.change.validation`. */
  createChangeDraft: (order: ChangeOrder, signal?: AbortSignal): Promise<CreationOutcome> =>
    create(api, changeBody(order, 'draft'), signal),
  /** As `validateDraft`, for a change. */
  validateChangeDraft: (id: RequestId, order: ChangeOrder, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'POST', path: path`/requests/${id}/validate`, body: changeBody(order, 'draft'), signal }, connectRequest),
  updateDraft: (id: RequestId, order: PurchaseOrder, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'PUT', path: path`/requests/${id}`, body: purchaseBody(order, 'draft'), signal }, connectRequest),
  /** Places a draft. Not repeatable: after a lost answer look at the request. */
  purchaseDraft: (id: RequestId, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'POST', path: path`/requests/${id}/purchase`, body: {}, signal }, connectRequest),

  get: (id: RequestId, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'GET', path: path`/requests/${id}`, signal }, connectRequest),

  /** One page, newest first unless the query says otherwise. */
  list: (filter: RequestFilter, query: Omit<Query, 'where'> = {}, signal?: AbortSignal): Promise<Page<ConnectRequest>> =>
    readPage(api, requests, { select: SLIM, ordering: ['-created'], ...query, where: conditions(filter) }, signal),

  /** Every matching request once, oldest first. One that stops matching meanwhile may hide another: the next round finds it. */
  walk: (filter: RequestFilter, signal?: AbortSignal): AsyncGenerator<ConnectRequest> =>
    walk(api, requests, { select: SLIM, ordering: ['created'], where: conditions(filter) }, signal),

  /** One page of what has changed at or after `updatedSince`, longest ago first. Without items and texts: it tells whom to look at. */
  changed: (
    filter: RequestFilter & { readonly updatedSince: Instant },
    limit: number,
    signal?: AbortSignal,
  ): Promise<Page<ConnectRequest>> =>
    readPage(api, requests, { select: BARE, ordering: ['updated', 'created'], limit, where: conditions(filter) }, signal),

  /** The newest request of a type for an `external_uid`, drafts left out; how CloudBlue's own distributor side follows an order. */
  latestOf: async (
    externalUid: string,
    type: KnownRequestType,
    where: Pick<RequestFilter, 'productIds' | 'connectionIds'> = {},
    signal?: AbortSignal,
  ): Promise<ConnectRequest | undefined> => {
    const query = { select: SLIM, ordering: ['-created'], limit: 1, where: conditions({ ...where, externalUid, types: [type] }) }
    return (await readPage(api, requests, query, signal)).items[0]
  },

  /** The asset's history, in Connect's order. */
  ofAsset: (assetId: AssetId, signal?: AbortSignal): Promise<readonly ConnectRequestReference[]> =>
    readAll(api, { path: path`/assets/${assetId}/requests`, reader: connectRequestReference, idOf: (one) => one.id }, {}, signal),

  /** Gives values while inquiring. Whether a distributor may do so without the form's code is not documented; the form is. */
  updateParams: (id: RequestId, params: readonly ParameterInput[], signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'PUT', path: path`/requests/${id}`, body: paramsBody(params), signal }, connectRequest),
  /** From inquiring back to pending, when the values are given. */
  pend: (id: RequestId, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'POST', path: path`/requests/${id}/pend`, signal }, connectRequest),
  /** Takes back a scheduled request; it becomes `revoking`, and `revoked` once the vendor confirms. */
  revoke: (id: RequestId, reason: string, signal?: AbortSignal): Promise<ConnectRequest> =>
    send(api, { method: 'POST', path: path`/requests/${id}/revoke`, body: { reason }, signal }, connectRequest),
})

function conditions(filter: RequestFilter): readonly Filter[] {
  return [
    ...(filter.ids ? [oneOf('id', filter.ids)] : []),
    ...(filter.types ? [oneOf('type', filter.types)] : []),
    oneOf('status', filter.statuses ?? NOT_DRAFTS),
    ...(filter.productIds ? [oneOf('asset.product.id', filter.productIds)] : []),
    ...(filter.connectionIds ? [oneOf('asset.connection.id', filter.connectionIds)] : []),
    ...(filter.marketplaceIds ? [oneOf('marketplace.id', filter.marketplaceIds)] : []),
    ...(filter.assetId === undefined ? [] : [eq('asset.id', filter.assetId)]),
    ...(filter.externalUid === undefined ? [] : [eq('asset.external_uid', filter.externalUid)]),
    ...(filter.updatedSince ? [ge('updated', filter.updatedSince)] : []),
    ...(filter.createdSince ? [ge('created', filter.createdSince)] : []),
  ]
}
