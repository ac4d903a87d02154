/** Listing requests, from the distributor's side: found, worked on, done or refused. */
import type { ListingRequestId, ProductId } from '../../kit/ids.ts'
import { assertGood, type Call, type ConnectApi, exchange, path, send } from '../api.ts'
import { type KnownListingRequestState, type ListingRequest, listingRequest } from '../model/listing-request.ts'
import { type Collection, walk } from '../paging.ts'
import { eq, oneOf } from '../rql.ts'

export interface ListingRequestFilter {
  readonly states?: readonly KnownListingRequestState[]
  readonly productId?: ProductId
}

const requests: Collection<ListingRequest> = { path: path`/listing-requests`, reader: listingRequest, idOf: ({ id }) => id }

export const createListingRequests = (api: ConnectApi) => ({
  /** Every matching request once, oldest first. */
  walk: ({ states, productId }: ListingRequestFilter, signal?: AbortSignal): AsyncGenerator<ListingRequest> =>
    walk(
      api,
      requests,
      {
        ordering: ['created'],
        where: [
          ...(states === undefined ? [] : [oneOf('state', states)]),
          ...(productId === undefined ? [] : [eq('product.id', productId)]),
        ],
      },
      signal,
    ),

  /** @throws ApiError `ERR_CONNECT_NOT_FOUND` also when it went back to the vendor: drafts are not shown to distributors. */
  get: (id: ListingRequestId, signal?: AbortSignal): Promise<ListingRequest> =>
    send(api, { method: 'GET', path: path`/listing-requests/${id}`, signal }, listingRequest),

  /**
   * Says that a reviewed request is being worked on. Answers nothing that could be relied on: look again.
   * @throws ApiError `ERR_CONNECT_INVALID` or `…_CONFLICT` when it is not under review: read it, somebody else may have moved it.
   */
  deploy: (id: ListingRequestId, signal?: AbortSignal): Promise<void> => act(api, id, 'deploy', signal),

  /** Says that it is done: the product is listed, listed anew, or listed no more. From `deploying` only. @throws as `deploy` */
  complete: (id: ListingRequestId, signal?: AbortSignal): Promise<void> => act(api, id, 'complete', signal),

  /** Refuses it, from `reviewing` or `deploying`. Takes no words: the vendor learns the reason in Connect's conversation. @throws as `deploy` */
  cancel: (id: ListingRequestId, signal?: AbortSignal): Promise<void> => act(api, id, 'cancel', signal),

  /** Shows colleagues that this token's user sees to it. */
  assign: (id: ListingRequestId, signal?: AbortSignal): Promise<void> => act(api, id, 'assign', signal),
})

async function act(api: ConnectApi, id: ListingRequestId, action: string, signal: AbortSignal | undefined): Promise<void> {
  const call: Call = { method: 'POST', path: path`/listing-requests/${id}/${action}`, signal }
  assertGood(call, await exchange(api, call))
}
