/** What a vendor asks about the shelf: to be put on it, to be there anew, to be taken off. */
import { z } from 'zod'
import { type ListingRequestId, listingRequestId, type MarketplaceId, marketplaceId, type ProductId, productId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { idOf, moment, number, part, text, word } from './read.ts'

export const LISTING_REQUEST_TYPES = ['new', 'update', 'remove'] as const
export type ListingRequestType = (typeof LISTING_REQUEST_TYPES)[number] | 'unknown'

/** A distributor sees no drafts; one that is given back to the vendor is a draft again, and out of sight. */
export const LISTING_REQUEST_STATES = ['draft', 'reviewing', 'deploying', 'completed', 'canceled'] as const
export type KnownListingRequestState = (typeof LISTING_REQUEST_STATES)[number]
export type ListingRequestState = KnownListingRequestState | 'unknown'

export interface ListingRequest {
  readonly id: ListingRequestId
  readonly type: ListingRequestType
  readonly state: ListingRequestState
  /** As Connect writes it: what to show where the state is not known. */
  readonly rawState: string
  readonly productId?: ProductId | undefined
  readonly productName?: string | undefined
  /** The version it is about. */
  readonly productVersion?: number | undefined
  readonly marketplaceId?: MarketplaceId | undefined
  readonly listingId?: string | undefined
  /** The vendor's words. */
  readonly note?: string | undefined
  readonly assignee?: string | undefined
  readonly created?: Instant | undefined
  readonly updated?: Instant | undefined
}

const marketplaceRef = part(z.object({ id: idOf(marketplaceId) }))
const assignee = z.preprocess((value) => (typeof value === 'string' ? { id: value } : value), part(z.object({ id: text, name: text })))

export const listingRequest = z
  .object({
    id: listingRequestId,
    type: word(LISTING_REQUEST_TYPES),
    state: z.unknown().optional(),
    product: part(z.object({ id: idOf(productId), name: text, version: number })),
    product_id: idOf(productId),
    listing: part(
      z.object({
        id: text,
        marketplace: marketplaceRef,
        contract: part(z.object({ marketplace: marketplaceRef })),
        product: part(z.object({ id: idOf(productId) })),
      }),
    ),
    listing_id: text,
    note: text,
    assignee,
    created: moment,
    updated: moment,
  })
  .transform(
    ({ product, listing, ...wire }): ListingRequest => ({
      id: wire.id,
      type: wire.type,
      state: stateOf(wire.state),
      rawState: text.parse(wire.state) ?? '',
      productId: product?.id ?? wire.product_id ?? listing?.product?.id,
      productName: product?.name,
      productVersion: product?.version,
      marketplaceId: listing?.marketplace?.id ?? listing?.contract?.marketplace?.id,
      listingId: listing?.id ?? wire.listing_id,
      note: wire.note,
      assignee: wire.assignee?.name ?? wire.assignee?.id,
      created: wire.created,
      updated: wire.updated,
    }),
  )

const known = word(LISTING_REQUEST_STATES)

/** Connect's own workflow spells the last one with two l. */
const stateOf = (value: unknown): ListingRequestState =>
  known.parse(typeof value === 'string' && value.toLowerCase() === 'cancelled' ? 'canceled' : value)
