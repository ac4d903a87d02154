/** A product as Connect has it this moment. Each question is asked by itself: one that is not answered leaves the others. */
import type { ConnectClient } from '../../connect/index.ts'
import { isSellable, isVisibleToDistributor } from '../../connect/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Product } from '../../tenants/index.ts'
import type { ProductFacts } from '../rules/product.ts'
import { ask, type DoctorDeps } from './deps.ts'

type AtConnect = Pick<ProductFacts, 'atConnect' | 'listing' | 'connections' | 'items' | 'ordering' | 'reseller'>

export async function atConnect({ clients }: DoctorDeps, tenantId: TenantId, product: Product): Promise<AtConnect> {
  const asking = <T>(question: (connect: ConnectClient) => Promise<T>) => ask(async () => question(await clients.connectFor(tenantId)))
  return {
    atConnect: await asking((connect) => visibility(connect, product)),
    listing: await asking((connect) => listing(connect, product)),
    connections: await asking(async (connect) =>
      (await connect.connections.list(product.id)).map(({ id, type, status, hubId }) => ({ id, type, status, hub: hubId })),
    ),
    items: await asking(async (connect) => {
      const items = await connect.items.list(product.id)
      return { sellable: items.filter(isSellable).map(({ id }) => id), known: items.map(({ id }) => id) }
    }),
    ordering: await asking((connect) => ordering(connect, product)),
    reseller: await asking((connect) => reseller(connect, product)),
  }
}

async function visibility(connect: ConnectClient, { id }: Product) {
  try {
    const found = await connect.products.get(id)
    return { found: true, status: found.status, visible: isVisibleToDistributor(found) }
  } catch (error) {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return { found: false, status: 'unknown', visible: false }
    throw error
  }
}

async function listing(connect: ConnectClient, { id, marketplaceId }: Product) {
  const listings = await connect.listings.list({ productId: id, marketplaceId })
  if (listings.some(({ status }) => status === 'listed')) return 'listed' as const
  return listings.length === 0 ? ('none' as const) : ('unlisted' as const)
}

async function ordering(connect: ConnectClient, product: Product) {
  const parameters = await connect.parameters.list(product.id, { phases: ['ordering'] })
  const required = parameters.filter(({ constraints }) => constraints.required && !constraints.hidden)
  const unanswerable = required.filter(({ scope, type }) => scope === 'asset' && type === 'unknown')
  const open = required.filter(({ scope, name }) => scope === 'tier1' && product.tier1.parameters[name] === undefined)
  const isSetUp = open.length > 0 && product.tier1.id !== undefined && (await approved(connect, product, product.tier1.id))
  return {
    unanswerable: unanswerable.map(({ name, typeRaw }) => `${name} (${typeRaw})`),
    resellerMissing: isSetUp ? [] : open.map(({ name }) => name),
  }
}

const approved = async (connect: ConnectClient, { id }: Product, accountId: string): Promise<boolean> =>
  (await connect.tierConfigRequests.list({ productId: id, accountId, statuses: ['approved'] })).length > 0

async function reseller(connect: ConnectClient, product: Product) {
  const { id, account } = product.tier1
  const accountId = id ?? (await connect.tierAccounts.list({ type: 'reseller', externalUid: account?.externalUid ?? '' }))[0]?.id
  if (accountId === undefined) return { found: true, open: [], failed: [] } // made with the first order
  if (id !== undefined && !(await exists(connect, id))) return { found: false, open: [], failed: [] }
  const requests = await connect.tierConfigRequests.list({ productId: product.id, accountId })
  const latest = requests.at(-1)
  const isOpen = (status: string) => ['draft', 'tiers_setup', 'pending', 'inquiring'].includes(status)
  return {
    found: true,
    open: requests.filter(({ status }) => isOpen(status)).map((request) => request.id),
    failed: latest?.status === 'failed' ? [latest.id] : [],
  }
}

async function exists(connect: ConnectClient, accountId: string): Promise<boolean> {
  try {
    await connect.tierAccounts.get(accountId)
    return true
  } catch (error) {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return false
    throw error
  }
}
