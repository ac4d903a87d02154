/** Accounts, marketplaces, hubs, listings. */
import { connectSeed, products as seedProducts } from '../../seed.ts'
import { MADE, type Product } from '../catalogue/products.ts'
import type { JsonObject } from '../json.ts'
import type { Environment, Listing, ListingRequest, Role } from '../records.ts'
import { contractRef, events, marketplaceRef, productRef, providerRef, stamp, vendorRef } from './common.ts'

const made = events(MADE, MADE)

export const accountWire = (role: Role): JsonObject => ({
  id: connectSeed[role].accountId,
  name: connectSeed[role].name,
  icon: null,
  type: role,
  role: role === 'provider' ? 'distributor' : 'vendor',
  brand: connectSeed[role].name,
  external_id: connectSeed[role].accountId.toLowerCase(),
  sourcing: false,
  public: true,
  events: made,
})

export const contextWire = (role: Role): JsonObject => ({
  account: { id: connectSeed[role].accountId, name: connectSeed[role].name, icon: `/media/${connectSeed[role].accountId}/icon.png` },
  user: { id: connectSeed[role].token.slice('ApiKey '.length).split(':')[0], name: `${connectSeed[role].name} integration` },
})

export const marketplaceWire = (): JsonObject => ({
  ...marketplaceRef,
  description: 'Everything sold through the Microsoft commercial marketplace.',
  owner: providerRef,
  zone: 'EU',
  currency: 'USD',
  countries: [
    { id: 'DE', name: 'Germany' },
    { id: 'GB', name: 'United Kingdom' },
    { id: 'US', name: 'United States' },
  ],
  hubs: [
    { hub: connectSeed.hubs.production, external_id: 'microsoft' },
    { hub: connectSeed.hubs.test, external_id: 'microsoft-test' },
  ],
  active_contracts: 1,
  capabilities: { listing: { referral_auto: false }, price_list: { commerce_compatibility: false } },
  attributes: {},
  stats: { hubs: 2, contracts: 1 },
  events: made,
})

export const hubWire = (environment: Environment): JsonObject => ({
  ...connectSeed.hubs[environment],
  description: `Marketplace Bridge, ${environment}`,
  company: providerRef,
  instance: { id: `northlight-microsoft-${environment}`, type: 'API' },
  version: '',
  extension_version: '',
  last_health_check: null,
  stats: { connections: seedProducts.length, marketplaces: 1 },
  events: made,
})

export const hubConnectionWire = (product: Product, environment: Environment): JsonObject => ({
  id: product.seed.connections[environment],
  type: environment,
  status: 'active',
  provider: providerRef,
  vendor: vendorRef,
  created_at: stamp(MADE),
  product: { ...productRef(product), short_description: product.seed.shortDescription, version: product.version },
})

export const listingWire = (product: Product, listing: Listing, open: ListingRequest | undefined): JsonObject => ({
  id: listing.id,
  status: listing.status,
  contract: contractRef,
  product: { ...productRef(product), ...(listing.productVersion !== undefined && { version: listing.productVersion }) },
  vendor: vendorRef,
  provider: providerRef,
  marketplace: marketplaceRef,
  ...(open && { pending_request: { id: open.id, type: open.type, status: open.state } }),
  created: stamp(listing.created),
  updated: stamp(listing.updated),
})

export const listingRequestWire = (product: Product, listing: Listing, request: ListingRequest): JsonObject => ({
  id: request.id,
  type: request.type,
  state: request.state,
  product: { ...productRef(product), version: request.productVersion },
  product_id: product.seed.id,
  contract_id: connectSeed.contractId,
  listing_id: listing.id,
  listing: listingWire(product, listing, undefined),
  note: request.note,
  ...(request.assignee !== undefined && { assignee: { id: request.assignee, name: `${connectSeed.provider.name} integration` } }),
  created: stamp(request.created),
  updated: stamp(request.updated),
  events: events(request.created, request.updated),
})
