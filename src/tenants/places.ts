/** What a product may be set up with, as Connect shows it to a tenant's token: marketplaces, hubs, and each product's listings and connections. */
import { type ConnectClient, type Connection, type Hub, isVisibleToDistributor, type Listing, type Marketplace } from '../connect/index.ts'
import type { ProductId } from '../kit/ids.ts'

export interface Places {
  readonly marketplaces: readonly Marketplace[]
  /** Test and production are two: a product has one connection a hub. */
  readonly hubs: readonly Hub[]
  readonly products: readonly {
    readonly id: ProductId
    readonly name: string
    readonly listings: readonly Pick<Listing, 'id' | 'status' | 'marketplaceId'>[]
    readonly connections: readonly Connection[]
  }[]
}

/** @throws ApiError of the `ERR_CONNECT_` family */
export async function readPlaces(connect: ConnectClient, signal?: AbortSignal): Promise<Places> {
  const marketplaces = await connect.marketplaces.list(signal)
  const hubs = await connect.hubs.list(signal)
  const listings = await connect.listings.list({}, signal)
  const products: Places['products'][number][] = []
  for (const { id, name } of (await connect.products.list(signal)).filter(isVisibleToDistributor)) {
    const ofProduct = listings.filter(({ productId }) => productId === id)
    products.push({
      ...{ id, name, connections: await connect.connections.list(id, signal) },
      listings: ofProduct.map((one) => ({ id: one.id, status: one.status, marketplaceId: one.marketplaceId })),
    })
  }
  return { marketplaces, hubs, products }
}
