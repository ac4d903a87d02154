/** An asset: what a customer has of one product. */
import { z } from 'zod'
import {
  type AssetId,
  assetId,
  type ConnectionId,
  connectionId,
  type HubId,
  hubId,
  type ItemId,
  itemId,
  type MarketplaceId,
  marketplaceId,
  type ProductId,
  productId,
  type RequestId,
  requestId,
} from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { ITEM_TYPES, type ItemType } from './item.ts'
import { type ParameterValue, parameterValue } from './parameter.ts'
import { type Quantity, quantity } from './quantity.ts'
import { idOf, list, moment, part, text, word } from './read.ts'
import { type RequestStatus, type RequestType, requestStatus, requestType } from './request-words.ts'
import { type TierAccount, tierAccount } from './tiers.ts'

/** `new` and `rejected` are old data. */
const ASSET_STATUSES = ['draft', 'new', 'processing', 'active', 'suspended', 'terminating', 'terminated', 'rejected'] as const
export type AssetStatus = (typeof ASSET_STATUSES)[number] | 'unknown'
export const assetStatus = word(ASSET_STATUSES)

const CONNECTION_TYPES = ['preview', 'test', 'production'] as const
/** `preview` is the vendor's own simulator. */
export type ConnectionType = (typeof CONNECTION_TYPES)[number] | 'unknown'
export const connectionType = word(CONNECTION_TYPES)

export interface AssetItem {
  readonly globalId: ItemId
  readonly localId?: string | undefined
  readonly mpn?: string | undefined
  readonly name?: string | undefined
  /** The unit's title; Connect calls it `type` here. */
  readonly unit?: string | undefined
  readonly period?: string | undefined
  readonly itemType: ItemType
  readonly quantity: Quantity
  /** Before the request this asset is part of; 0 when Connect does not say. */
  readonly oldQuantity: Quantity
  readonly params: readonly ParameterValue[]
}

export interface ConnectAsset {
  readonly id: AssetId
  readonly status: AssetStatus
  readonly statusRaw: string
  readonly externalId?: string | undefined
  readonly externalUid?: string | undefined
  readonly productId: ProductId
  readonly productName?: string | undefined
  readonly connection: { readonly id?: ConnectionId | undefined; readonly type: ConnectionType; readonly hubId?: HubId | undefined }
  readonly marketplaceId?: MarketplaceId | undefined
  readonly contractId?: string | undefined
  readonly vendorName?: string | undefined
  /** Every line Connect keeps, those of quantity 0 too: see `heldItems`. */
  readonly items: readonly AssetItem[]
  /** False when the answer left the items out, as lists may. */
  readonly itemsKnown: boolean
  readonly params: readonly ParameterValue[]
  readonly tiers: {
    readonly customer?: TierAccount | undefined
    readonly tier1?: TierAccount | undefined
    readonly tier2?: TierAccount | undefined
  }
  /** The request that is open; only where it was asked for, and when Connect says so. */
  readonly pendingRequest?: { readonly id: RequestId; readonly type: RequestType; readonly status: RequestStatus } | undefined
  readonly created?: Instant | undefined
  readonly updated?: Instant | undefined
}

/** The items the customer holds: Connect also lists those with quantity 0. */
export const heldItems = (asset: Pick<ConnectAsset, 'items'>): readonly AssetItem[] => asset.items.filter((item) => item.quantity !== 0)

const assetItem = z
  .object({
    id: itemId,
    global_id: idOf(itemId),
    mpn: text,
    display_name: text,
    name: text,
    type: text,
    item_type: word(ITEM_TYPES),
    period: text,
    quantity,
    old_quantity: z.preprocess((value) => (value === null || value === '' ? undefined : value), quantity.optional()),
    params: list(parameterValue),
  })
  .transform(
    (wire): AssetItem => ({
      globalId: wire.global_id ?? wire.id,
      localId: wire.global_id === undefined ? undefined : wire.id,
      mpn: wire.mpn,
      name: wire.display_name ?? wire.name,
      unit: wire.type,
      period: wire.period,
      itemType: wire.item_type,
      quantity: wire.quantity,
      oldQuantity: wire.old_quantity ?? 0,
      params: wire.params,
    }),
  )

/** Connect may send an empty object for none. */
const pendingRequest = (
  wire: { id?: RequestId | undefined; type: RequestType; status: RequestStatus } | undefined,
): ConnectAsset['pendingRequest'] => (wire?.id === undefined ? undefined : { id: wire.id, type: wire.type, status: wire.status })

const events = part(z.object({ created: part(z.object({ at: moment })), updated: part(z.object({ at: moment })) }))
const named = part(z.object({ id: text, name: text }))

export const connectAsset = z
  .object({
    id: assetId,
    status: text,
    external_id: text,
    external_uid: text,
    product: z.object({ id: productId, name: text }),
    connection: part(z.object({ id: idOf(connectionId), type: connectionType, hub: part(z.object({ id: idOf(hubId) })), vendor: named })),
    marketplace: part(z.object({ id: idOf(marketplaceId) })),
    contract: part(z.object({ id: idOf(z.string()) })),
    items: z.preprocess((value) => (Array.isArray(value) ? value : undefined), z.array(assetItem).optional()),
    params: list(parameterValue),
    tiers: part(z.object({ customer: part(tierAccount), tier1: part(tierAccount), tier2: part(tierAccount) })),
    pending_request: part(z.object({ id: idOf(requestId), type: requestType, status: requestStatus })),
    events,
  })
  .transform(
    (wire): ConnectAsset => ({
      id: wire.id,
      status: assetStatus.parse(wire.status),
      statusRaw: wire.status ?? '',
      externalId: wire.external_id,
      externalUid: wire.external_uid,
      productId: wire.product.id,
      productName: wire.product.name,
      connection: { id: wire.connection?.id, type: wire.connection?.type ?? 'unknown', hubId: wire.connection?.hub?.id },
      marketplaceId: wire.marketplace?.id,
      contractId: wire.contract?.id,
      vendorName: wire.connection?.vendor?.name,
      items: wire.items ?? [],
      itemsKnown: wire.items !== undefined,
      params: wire.params,
      tiers: wire.tiers ?? {},
      pendingRequest: pendingRequest(wire.pending_request),
      created: wire.events?.created?.at,
      updated: wire.events?.updated?.at,
    }),
  )
