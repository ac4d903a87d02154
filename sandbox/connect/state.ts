/** Everything the sandbox's Connect holds, and the small moves all of its parts share. */
import type { Log } from '../../src/kit/log.ts'
import type { Instant, MovableClock } from '../../src/kit/time.ts'
import { connectSeed, type SeedProduct, products as seedProducts } from '../seed.ts'
import type { Timers } from '../timers.ts'
import { createProducts, type Product } from './catalogue/products.ts'
import { createIds, type Ids } from './ids.ts'
import { assetMachine, type Machine, requestMachine, tierConfigMachine, tierConfigRequestMachine } from './machine.ts'
import type { ConnectOptions } from './options.ts'
import type {
  AssetRecord,
  AssetStatus,
  BillingRequest,
  Environment,
  Listing,
  ListingRequest,
  RequestRecord,
  RequestStatus,
  TierAccount,
  TierConfig,
  TierConfigRequest,
  Webhook,
} from './records.ts'
import { type Refusal, wrongState } from './refusal.ts'
import { accountKey } from './tiers/key.ts'
import { seedResellers } from './tiers/seed.ts'
import { emptyBooks, type UsageBooks } from './usage/types.ts'
import type { VendorModes } from './vendor/modes.ts'

/** What a webhook can be told about. */
export type ObjectClass = 'fulfillment_request' | 'tier_config_request' | 'listing_request' | 'usage_file' | 'product'

export interface Change {
  readonly objectClass: ObjectClass
  readonly productId: string
  readonly id: string
}

interface Data {
  ids: Ids
  products: Map<string, Product>
  assets: Map<string, AssetRecord>
  assetsByUid: Map<string, AssetRecord[]>
  requests: Map<string, RequestRecord>
  requestsByAsset: Map<string, RequestRecord[]>
  tierAccounts: Map<string, TierAccount>
  /** By what integrations know them by: hub, type and external id. */
  tierAccountsByKey: Map<string, TierAccount>
  tierConfigs: Map<string, TierConfig>
  tierConfigRequests: Map<string, TierConfigRequest>
  listings: Map<string, Listing>
  listingRequests: Map<string, ListingRequest>
  webhooks: Map<string, Webhook>
  billingRequests: Map<string, BillingRequest>
  modes: Map<string, VendorModes>
  usage: UsageBooks
  /** What the distributor's next requests are refused with. */
  refusals: Refusal[]
  /** Requests ever created, by `external_uid` and then by type; drafts count as `draft`. */
  created: Map<string, Map<string, number>>
}

export interface State extends Data {
  readonly clock: MovableClock
  readonly timers: Timers
  readonly log: Log
  readonly options: ConnectOptions
  /** Where the sandbox is reached from outside, without the slash at the end. */
  readonly publicUrl: () => string
  readonly listeners: Set<(change: Change) => void>
}

export const freshData = (now: Instant): Data => {
  const tierAccounts = seedResellers(now)
  return {
    ...emptyData(now),
    tierAccounts,
    tierAccountsByKey: new Map([...tierAccounts.values()].map((account) => [keyOf(account), account])),
  }
}

const keyOf = ({ hubId, type, externalUid, externalId }: TierAccount): string => accountKey(hubId, type, externalUid, externalId) ?? ''

const emptyData = (now: Instant): Omit<Data, 'tierAccounts' | 'tierAccountsByKey'> => ({
  ids: createIds(),
  products: createProducts(),
  assets: new Map(),
  assetsByUid: new Map(),
  requests: new Map(),
  requestsByAsset: new Map(),
  tierConfigs: new Map(),
  tierConfigRequests: new Map(),
  listings: new Map(seedProducts.map((seed) => [seed.listingId, listingOf(seed, now)])),
  listingRequests: new Map(seedProducts.map((seed) => [requestIdOf(seed.listingId), firstRequest(seed, now)])),
  webhooks: new Map(),
  billingRequests: new Map(),
  modes: new Map(),
  usage: emptyBooks(),
  refusals: [],
  created: new Map(),
})

const listingOf = ({ listingId, id, offers }: SeedProduct, now: Instant): Listing => ({
  id: listingId,
  productId: id,
  status: offers.length > 0 ? 'listed' : 'unlisted',
  productVersion: offers.length > 0 ? 3 : undefined,
  created: now,
  updated: now,
})
const requestIdOf = (listingId: string): string => `LSTR-${listingId.slice(4)}-001`
/** What has an offer is on the shelf; the others have just asked to be. */
const firstRequest = ({ listingId, offers }: SeedProduct, now: Instant): ListingRequest => ({
  id: requestIdOf(listingId),
  listingId,
  type: 'new',
  state: offers.length > 0 ? 'completed' : 'reviewing',
  productVersion: 3,
  note: '',
  assignee: undefined,
  created: now,
  updated: now,
})

export function tell(state: State, change: Change): void {
  for (const listener of state.listeners) listener(change)
}

function move<Status extends string>(
  machine: Machine,
  record: { readonly id: string; status: Status; updated: Instant },
  to: Status,
  now: Instant,
): void {
  if (!machine.allows(record.status, to)) throw wrongState(`A ${machine.name} in status "${record.status}" cannot become "${to}".`)
  record.status = to
  record.updated = now
}

export const moveRequest = (state: State, request: RequestRecord, to: RequestStatus): void =>
  move(requestMachine, request, to, state.clock.now())

export function moveAsset(state: State, asset: AssetRecord, to: AssetStatus): void {
  if (asset.status !== to) move(assetMachine, asset, to, state.clock.now())
}

export const moveTierConfigRequest = (state: State, request: TierConfigRequest, to: TierConfigRequest['status']): void =>
  move(tierConfigRequestMachine, request, to, state.clock.now())
export const moveTierConfig = (state: State, config: TierConfig, to: TierConfig['status']): void =>
  move(tierConfigMachine, config, to, state.clock.now())

export function requestChanged(state: State, request: RequestRecord): void {
  request.updated = state.clock.now()
  tell(state, { objectClass: 'fulfillment_request', productId: assetOf(state, request).productId, id: request.id })
}

/** @throws Error when the sandbox has lost its own record: a defect of the sandbox. */
export function mustHave<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`the sandbox has lost ${what}`)
  return found
}

export const assetOf = (state: State, request: RequestRecord): AssetRecord => mustHave(state.assets.get(request.assetId), request.assetId)
export const productOf = (state: State, asset: { readonly productId: string }): Product =>
  mustHave(state.products.get(asset.productId), asset.productId)
export const requestsOf = (state: State, asset: AssetRecord): readonly RequestRecord[] => state.requestsByAsset.get(asset.id) ?? []

export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** The environment a connection belongs to; `undefined` when the product has no such connection. */
export function environmentOf(product: Product, connectionId: string): Environment | undefined {
  const { production, test } = product.seed.connections
  return connectionId === production ? 'production' : connectionId === test ? 'test' : undefined
}

export const hubOf = (environment: Environment): string => connectSeed.hubs[environment].id
