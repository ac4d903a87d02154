/** The account's own places: marketplaces, hubs, and the products listed there. */
import type { HubId, MarketplaceId, ProductId } from '../../kit/ids.ts'
import { type ConnectApi, path, send } from '../api.ts'
import { type ConnectContext, connectContext } from '../model/account.ts'
import { type Hub, hub, type Listing, listing, type Marketplace, marketplace } from '../model/places.ts'
import { readAll } from '../paging.ts'
import { eq } from '../rql.ts'

/**
 * Whose token it is: the probe for stored credentials.
 * @throws ApiError `ERR_CONNECT_UNAUTHORIZED` when Connect does not accept it.
 */
export const readContext = (api: ConnectApi, signal?: AbortSignal): Promise<ConnectContext> =>
  send(api, { method: 'GET', path: path`/auth/context`, signal }, connectContext)

export const createMarketplaces = (api: ConnectApi) => ({
  get: (id: MarketplaceId, signal?: AbortSignal): Promise<Marketplace> =>
    send(api, { method: 'GET', path: path`/marketplaces/${id}`, signal }, marketplace),
  list: (signal?: AbortSignal): Promise<readonly Marketplace[]> =>
    readAll(api, { path: path`/marketplaces`, reader: marketplace, idOf: (one) => one.id }, {}, signal),
})

export const createHubs = (api: ConnectApi) => ({
  get: (id: HubId, signal?: AbortSignal): Promise<Hub> => send(api, { method: 'GET', path: path`/hubs/${id}`, signal }, hub),
  list: (signal?: AbortSignal): Promise<readonly Hub[]> =>
    readAll(api, { path: path`/hubs`, reader: hub, idOf: (one) => one.id }, {}, signal),
})

export interface ListingFilter {
  readonly productId?: ProductId
  readonly marketplaceId?: MarketplaceId
  readonly status?: 'listed' | 'unlisted'
}

export const createListings = (api: ConnectApi) => ({
  list: (filter: ListingFilter = {}, signal?: AbortSignal): Promise<readonly Listing[]> =>
    readAll(
      api,
      { path: path`/listings`, reader: listing, idOf: (one) => one.id },
      {
        where: [
          ...(filter.productId === undefined ? [] : [eq('product.id', filter.productId)]),
          ...(filter.marketplaceId === undefined ? [] : [eq('marketplace.id', filter.marketplaceId)]),
          ...(filter.status === undefined ? [] : [eq('status', filter.status)]),
        ],
        ordering: ['created'],
      },
      signal,
    ),
})
