/** The first request of an asset. */
import { connectSeed, products as seedProducts } from '../../seed.ts'
import type { Product } from '../catalogue/products.ts'
import type { AssetRecord, Environment, Params, Quantity, RequestRecord } from '../records.ts'
import { invalid } from '../refusal.ts'
import { environmentOf, pushTo, type State } from '../state.ts'
import { resolveTiers, tierFaults } from '../tiers/accounts.ts'
import { idOf, type RequestBody } from './body.ts'
import { conflictWith, lastRequestOf } from './conflict.ts'
import { goLive } from './enter.ts'
import { linesOf, readItems, refuseAllZero } from './items.ts'
import { addRequest } from './new-request.ts'
import { readParams } from './params.ts'

/** @throws Refusal 400 for faulty data, 409 when this `external_uid` is taken in the connection's environment. */
export function createPurchase(state: State, body: RequestBody): RequestRecord {
  const order = checkPurchase(state, body)
  refuseTaken(state, order.externalUid, order.environment)
  const asset = addAsset(state, body, order)
  const request = addRequest(state, asset, body, { items: linesOf(order.product, new Map(), order.quantities), params: order.params })
  if (!body.draft) goLive(state, request)
  return request
}

interface Order {
  readonly product: Product
  readonly environment: Environment
  readonly connectionId: string
  readonly marketplaceId: string
  readonly externalId: string
  readonly externalUid: string
  readonly quantities: Map<string, Quantity>
  readonly params: Params
}

export function checkPurchase(state: State, body: RequestBody): Order {
  const { asset } = body
  const faults = [...identityFaults(asset), ...tierFaults(state, asset['tiers'])]
  if (faults.length > 0) throw invalid(...faults)
  const { product, connectionId, environment } = resolveConnection(state, asset)
  const marketplaceId = resolveMarketplace(state, body)
  refuseUnlisted(state, product, environment)
  if (body.plannedDate && !product.scheduling) throw invalid('planned_date: The product does not support scheduling.')
  const quantities = readItems(product, asset['items'])
  refuseAllZero(quantities)
  refuseEnded(product, quantities)
  return {
    product,
    environment,
    connectionId,
    marketplaceId,
    externalId: String(asset['external_id']),
    externalUid: String(asset['external_uid']),
    quantities,
    params: new Map(readParams(product, asset['params'], 'provider').map(({ definition, entry }) => [definition.name, entry])),
  }
}

function identityFaults(asset: Readonly<Record<string, unknown>>): string[] {
  return ['external_id', 'external_uid'].flatMap((name) => {
    const value = asset[name]
    if (typeof value !== 'string' || value.trim() === '') return [`asset.${name}: This field is required.`]
    return value.length > 100 ? [`asset.${name}: Ensure this field has no more than 100 characters.`] : []
  })
}

function resolveConnection(state: State, asset: Readonly<Record<string, unknown>>) {
  const connectionId = idOf(asset['connection'])
  if (!connectionId) throw invalid('asset.connection.id: This field is required.')
  const owner = seedProducts.find(({ connections }) => connectionId === connections.production || connectionId === connections.test)
  const product = owner && state.products.get(owner.id)
  const environment = product && environmentOf(product, connectionId)
  if (!product || !environment) throw invalid(`asset.connection.id: Connection "${connectionId}" not found.`)
  const productId = idOf(asset['product'])
  if (productId !== undefined && productId !== product.seed.id) {
    throw invalid(`asset.connection.id: Connection "${connectionId}" does not belong to product ${productId}.`)
  }
  return { product, connectionId, environment }
}

function resolveMarketplace(state: State, body: RequestBody): string {
  const { marketplace } = connectSeed
  if (body.marketplaceId === undefined) {
    if (state.options.marketplace === 'inferred') return marketplace.id
    throw invalid("Field 'marketplace.id' is required.")
  }
  if (body.marketplaceId !== marketplace.id) throw invalid('There is no Listing for specified Product and Marketplace.')
  return marketplace.id
}

/** Production needs a listing; a test connection works from the moment a listing has been asked for. Unclear in the real Connect: an option. */
function refuseUnlisted(state: State, product: Product, environment: Environment): void {
  const listing = state.listings.get(product.seed.listingId)
  if (listing?.status === 'listed' || state.options.unlistedOrders === 'accepted') return
  const asked = [...state.listingRequests.values()].some(
    (request) => request.listingId === product.seed.listingId && (request.state === 'reviewing' || request.state === 'deploying'),
  )
  if (environment === 'test' && asked && state.options.unlistedOrders === 'test') return
  throw invalid('There is no Listing for specified Product and Marketplace.')
}

/** A product at its end of sale takes no new customers; items at theirs still may occur. */
function refuseEnded(product: Product, quantities: ReadonlyMap<string, Quantity>): void {
  if (product.status === 'endofsale')
    throw invalid(`asset.product.id: Product ${product.seed.id} is no longer sold (${quantities.size} items).`)
}

/** The natural key is `external_uid` within production or test. Drafts do not count, failed ones by option. */
export function refuseTaken(state: State, externalUid: string, environment: Environment, except?: AssetRecord): void {
  for (const asset of state.assetsByUid.get(externalUid) ?? []) {
    if (asset === except || asset.environment !== environment || asset.status === 'draft') continue
    const last = lastRequestOf(state, asset)
    const blocks = asset.status !== 'terminated' || (state.options.afterFailedPurchase === 'conflict' && last?.type === 'purchase')
    if (blocks) throw conflictWith(state, asset, lastRequestOf(state, asset, 'purchase'))
  }
}

function addAsset(state: State, body: RequestBody, order: Order): AssetRecord {
  const now = state.clock.now()
  const asset: AssetRecord = {
    id: state.ids.asset(),
    productId: order.product.seed.id,
    connectionId: order.connectionId,
    environment: order.environment,
    marketplaceId: order.marketplaceId,
    externalId: order.externalId,
    externalUid: order.externalUid,
    status: 'draft',
    quantities: new Map(order.quantities),
    params: new Map(),
    tiers: resolveTiers(state, body.asset['tiers'], order.environment),
    activation: undefined,
    created: now,
    updated: now,
  }
  state.assets.set(asset.id, asset)
  pushTo(state.assetsByUid, asset.externalUid, asset)
  return asset
}
