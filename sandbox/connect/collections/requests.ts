/** `/requests` and `/assets` as filterable collections (connect-openapi v37 and the filters known to work). */
import { connectSeed } from '../../seed.ts'
import type { AssetRecord, RequestRecord, Role } from '../records.ts'
import type { Collection } from '../rql/collection.ts'
import { date, type Field, type Fields, ordered, text } from '../rql/fields.ts'
import { assetOf, hubOf, productOf, requestsOf, type State } from '../state.ts'
import { assetWire } from '../wire/assets.ts'
import { isVisible } from '../wire/params.ts'
import { requestWire } from '../wire/requests.ts'

/** Properties of an asset; the same under `/assets` and, below `asset.`, under `/requests`. */
function assetFields(state: State, role: Role): Fields<AssetRecord> {
  const customer = (asset: AssetRecord) => state.tierAccounts.get(asset.tiers.customer)
  const visible = (asset: AssetRecord) =>
    productOf(state, asset).parameters.filter((definition) => definition.scope === 'asset' && isVisible(definition, role))
  return {
    id: text((asset) => asset.id),
    external_id: text((asset) => asset.externalId),
    external_uid: text((asset) => asset.externalUid),
    status: ordered(text((asset) => asset.status)),
    created: date((asset) => asset.created),
    updated: date((asset) => asset.updated),
    'connection.id': text((asset) => asset.connectionId),
    'connection.type': text((asset) => asset.environment),
    'connection.hub.id': text((asset) => hubOf(asset.environment)),
    'connection.hub.name': ordered(text((asset) => connectSeed.hubs[asset.environment].name)),
    'connection.provider.id': text(() => connectSeed.provider.accountId),
    'connection.vendor.id': text(() => connectSeed.vendor.accountId),
    'hub.id': text((asset) => hubOf(asset.environment)),
    'marketplace.id': ordered(text((asset) => asset.marketplaceId)),
    'contract.id': text(() => connectSeed.contractId),
    'params.id': text((asset) => visible(asset).map((definition) => definition.name)),
    'params.value': text((asset) => visible(asset).map((definition) => asset.params.get(definition.name)?.value ?? '')),
    'product.id': ordered(text((asset) => asset.productId)),
    'product.name': ordered(text((asset) => productOf(state, asset).seed.name)),
    'tiers.customer.id': text((asset) => asset.tiers.customer),
    'tiers.customer.external_id': text((asset) => customer(asset)?.externalId),
    'tiers.customer.external_uid': text((asset) => customer(asset)?.externalUid),
    'tiers.customer.name': text((asset) => customer(asset)?.name),
    'tiers.tier1.id': text((asset) => asset.tiers.tier1),
    'tiers.tier2.id': text((asset) => asset.tiers.tier2),
  }
}

export const assetCollection = (state: State, role: Role): Collection<AssetRecord> => ({
  fields: assetFields(state, role),
  selects: ['items', 'params', 'configuration', 'template', 'pending_request'],
  all: () => state.assets.values(),
  narrow: (prop, value) => {
    if (prop === 'external_uid') return state.assetsByUid.get(value) ?? []
    if (prop !== 'id') return undefined
    const asset = state.assets.get(value)
    return asset ? [asset] : []
  },
  render: (asset) => assetWire(state, asset, role),
})

const ASSET_FILTERS_OF_REQUESTS = [
  'id',
  'status',
  'external_id',
  'external_uid',
  'params.id',
  'params.value',
  'product.id',
  'product.name',
  'connection.id',
  'connection.type',
  'connection.hub.id',
  'connection.hub.name',
  'connection.provider.id',
  'connection.vendor.id',
  'contract.id',
  'marketplace.id',
  'tiers.customer.id',
  'tiers.tier1.id',
  'tiers.tier2.id',
]

export function requestCollection(state: State, role: Role): Collection<RequestRecord> {
  const ofAsset = assetFields(state, role)
  const throughAsset = (field: Field<AssetRecord>): Field<RequestRecord> => ({
    ...field,
    of: (request) => field.of(assetOf(state, request)),
  })
  const assetFilters = ASSET_FILTERS_OF_REQUESTS.flatMap((name) => {
    const field = ofAsset[name]
    return field ? [[`asset.${name}`, throughAsset(field)] as const] : []
  })
  return {
    fields: {
      ...Object.fromEntries(assetFilters),
      id: text((request) => request.id),
      type: text((request) => request.type),
      status: ordered(text((request) => request.status)),
      created: date((request) => request.created),
      updated: date((request) => request.updated),
      assignee: text((request) => request.assignee),
      'assignee.email': text((request) => (request.assignee === undefined ? undefined : 'fulfilment@larkspur.example')),
      'asset.connection.environment': text((request) => assetOf(state, request).environment),
      'template.id': text((request) => request.templateId),
      'marketplace.id': text((request) => assetOf(state, request).marketplaceId),
      'marketplace.name': ordered(text(() => connectSeed.marketplace.name)),
      'contract.id': text(() => connectSeed.contractId),
    },
    selects: ['activation_key', 'asset.configuration', 'asset.items', 'template'],
    onDemand: ['asset.product.capabilities'],
    all: () => state.requests.values(),
    narrow: (prop, value) => narrowRequests(state, prop, value),
    render: (request) => requestWire(state, request, role, 'list'),
  }
}

function narrowRequests(state: State, prop: string, value: string): readonly RequestRecord[] | undefined {
  if (prop === 'asset.external_uid') return (state.assetsByUid.get(value) ?? []).flatMap((asset) => requestsOf(state, asset))
  if (prop === 'asset.id') return state.requestsByAsset.get(value) ?? []
  if (prop !== 'id') return undefined
  const request = state.requests.get(value)
  return request ? [request] : []
}
