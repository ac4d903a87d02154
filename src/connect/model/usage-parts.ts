/** Chunks (a usage file's part for one hub) and aggregates (what was used so far of an item of an asset). */
import { z } from 'zod'
import { type AssetId, assetId, type HubId, hubId, type ItemId, itemId, type UsageFileId, usageFileId } from '../../kit/ids.ts'
import { type QuantityReading, readQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import { ITEM_TYPES, type ItemType } from './item.ts'
import { flag, idOf, moment, part, text, word } from './read.ts'

export const USAGE_CHUNK_STATUSES = ['draft', 'ready', 'closed', 'failed'] as const
export type KnownUsageChunkStatus = (typeof USAGE_CHUNK_STATUSES)[number]

export interface UsageChunk {
  readonly id: string
  readonly status: KnownUsageChunkStatus | 'unknown'
  /** The file has changed since: to be made anew. */
  readonly outdated: boolean
  readonly fileId?: UsageFileId | undefined
  readonly hubId?: HubId | undefined
  readonly externalId?: string | undefined
}

export const usageChunk = z
  .object({
    id: z.string().min(1),
    status: word(USAGE_CHUNK_STATUSES),
    outdated: flag,
    usagefile: part(z.object({ id: idOf(usageFileId) })),
    binding: part(z.object({ hub: part(z.object({ id: idOf(hubId) })) })),
    external_id: text,
  })
  .transform(
    (wire): UsageChunk => ({
      id: wire.id,
      status: wire.status,
      outdated: wire.outdated ?? false,
      fileId: wire.usagefile?.id,
      hubId: wire.binding?.hub?.id,
      externalId: wire.external_id,
    }),
  )

/** Connect's counters hold whole numbers: units times the `multiplier` of the item's precision (100 for `Decimal(2)`). */
export interface UsageAggregate {
  readonly itemId?: ItemId | undefined
  readonly itemLocalId?: string | undefined
  readonly itemType: ItemType
  readonly assetId?: AssetId | undefined
  readonly assetExternalUid?: string | undefined
  /** Of a reserved item; of a pay-as-you-go item see `accepted`. */
  readonly consumed?: QuantityReading | undefined
  readonly accepted?: QuantityReading | undefined
  readonly lastReportedAt?: Instant | undefined
}

const exact = text.transform((told) => (told === undefined ? undefined : readQuantity(told)))

export const usageAggregate = z
  .object({
    item: part(z.object({ id: idOf(itemId), local_id: text, type: word(ITEM_TYPES) })),
    asset: part(z.object({ id: idOf(assetId), external_uid: text })),
    consumed: exact,
    accepted: exact,
    events: part(z.object({ last_reported: part(z.object({ at: moment })) })),
  })
  .transform(
    (wire): UsageAggregate => ({
      itemId: wire.item?.id,
      itemLocalId: wire.item?.local_id,
      itemType: wire.item?.type ?? 'unknown',
      assetId: wire.asset?.id,
      assetExternalUid: wire.asset?.external_uid,
      consumed: wire.consumed,
      accepted: wire.accepted,
      lastReportedAt: wire.events?.last_reported?.at,
    }),
  )
