/** What of Connect a publisher can sell: products it sees, where they are listed, and what there is to choose when one is added. */
import { type ConnectClient, isVisibleToDistributor } from '../connect/index.ts'
import type { Db } from '../database/index.ts'
import type { ConnectionId, HubId, MarketplaceId, ProductId, TenantId } from '../kit/ids.ts'
import { listProducts } from '../tenants/index.ts'

export interface ProductRow {
  readonly id: ProductId
  readonly name: string
  readonly vendor: string | undefined
  readonly version: number | undefined
  readonly status: string
  /** Through a listing or a syndication: without, it cannot be sold. */
  readonly visible: boolean
  /** Marketplaces it is listed in. */
  readonly listedIn: readonly MarketplaceId[]
  /** It is a product of this publisher here already. */
  readonly added: boolean
}

export type ConnectChoices = Pick<ConnectClient, 'products' | 'listings' | 'connections' | 'marketplaces' | 'tierAccounts'>

/** Every product the account sees, by name. */
export async function productsAtConnect(db: Db, connect: ConnectChoices, tenantId: TenantId): Promise<readonly ProductRow[]> {
  const added = new Set((await listProducts(db, tenantId)).map(({ id }) => id))
  const [products, listings] = await Promise.all([connect.products.list(), connect.listings.list({ status: 'listed' })])
  return products
    .map((product) => ({
      id: product.id,
      name: product.name,
      vendor: product.ownerName,
      version: product.version,
      status: product.status,
      visible: isVisibleToDistributor(product),
      listedIn: [...new Set(listings.flatMap((one) => (one.productId === product.id ? (one.marketplaceId ?? []) : [])))],
      added: added.has(product.id),
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

export interface Choices {
  readonly name: string
  readonly marketplaces: readonly MarketplaceId[]
  readonly connections: readonly {
    readonly id: ConnectionId
    readonly type: 'production' | 'test'
    readonly hub: HubId
    readonly hubName: string
  }[]
  readonly resellers: readonly { readonly id: string; readonly name: string }[]
}

/** What there is to choose for a product: marketplaces it is listed in (all of the account when in none), live connections, resellers. */
export async function choicesFor(connect: ConnectChoices, productId: ProductId): Promise<Choices> {
  const [product, listings, all, connections, resellers] = await Promise.all([
    connect.products.get(productId),
    connect.listings.list({ productId }),
    connect.marketplaces.list(),
    connect.connections.list(productId),
    connect.tierAccounts.list({ type: 'reseller' }),
  ])
  const listedIn = [...new Set(listings.flatMap(({ marketplaceId }) => marketplaceId ?? []))]
  return {
    name: product.name,
    marketplaces: listedIn.length > 0 ? listedIn : all.map(({ id }) => id),
    connections: connections.flatMap(({ id, type, status, hubId, hubName }) =>
      (type === 'production' || type === 'test') && (status === 'active' || status === 'approved') && hubId !== undefined
        ? [{ id, type, hub: hubId, hubName: hubName ?? hubId }]
        : [],
    ),
    resellers: resellers.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name: name ?? id }])),
  }
}
