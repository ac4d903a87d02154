/** A product as Connect has it this moment. Each question is asked by itself: one that is not answered leaves the others. */
import type { ConnectClient, ItemType, TierConfigRequest } from '../../connect/index.ts'
import { isSellable, isVisibleToDistributor } from '../../connect/index.ts'
import { hasCode } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Product } from '../../tenants/index.ts'
import type { AtConnectFacts, Environment, ItemSeen, ResellerSeen } from '../rules/at-connect.ts'
import { ask, type DoctorDeps } from './deps.ts'

type AtConnect = Pick<AtConnectFacts, 'atConnect' | 'listing' | 'connections' | 'items' | 'ordering' | 'reseller'>

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
      return { sellable: items.filter(isSellable).map(({ id }) => id), known: items.map(({ id, type }) => ({ id, kind: KINDS[type] })) }
    }),
    ordering: await asking((connect) => ordering(connect, product)),
    reseller: await asking((connect) => reseller(connect, product)),
  }
}

const KINDS: Readonly<Record<ItemType, ItemSeen['kind']>> = { Reservation: 'reservation', PPU: 'payAsYouGo', unknown: 'unknown' }

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

async function reseller(connect: ConnectClient, product: Product): Promise<ResellerSeen> {
  const { id, account } = product.tier1
  const wanted = (await wantsResellersSetUp(connect, product)) ? connected(product) : []
  const accountId = id ?? (await connect.tierAccounts.list({ type: 'reseller', externalUid: account?.externalUid ?? '' }))[0]?.id
  if (accountId === undefined) return { found: true, open: [], failed: [], notSetUp: wanted } // made with the first order
  if (id !== undefined && !(await exists(connect, id))) return { found: false, open: [], failed: [], notSetUp: [] }
  const requests = await connect.tierConfigRequests.list({ productId: product.id, accountId })
  const latest = requests.at(-1)
  const isOpen = (status: string) => ['draft', 'tiers_setup', 'pending', 'inquiring'].includes(status)
  return {
    found: true,
    open: requests.filter(({ status }) => isOpen(status)).map((request) => request.id),
    failed: latest?.status === 'failed' ? [latest.id] : [],
    notSetUp: wanted.filter((environment) => !requests.some((request) => request.status === 'approved' && isFor(request, environment))),
  }
}

async function wantsResellersSetUp(connect: ConnectClient, { id }: Product): Promise<boolean> {
  try {
    return (await connect.products.get(id)).capabilities.tierConfigs > 0
  } catch (error) {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return false // told by another check
    throw error
  }
}

const connected = ({ connections }: Product): readonly Environment[] =>
  (['production', 'test'] as const).filter((environment) => connections[environment] !== undefined)

/** One whose connection Connect does not name counts for both. */
const isFor = ({ connectionType }: TierConfigRequest, environment: Environment): boolean =>
  connectionType === 'unknown' || connectionType === environment

async function exists(connect: ConnectClient, accountId: string): Promise<boolean> {
  try {
    await connect.tierAccounts.get(accountId)
    return true
  } catch (error) {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return false
    throw error
  }
}
