/** Accounts, marketplaces, hubs, listings, tiers and webhooks as filterable collections. */
import { connectSeed } from '../../seed.ts'
import type { Product } from '../catalogue/products.ts'
import { openListingRequest } from '../listings/move.ts'
import type { Environment, Listing, ListingRequest, Role, TierAccount, TierConfig, TierConfigRequest, Webhook } from '../records.ts'
import type { Collection } from '../rql/collection.ts'
import { date, flag, number, ordered, text } from '../rql/fields.ts'
import { hubOf, mustHave, productOf, type State } from '../state.ts'
import { configOfRequest } from '../tiers/configs.ts'
import { webhookWire } from '../webhooks/store.ts'
import { accountWire, hubConnectionWire, hubWire, listingRequestWire, listingWire, marketplaceWire } from '../wire/places.ts'
import { tierAccountWire, tierConfigRequestWire, tierConfigWire } from '../wire/tiers.ts'
import { ENVIRONMENTS } from './products.ts'

const { provider, vendor, marketplace, contractId } = connectSeed

export const accountCollection = (role: Role): Collection<Role> => ({
  fields: {
    id: text((each) => connectSeed[each].accountId),
    name: text((each) => connectSeed[each].name),
    type: text((each) => each),
    role: text((each) => (each === 'provider' ? 'distributor' : 'vendor')),
  },
  all: () => [role],
  render: accountWire,
})

export const marketplaceCollection = (): Collection<string> => ({
  fields: {
    id: text((id) => id),
    name: ordered(text(() => marketplace.name)),
    'owner.id': text(() => provider.accountId),
    'hubs.id': text(() => ENVIRONMENTS.map(hubOf)),
    currency: text(() => 'USD'),
  },
  all: () => [marketplace.id],
  render: marketplaceWire,
})

export const hubCollection = (): Collection<Environment> => ({
  fields: {
    id: text(hubOf),
    name: ordered(text((environment) => connectSeed.hubs[environment].name)),
    'instance.id': text((environment) => `northlight-microsoft-${environment}`),
    'instance.type': text(() => 'API'),
  },
  all: () => ENVIRONMENTS,
  render: hubWire,
})

export const hubConnectionCollection = (state: State, environment: Environment): Collection<Product> => ({
  fields: { 'product.name': text((product) => product.seed.name) },
  all: () => state.products.values(),
  render: (product) => hubConnectionWire(product, environment),
})

export const listingCollection = (state: State): Collection<Listing> => ({
  fields: {
    id: text((listing) => listing.id),
    status: text((listing) => listing.status),
    'product.id': text((listing) => listing.productId),
    'product.name': text((listing) => productOf(state, listing).seed.name),
    'marketplace.id': text(() => marketplace.id),
    'contract.id': text(() => contractId),
    'vendor.id': text(() => vendor.accountId),
    'provider.id': text(() => provider.accountId),
    'pending_request.type': text((listing) => openListingRequest(state, listing)?.type),
    'pending_request.status': text((listing) => openListingRequest(state, listing)?.state),
    created: date((listing) => listing.created),
    updated: date((listing) => listing.updated),
  },
  all: () => state.listings.values(),
  render: (listing) => listingWire(productOf(state, listing), listing, openListingRequest(state, listing)),
})

/** Drafts are the vendor's own. */
export function listingRequestCollection(state: State, role: Role): Collection<ListingRequest> {
  const listingOf = (request: ListingRequest): Listing => mustHave(state.listings.get(request.listingId), request.listingId)
  return {
    fields: {
      id: text((request) => request.id),
      state: ordered(text((request) => request.state)),
      type: text((request) => request.type),
      'listing.id': text((request) => request.listingId),
      'listing.product.id': text((request) => listingOf(request).productId),
      'listing.marketplace.id': text(() => marketplace.id),
      'listing.contract.id': text(() => contractId),
      'listing.vendor.id': text(() => vendor.accountId),
      'listing.provider.id': text(() => provider.accountId),
      'product.id': text((request) => listingOf(request).productId),
      'product.version': number((request) => request.productVersion),
      created: date((request) => request.created),
      updated: date((request) => request.updated),
    },
    all: () => [...state.listingRequests.values()].filter((request) => role === 'vendor' || request.state !== 'draft'),
    render: (request) => listingRequestWire(productOf(state, listingOf(request)), listingOf(request), request),
  }
}

export const tierAccountCollection = (state: State): Collection<TierAccount> => ({
  fields: {
    id: text((account) => account.id),
    external_id: text((account) => account.externalId),
    external_uid: text((account) => account.externalUid),
    type: text((account) => account.type),
    'hub.id': text((account) => account.hubId),
    'parent.id': text((account) => account.parentId),
    'owner.id': text(() => provider.accountId),
    name: text((account) => account.name),
    tax_id: text((account) => account.taxId),
    version: number((account) => account.version),
    'events.created.at': date((account) => account.created),
  },
  all: () => state.tierAccounts.values(),
  render: (account) => tierAccountWire(state, account),
})

export const tierConfigCollection = (state: State, role: Role): Collection<TierConfig> => ({
  fields: {
    id: text((config) => config.id),
    status: text((config) => config.status),
    tier_level: number((config) => config.level),
    'account.id': text((config) => config.accountId),
    'product.id': text((config) => config.productId),
    'connection.id': text((config) => config.connectionId),
    'connection.type': text((config) => config.environment),
    'marketplace.id': text((config) => config.marketplaceId),
    created: date((config) => config.created),
    updated: date((config) => config.updated),
  },
  all: () => state.tierConfigs.values(),
  render: (config) => tierConfigWire(state, config, role),
})

export const tierConfigRequestCollection = (state: State, role: Role): Collection<TierConfigRequest> => ({
  fields: {
    id: text((request) => request.id),
    status: ordered(text((request) => request.status)),
    type: text((request) => request.type),
    environment: text((request) => configOfRequest(state, request).environment),
    'configuration.id': text((request) => request.configId),
    'configuration.tier_level': number((request) => configOfRequest(state, request).level),
    'configuration.account.id': text((request) => configOfRequest(state, request).accountId),
    'configuration.product.id': text((request) => configOfRequest(state, request).productId),
    'configuration.marketplace.id': text((request) => configOfRequest(state, request).marketplaceId),
    'configuration.connection.type': text((request) => configOfRequest(state, request).environment),
    unassigned: flag((request) => request.assignee === undefined),
    'assignee.id': text((request) => request.assignee),
    created: date((request) => request.created),
    updated: date((request) => request.updated),
  },
  all: () => state.tierConfigRequests.values(),
  render: (request) => tierConfigRequestWire(state, request, role),
})

export const webhookCollection = (state: State, role: Role): Collection<Webhook> => ({
  fields: {
    id: text((webhook) => webhook.id),
    label: text((webhook) => webhook.label),
    active: flag((webhook) => webhook.active),
    type: text((webhook) => webhook.type),
    'product.id': text((webhook) => webhook.productId),
  },
  all: () => [...state.webhooks.values()].filter((webhook) => webhook.account === role),
  render: (webhook) => webhookWire(state, webhook),
})
