/** The sandbox's Connect for tests and for the vendor desk: everything by function call, without tokens. */
import type { Instant } from '../../src/kit/time.ts'
import { connectSeed } from '../seed.ts'
import type { ParameterDefinition } from './catalogue/definitions.ts'
import type { Product } from './catalogue/products.ts'
import { type NewVersion, publishVersion } from './catalogue/publish.ts'
import type { Json } from './json.ts'
import { createListingRequest, type ListingAction, moveListingRequest } from './listings/move.ts'
import type { ConnectOptions } from './options.ts'
import {
  type AssetRecord,
  type Environment,
  type ListingRequest,
  OPEN_STATUSES,
  type RequestRecord,
  type RequestStatus,
  type RequestType,
  type Role,
  type TierConfigRequest,
} from './records.ts'
import { notFound, Refusal } from './refusal.ts'
import { createRequest } from './requests/create.ts'
import { pendRequest, revokeRequest, updateRequest } from './requests/provider.ts'
import { type Sale, sell } from './requests/sell.ts'
import { approveTierConfig, failTierConfig } from './requests/tier-outcome.ts'
import {
  type Approval,
  approveRequest,
  confirmRequest,
  failRequest,
  type Inquiry,
  inquireRequest,
  scheduleRequest,
} from './requests/vendor.ts'
import { assetOf, freshData, mustHave, requestsOf, type State, tell } from './state.ts'
import { inquireTierConfig, pendTierConfig } from './tiers/configs.ts'
import { type UsageWorld, usageWorld } from './usage/world.ts'
import { modeOf, setMode } from './vendor/automation.ts'
import type { VendorMode } from './vendor/modes.ts'
import { assetWire } from './wire/assets.ts'
import { requestWire } from './wire/requests.ts'

export interface RequestFilter {
  readonly externalUid?: string
  readonly assetId?: string
  readonly productId?: string
  readonly type?: RequestType
  readonly status?: RequestStatus
  /** Not yet ended, drafts left out. */
  readonly open?: boolean
}

/** Requests ever created for one `external_uid`, by type; drafts apart under `draft`. */
export type Counts = Readonly<Partial<Record<RequestType | 'draft', number>>>

export interface ConnectWorld extends UsageWorld {
  /** Uncertain facts and misbehaviour; may be changed at any time. */
  readonly options: ConnectOptions
  /** What is behind it; for pages. Change it through the functions here. */
  readonly state: State

  // Look
  /** Oldest first. */
  requests(filter?: RequestFilter): readonly RequestRecord[]
  /** @throws Refusal 404, as every function here does for an unknown id. */
  request(id: string): RequestRecord
  assets(filter?: {
    readonly externalUid?: string
    readonly productId?: string
    readonly environment?: Environment
  }): readonly AssetRecord[]
  asset(id: string): AssetRecord
  tierConfigRequests(status?: TierConfigRequest['status']): readonly TierConfigRequest[]
  counts(externalUid: string): Counts
  product(id: string): Product
  /** All assets and requests as the distributor would read them. */
  dump(): { readonly assets: readonly Json[]; readonly requests: readonly Json[] }

  // The vendor
  approve(requestId: string, approval?: Approval): void
  fail(requestId: string, reason: string): void
  inquire(requestId: string, inquiry?: Inquiry): void
  schedule(requestId: string, plannedDate: Instant): void
  confirm(requestId: string): void
  /** The vendor changes parameters of an active asset: an adjustment request, approved at once unless told otherwise. */
  adjust(assetId: string, params: Readonly<Record<string, string>>, approve?: boolean): RequestRecord
  /** The vendor ends an asset by itself. */
  cancel(assetId: string, approve?: boolean): RequestRecord
  approveTierConfig(id: string, templateId?: string): void
  failTierConfig(id: string, reason: string): void
  /** Something about the reseller is missing: the distributor has to give it. */
  inquireTierConfig(id: string): void
  /** How requests of the product are answered from now on; with `only`, those types alone. */
  setMode(productId: string, mode: VendorMode, only?: readonly RequestType[]): void
  setModeOfAll(mode: VendorMode): void
  mode(productId: string, type?: RequestType): VendorMode

  // The customer and the distributor
  /** Answers an inquiry as the hosted form does. */
  answerInquiry(requestId: string, values: Readonly<Record<string, string>>): void
  revoke(requestId: string, reason: string): void
  /** What the vendor asked about the reseller is given. */
  answerTierConfig(id: string): void

  /** An asset from before the bridge: ordered and approved at once, under any `external_uid`. */
  sell(sale: Sale): AssetRecord
  /** Connect refuses the distributor's next request with these sentences; several calls, several requests. */
  refuseNext(status: 400 | 409, errors: readonly string[], params?: Readonly<Record<string, string>>): void

  // The catalogue
  setListed(productId: string, listed: boolean): void
  setEndOfSale(productId: string, ended: boolean): void
  /** The vendor asks the distributor to put the product on its shelf, to renew it there, or to take it off: a request under review. */
  askToList(productId: string, type?: ListingRequest['type'], note?: string): ListingRequest
  /** The vendor takes its request back, or sends it again. */
  moveListingRequest(id: string, action: ListingAction, by?: Role): ListingRequest
  /** Oldest first; of one product when given. */
  listingRequests(productId?: string): readonly ListingRequest[]
  /** The vendor publishes a new version: items added, changed, no longer sold. */
  publishVersion(productId: string, version: NewVersion): Product
  /** A new version of the product can, or cannot, be suspended and resumed. */
  setHold(productId: string, hold: boolean): void
  /** Changes a parameter's definition, for instance to required. */
  editParameter(productId: string, name: string, change: Partial<ParameterDefinition>): void

  /** Everything as it was at the start; options stay. */
  reset(): void
  /** Resolves when nothing due and no delivery is left. */
  settled(): Promise<void>
  stop(): Promise<void>
}

export function createWorld(state: State, stop: () => Promise<void>): ConnectWorld {
  return {
    options: state.options,
    state,
    ...looking(state),
    ...vendorSide(state),
    ...usageWorld(state),
    answerInquiry: (id, values) => answerInquiry(state, requestOf(state, id), values),
    sell: (sale) => sell(state, sale),
    revoke: (id, reason) => revokeRequest(state, requestOf(state, id), reason),
    answerTierConfig: (id) => pendTierConfig(state, need(state.tierConfigRequests.get(id), id)),
    refuseNext(status, errors, params) {
      state.refusals.push(new Refusal(status, status === 409 ? 'VAL_003' : 'VAL_001', errors, params))
    },
    setListed: (productId, listed) => setListed(state, productAt(state, productId), listed),
    setEndOfSale(productId, ended) {
      productAt(state, productId).status = ended ? 'endofsale' : 'published'
    },
    ...listingSide(state),
    publishVersion(productId, version) {
      const changed = productAt(state, productId)
      publishVersion(state, changed, version)
      return changed
    },
    setHold(productId, hold) {
      productAt(state, productId).hold = hold
    },
    editParameter(productId, name, change) {
      const changed = productAt(state, productId)
      changed.parameters = changed.parameters.map((each) => (each.name === name ? { ...each, ...change } : each))
    },
    reset: () => Object.assign(state, freshData(state.clock.now())),
    settled: () => state.timers.settled(),
    stop,
  }
}

type ListingSide = Pick<ConnectWorld, 'askToList' | 'moveListingRequest' | 'listingRequests'>

const listingSide = (state: State): ListingSide => ({
  askToList(productId, type = 'new', note = '') {
    const { seed } = productAt(state, productId)
    const body = { type, note, product_id: productId, contract_id: connectSeed.contractId, listing_id: seed.listingId }
    const request = createListingRequest(state, body)
    moveListingRequest(state, request, 'submit', 'vendor')
    return request
  },
  moveListingRequest(id, action, by = 'provider') {
    const request = need(state.listingRequests.get(id), id)
    moveListingRequest(state, request, action, by)
    return request
  },
  listingRequests: (productId) =>
    [...state.listingRequests.values()].filter(
      ({ listingId }) => productId === undefined || state.listings.get(listingId)?.productId === productId,
    ),
})

type Looking = Pick<ConnectWorld, 'requests' | 'request' | 'assets' | 'asset' | 'tierConfigRequests' | 'counts' | 'product' | 'dump'>

const looking = (state: State): Looking => ({
  requests: (filter) => findRequests(state, filter ?? {}),
  request: (id) => requestOf(state, id),
  assets: (filter) => findAssets(state, filter ?? {}),
  asset: (id) => need(state.assets.get(id), id),
  tierConfigRequests: (status) => [...state.tierConfigRequests.values()].filter((each) => !status || each.status === status),
  counts: (externalUid) => Object.fromEntries(state.created.get(externalUid) ?? []),
  product: (id) => productAt(state, id),
  dump: () => ({
    assets: [...state.assets.values()].map((each) => assetWire(state, each, 'provider')),
    requests: [...state.requests.values()].map((each) => requestWire(state, each, 'provider', 'alone')),
  }),
})

type VendorSide = Pick<
  ConnectWorld,
  | 'approve'
  | 'fail'
  | 'inquire'
  | 'schedule'
  | 'confirm'
  | 'adjust'
  | 'cancel'
  | 'approveTierConfig'
  | 'failTierConfig'
  | 'inquireTierConfig'
  | 'setMode'
  | 'setModeOfAll'
  | 'mode'
>

const vendorSide = (state: State): VendorSide => ({
  approve: (id, approval) => approveRequest(state, requestOf(state, id), approval),
  fail: (id, reason) => failRequest(state, requestOf(state, id), reason),
  inquire: (id, inquiry) => inquireRequest(state, requestOf(state, id), inquiry),
  schedule: (id, plannedDate) => scheduleRequest(state, requestOf(state, id), plannedDate),
  confirm: (id) => confirmRequest(state, requestOf(state, id)),
  adjust: (assetId, params, approve = true) => byVendor(state, 'adjustment', assetId, params, approve),
  cancel: (assetId, approve = true) => byVendor(state, 'cancel', assetId, {}, approve),
  approveTierConfig: (id, templateId) => approveTierConfig(state, need(state.tierConfigRequests.get(id), id), templateId),
  failTierConfig: (id, reason) => failTierConfig(state, need(state.tierConfigRequests.get(id), id), reason),
  inquireTierConfig: (id) => inquireTierConfig(state, need(state.tierConfigRequests.get(id), id)),
  setMode: (productId, mode, only) => setMode(state, productAt(state, productId).seed.id, mode, only),
  setModeOfAll(mode) {
    for (const id of state.products.keys()) setMode(state, id, mode)
  },
  mode: (productId, type) => modeOf(state, productId, type),
})

const requestOf = (state: State, id: string): RequestRecord => need(state.requests.get(id), id)
const productAt = (state: State, id: string): Product => need(state.products.get(id), id)

function byVendor(
  state: State,
  type: RequestType,
  assetId: string,
  params: Readonly<Record<string, string>>,
  approve: boolean,
): RequestRecord {
  const list = Object.entries(params).map(([id, value]) => ({ id, value }))
  const made = createRequest(state, { type, asset: { id: assetId, params: list } }, 'vendor')
  if (approve) approveRequest(state, made)
  return made
}

function need<T>(record: T | undefined, id: string): T {
  if (record === undefined) throw notFound(id)
  return record
}

function findRequests(state: State, filter: RequestFilter): readonly RequestRecord[] {
  return candidates(state, filter).filter(
    (request) =>
      (!filter.type || request.type === filter.type) &&
      (!filter.status || request.status === filter.status) &&
      (!filter.open || OPEN_STATUSES.has(request.status)) &&
      (!filter.productId || assetOf(state, request).productId === filter.productId),
  )
}

function candidates(state: State, filter: RequestFilter): readonly RequestRecord[] {
  if (filter.assetId !== undefined) return state.requestsByAsset.get(filter.assetId) ?? []
  if (filter.externalUid === undefined) return [...state.requests.values()]
  return (state.assetsByUid.get(filter.externalUid) ?? []).flatMap((asset) => requestsOf(state, asset))
}

const findAssets = (state: State, filter: Parameters<ConnectWorld['assets']>[0] & object): readonly AssetRecord[] =>
  (filter.externalUid === undefined ? [...state.assets.values()] : (state.assetsByUid.get(filter.externalUid) ?? [])).filter(
    (asset) =>
      (!filter.productId || asset.productId === filter.productId) && (!filter.environment || asset.environment === filter.environment),
  )

function answerInquiry(state: State, request: RequestRecord, values: Readonly<Record<string, string>>): void {
  const params = Object.entries(values).map(([id, value]) => ({ id, value }))
  if (params.length > 0) updateRequest(state, request, { asset: { params } }, 'provider')
  pendRequest(state, request, request.formCode)
}

function setListed(state: State, product: Product, listed: boolean): void {
  const listing = mustHave(state.listings.get(product.seed.listingId), product.seed.listingId)
  listing.status = listed ? 'listed' : 'unlisted'
  listing.updated = state.clock.now()
  tell(state, { objectClass: 'listing_request', productId: product.seed.id, id: listing.id })
}
