/** A usage record: one line of a usage file. Read with its numbers as text (`withNumbersAsText`), so that quantities stay exact. */
import { z } from 'zod'
import {
  type AssetId,
  assetId,
  type ItemId,
  itemId,
  type ProductId,
  productId,
  type UsageFileId,
  type UsageRecordId,
  usageFileId,
  usageRecordId,
} from '../../kit/ids.ts'
import { type QuantityReading, readQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import { ITEM_TYPES, type ItemPrecision, type ItemType, itemPrecision } from './item.ts'
import { idOf, list, moment, number, part, text, word } from './read.ts'
import { type UsageSchema, usageSchema } from './usage-file.ts'

/** The description's words first, then those of Connect's workflow that mean something else: `pending` waits for the file's yes or no. */
export const USAGE_RECORD_STATUSES = ['valid', 'invalid', 'approved', 'rejected', 'closed', 'uploaded', 'pending'] as const
export type KnownUsageRecordStatus = (typeof USAGE_RECORD_STATUSES)[number]
/** `approved` is to be billed; `closed` is done. */
export type UsageRecordStatus = KnownUsageRecordStatus | 'unknown'

export interface UsageRecord {
  readonly id: UsageRecordId
  readonly fileId?: UsageFileId | undefined
  readonly schema: UsageSchema
  readonly status: UsageRecordStatus
  /** Connect's own word. */
  readonly rawStatus?: string | undefined
  /** When it was consumed, as the vendor tells: hours, a day, often a whole month. */
  readonly consumedFrom?: Instant | undefined
  readonly consumedTo?: Instant | undefined
  readonly productId?: ProductId | undefined
  readonly itemId?: ItemId | undefined
  readonly itemLocalId?: string | undefined
  readonly itemMpn?: string | undefined
  readonly itemName?: string | undefined
  readonly itemType: ItemType
  readonly itemPrecision: ItemPrecision
  readonly assetId?: AssetId | undefined
  readonly assetExternalId?: string | undefined
  /** The Microsoft subscription id, on assets of ours. */
  readonly assetExternalUid?: string | undefined
  readonly category?: string | undefined
  readonly tier?: number | undefined
  /** How much was used. A fault is kept as it is: the record cannot be billed, but it must be told why. */
  readonly usage: QuantityReading
  /** Money, in files that carry it. */
  readonly amount?: QuantityReading | undefined
  /** What Connect's counters multiply by, from the item's precision; `usage` is in units already. */
  readonly multiplier?: number | undefined
  /** Ours, from when it was closed. */
  readonly externalBillingId?: string | undefined
  readonly externalBillingNote?: string | undefined
  readonly params: readonly { readonly name: string; readonly value: string | undefined }[]
}

const status = word(USAGE_RECORD_STATUSES)
const itemType = word(ITEM_TYPES)

/** Connect's workflow calls approved records accepted, and valid ones validated. */
const SPELLINGS: Readonly<Record<string, string>> = { accepted: 'approved', validated: 'valid' }
const respelled = (told: string | undefined): string | undefined => SPELLINGS[told?.toLowerCase() ?? ''] ?? told

export const usageRecordStatus = text.transform((told): UsageRecordStatus => status.parse(respelled(told)))

const params = list(z.object({ parameter_name: text, parameter_value: text })).transform((all) =>
  all.flatMap(({ parameter_name, parameter_value }) =>
    parameter_name === undefined ? [] : [{ name: parameter_name, value: parameter_value }],
  ),
)

export const usageRecord = z
  .object({
    id: usageRecordId,
    usagefile: part(z.object({ id: idOf(usageFileId), schema: usageSchema })),
    status: text,
    start_date: moment,
    end_date: moment,
    product_id: idOf(productId),
    item: part(
      z.object({
        id: idOf(itemId),
        local_id: text,
        mpn: text,
        name: text,
        type: itemType.optional(),
        precision: itemPrecision.optional(),
      }),
    ),
    item_id: idOf(itemId),
    asset: part(z.object({ id: idOf(assetId), external_id: text, external_uid: text })),
    asset_id: idOf(assetId),
    resource_local_id: text,
    asset_external_id: text,
    asset_external_uid: text,
    category: text,
    tier: number,
    usage: text,
    amount: text,
    multiplier: number,
    external_billing_id: text,
    external_billing_note: text,
    params,
  })
  .transform(
    (wire): UsageRecord => ({
      id: wire.id,
      fileId: wire.usagefile?.id,
      schema: wire.usagefile?.schema ?? 'unknown',
      status: usageRecordStatus.parse(wire.status),
      rawStatus: wire.status,
      consumedFrom: wire.start_date,
      consumedTo: wire.end_date,
      productId: wire.product_id,
      itemId: wire.item?.id ?? wire.item_id,
      itemLocalId: wire.item?.local_id ?? wire.resource_local_id,
      itemMpn: wire.item?.mpn,
      itemName: wire.item?.name,
      itemType: wire.item?.type ?? 'unknown',
      itemPrecision: wire.item?.precision ?? 'unknown',
      assetId: wire.asset?.id ?? wire.asset_id,
      assetExternalId: wire.asset?.external_id ?? wire.asset_external_id,
      assetExternalUid: wire.asset?.external_uid ?? wire.asset_external_uid,
      category: wire.category,
      tier: wire.tier,
      usage: readQuantity(wire.usage ?? ''),
      amount: wire.amount === undefined ? undefined : readQuantity(wire.amount),
      multiplier: wire.multiplier,
      externalBillingId: wire.external_billing_id,
      externalBillingNote: wire.external_billing_note,
      params: wire.params,
    }),
  )
