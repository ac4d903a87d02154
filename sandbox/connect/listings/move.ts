/** Listing requests: the vendor asks to be on the shelf, to be there anew, or to be taken off; the distributor works and says when it is done. */
import { connectSeed } from '../../seed.ts'
import { isObject } from '../json.ts'
import { listingRequestMachine } from '../machine.ts'
import type { Listing, ListingRequest, Role } from '../records.ts'
import { forbidden, invalid, wrongState } from '../refusal.ts'
import { mustHave, type State, tell } from '../state.ts'

export const LISTING_ACTIONS = ['submit', 'refine', 'deploy', 'complete', 'cancel'] as const
export type ListingAction = (typeof LISTING_ACTIONS)[number]

interface Step {
  readonly to: ListingRequest['state']
  readonly by: readonly Role[]
}

const STEPS: Readonly<Record<ListingAction, Step>> = {
  submit: { to: 'reviewing', by: ['vendor'] },
  refine: { to: 'draft', by: ['vendor', 'provider'] },
  deploy: { to: 'deploying', by: ['provider'] },
  complete: { to: 'completed', by: ['provider'] },
  cancel: { to: 'canceled', by: ['provider'] },
}

/** @throws Refusal 403 for the other side, 400 in the wrong state. */
export function moveListingRequest(state: State, request: ListingRequest, action: ListingAction, by: Role): void {
  const step = STEPS[action]
  if (!step.by.includes(by)) throw forbidden()
  if (!listingRequestMachine.allows(request.state, step.to))
    throw wrongState(`A listing request in state "${request.state}" cannot become "${step.to}".`)
  request.state = step.to
  changed(state, request)
  if (action === 'complete') takeEffect(state, request)
}

/** New and update put the version asked for on the shelf; remove takes it off. */
function takeEffect(state: State, request: ListingRequest): void {
  const listing = listingFor(state, request)
  listing.status = request.type === 'remove' ? 'unlisted' : 'listed'
  if (request.type !== 'remove') listing.productVersion = request.productVersion
  listing.updated = state.clock.now()
}

export function assignListingRequest(state: State, request: ListingRequest, assignee: string | undefined): void {
  if (request.state === 'completed' || request.state === 'canceled') throw wrongState('The listing request has ended.')
  request.assignee = assignee
  changed(state, request)
}

function changed(state: State, request: ListingRequest): void {
  request.updated = state.clock.now()
  tell(state, { objectClass: 'listing_request', productId: listingFor(state, request).productId, id: request.id })
}

/**
 * By the vendor: a draft, to be submitted.
 * @throws Refusal 400 when it names nothing that is his, or something is asked of the listing already.
 */
export function createListingRequest(state: State, body: unknown): ListingRequest {
  if (!isObject(body)) throw invalid('The request could not be read.')
  const { type, note } = body
  if (type !== 'new' && type !== 'update' && type !== 'remove') throw invalid('type: "new", "update" or "remove" is expected.')
  const listing = listingAsked(state, body, type)
  if (openListingRequest(state, listing)) throw invalid('listing_id: There is a pending request for this listing already.')
  if (type === 'new' && listing.status === 'listed') throw invalid('product_id: The product is listed already.')
  if (type !== 'new' && listing.status !== 'listed') throw invalid('listing_id: The product is not listed.')
  const now = state.clock.now()
  const request: ListingRequest = {
    ...{ id: nextId(state, listing), listingId: listing.id, type, state: 'draft', note: typeof note === 'string' ? note : '' },
    ...{ productVersion: mustHave(state.products.get(listing.productId), listing.productId).version, assignee: undefined },
    ...{ created: now, updated: now },
  }
  state.listingRequests.set(request.id, request)
  return request
}

function listingAsked(state: State, body: Readonly<Record<string, unknown>>, type: ListingRequest['type']): Listing {
  const { listing_id: listingId, product_id: productId, contract_id: contractId } = body
  if (typeof listingId === 'string' && type !== 'new') {
    const found = state.listings.get(listingId)
    if (!found) throw invalid(`listing_id: Listing "${listingId}" not found.`)
    return found
  }
  if (contractId !== connectSeed.contractId) throw invalid('contract_id: The contract was not found.')
  const found = [...state.listings.values()].find((listing) => listing.productId === productId)
  if (!found) throw invalid('product_id: The product was not found.')
  return found
}

export const openListingRequest = (state: State, listing: Listing): ListingRequest | undefined =>
  [...state.listingRequests.values()].find(
    (request) => request.listingId === listing.id && request.state !== 'completed' && request.state !== 'canceled',
  )

/** Seen by the distributor: on the shelf, or asked to be. */
export function isVisible(state: State, productId: string): boolean {
  const listing = [...state.listings.values()].find((each) => each.productId === productId)
  if (!listing) return false
  const open = openListingRequest(state, listing)
  return listing.status === 'listed' || (open !== undefined && open.state !== 'draft')
}

const listingFor = (state: State, { listingId }: ListingRequest): Listing => mustHave(state.listings.get(listingId), listingId)

/** `LSTR-` with the listing's digits and a running number. */
function nextId(state: State, { id }: Listing): string {
  const before = [...state.listingRequests.values()].filter((request) => request.listingId === id).length
  return `LSTR-${id.slice(4)}-${String(before + 1).padStart(3, '0')}`
}
