/** Where a product is sold through: marketplaces, hubs, connections, listings. */
import { z } from 'zod'
import {
  type ConnectionId,
  connectionId,
  type HubId,
  hubId,
  type MarketplaceId,
  marketplaceId,
  type ProductId,
  productId,
} from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type ConnectionType, connectionType } from './asset.ts'
import { idOf, list, moment, part, text, word } from './read.ts'

export interface Marketplace {
  readonly id: MarketplaceId
  readonly name: string
  readonly description?: string | undefined
  readonly currency?: string | undefined
  readonly countries: readonly string[]
  readonly hubs: readonly { readonly hubId: HubId; readonly externalId?: string | undefined }[]
}

export interface Hub {
  readonly id: HubId
  readonly name: string
  /** `API` is a commerce system of any kind, `OA` CloudBlue Commerce. */
  readonly instanceType: 'API' | 'OA' | 'unknown'
  readonly instanceId?: string | undefined
}

/** One product at one hub, for test or for production. Never changes once made. */
export interface Connection {
  readonly id: ConnectionId
  readonly type: ConnectionType
  readonly status: 'pending' | 'approved' | 'rejected' | 'revoked' | 'active' | 'unknown'
  readonly hubId?: HubId | undefined
  readonly hubName?: string | undefined
  readonly vendorName?: string | undefined
  /** A staging connection runs the product's next version. */
  readonly productVersion: 'public' | 'staging' | 'unknown'
}

export interface Listing {
  readonly id: string
  readonly status: 'listed' | 'unlisted' | 'unknown'
  readonly productId?: ProductId | undefined
  readonly productName?: string | undefined
  readonly marketplaceId?: MarketplaceId | undefined
  readonly contractId?: string | undefined
  readonly pendingRequest?: { readonly id: string; readonly type?: string | undefined; readonly status?: string | undefined } | undefined
  readonly created?: Instant | undefined
  readonly updated?: Instant | undefined
}

const countries = list(z.object({ id: text })).transform((all) => all.flatMap(({ id }) => id ?? []))
const hubLinks = list(z.object({ hub: part(z.object({ id: idOf(hubId) })), external_id: text })).transform((all) =>
  all.flatMap(({ hub, external_id }) => (hub?.id === undefined ? [] : [{ hubId: hub.id, externalId: external_id }])),
)

export const marketplace = z
  .object({ id: marketplaceId, name: text, description: text, currency: text, countries, hubs: hubLinks })
  .transform((wire): Marketplace => ({ ...wire, name: wire.name ?? wire.id }))

export const hub = z.object({ id: hubId, name: text, instance: part(z.object({ id: text, type: word(['API', 'OA']) })) }).transform(
  (wire): Hub => ({
    id: wire.id,
    name: wire.name ?? wire.id,
    instanceType: wire.instance?.type ?? 'unknown',
    instanceId: wire.instance?.id,
  }),
)

const productVersion = word(['public', 'staging'])

/** Connect also sends the hub's OAuth key and secret here: they are not read. */
export const connection = z
  .object({
    id: connectionId,
    type: connectionType,
    status: word(['pending', 'approved', 'rejected', 'revoked', 'active']),
    hub: part(z.object({ id: idOf(hubId), name: text })),
    vendor: part(z.object({ name: text })),
    product_version_type: z.unknown().optional(),
  })
  .transform(
    (wire): Connection => ({
      id: wire.id,
      type: wire.type,
      status: wire.status,
      hubId: wire.hub?.id,
      hubName: wire.hub?.name,
      vendorName: wire.vendor?.name,
      productVersion: productVersion.parse(wire.product_version_type ?? 'public'),
    }),
  )

export const listing = z
  .object({
    id: z.string().min(1),
    status: word(['listed', 'unlisted']),
    product: part(z.object({ id: idOf(productId), name: text })),
    contract: part(z.object({ id: idOf(z.string()), marketplace: part(z.object({ id: idOf(marketplaceId) })) })),
    marketplace: part(z.object({ id: idOf(marketplaceId) })),
    pending_request: part(z.object({ id: text, type: text, status: text, state: text })),
    created: moment,
    updated: moment,
  })
  .transform(
    (wire): Listing => ({
      id: wire.id,
      status: wire.status,
      productId: wire.product?.id,
      productName: wire.product?.name,
      marketplaceId: wire.marketplace?.id ?? wire.contract?.marketplace?.id,
      contractId: wire.contract?.id,
      pendingRequest:
        wire.pending_request?.id === undefined
          ? undefined
          : {
              id: wire.pending_request.id,
              type: wire.pending_request.type,
              status: wire.pending_request.state ?? wire.pending_request.status,
            },
      created: wire.created,
      updated: wire.updated,
    }),
  )
