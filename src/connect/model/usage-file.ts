/** A usage file: what a vendor reports about one product, contract, currency and period. */
import { z } from 'zod'
import { type MarketplaceId, marketplaceId, type ProductId, productId, type UsageFileId, usageFileId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { connectionType } from './asset.ts'
import { idOf, link, moment, number, part, text, word } from './read.ts'

export const USAGE_FILE_STATUSES = [
  'draft',
  'uploading',
  'uploaded',
  'invalid',
  'processing',
  'ready',
  'rejected',
  'pending',
  'accepted',
  'closed',
  'deleted',
] as const
export type KnownUsageFileStatus = (typeof USAGE_FILE_STATUSES)[number]
/** `pending` waits for the distributor's yes or no; `accepted` for its bill. Everything before is the vendor's; `uploaded` too. */
export type UsageFileStatus = KnownUsageFileStatus | 'unknown'

/** Who prices: `qt` quantities only, the distributor prices; `cr` vendor's cost; `pr` vendor's price; `tr` an amount for each tier. */
export const USAGE_SCHEMAS = ['qt', 'cr', 'pr', 'tr'] as const
export type UsageSchema = (typeof USAGE_SCHEMAS)[number] | 'unknown'
export const usageSchema = word(USAGE_SCHEMAS)

export interface UsageFile {
  readonly id: UsageFileId
  readonly name: string
  /** The vendor's own id of it. */
  readonly externalId?: string | undefined
  readonly status: UsageFileStatus
  /** Connect's own word. */
  readonly rawStatus?: string | undefined
  readonly schema: UsageSchema
  readonly rawSchema?: string | undefined
  readonly environment: 'production' | 'test' | 'preview' | 'unknown'
  readonly productId?: ProductId | undefined
  readonly productName?: string | undefined
  readonly contractId?: string | undefined
  readonly marketplaceId?: MarketplaceId | undefined
  readonly vendorId?: string | undefined
  readonly vendorName?: string | undefined
  readonly providerId?: string | undefined
  readonly currency?: string | undefined
  /** UTC days, both inside. */
  readonly period: { readonly from?: string | undefined; readonly to?: string | undefined }
  readonly description?: string | undefined
  readonly errorDetail?: string | undefined
  readonly acceptanceNote?: string | undefined
  readonly rejectionNote?: string | undefined
  /** How many records are where. Only told when the file is read by its id. */
  readonly records: { readonly valid?: number | undefined; readonly invalid?: number | undefined; readonly closed?: number | undefined }
  readonly createdAt?: Instant | undefined
  readonly submittedAt?: Instant | undefined
  readonly acceptedAt?: Instant | undefined
  readonly closedAt?: Instant | undefined
}

/** Signed and soon over: read, used and forgotten in one breath. Never stored, never logged. */
export interface UsageFileLinks {
  readonly uploaded?: string | undefined
  readonly processed?: string | undefined
  readonly reconciliation?: string | undefined
}

const status = word(USAGE_FILE_STATUSES)
const account = part(z.object({ id: text, name: text }))
const event = part(z.object({ at: moment }))

export const usageFile = z
  .object({
    id: usageFileId,
    name: text,
    external_id: text,
    status: text,
    schema: text,
    environment: connectionType,
    product: part(z.object({ id: idOf(productId), name: text })),
    product_id: idOf(productId),
    contract: part(z.object({ id: text })),
    marketplace: part(z.object({ id: idOf(marketplaceId) })),
    vendor: account,
    provider: account,
    currency: text,
    period: part(z.object({ from: text, to: text })),
    description: text,
    error_detail: text,
    acceptance_note: text,
    rejection_note: text,
    records: part(z.object({ valid: number, invalid: number, closed: number })),
    events: part(z.object({ created: event, submitted: event, accepted: event, closed: event })),
  })
  .transform(
    (wire): UsageFile => ({
      id: wire.id,
      name: wire.name ?? wire.id,
      externalId: wire.external_id,
      status: status.parse(wire.status),
      rawStatus: wire.status,
      schema: usageSchema.parse(wire.schema),
      rawSchema: wire.schema,
      environment: wire.environment,
      productId: wire.product?.id ?? wire.product_id,
      productName: wire.product?.name,
      contractId: wire.contract?.id,
      marketplaceId: wire.marketplace?.id,
      vendorId: wire.vendor?.id,
      vendorName: wire.vendor?.name,
      providerId: wire.provider?.id,
      currency: wire.currency,
      period: { from: day(wire.period?.from), to: day(wire.period?.to) },
      description: wire.description,
      errorDetail: wire.error_detail,
      acceptanceNote: wire.acceptance_note,
      rejectionNote: wire.rejection_note,
      records: wire.records ?? {},
      createdAt: wire.events?.created?.at,
      submittedAt: wire.events?.submitted?.at,
      acceptedAt: wire.events?.accepted?.at,
      closedAt: wire.events?.closed?.at,
    }),
  )

const day = (told: string | undefined): string | undefined => /^\d{4}-\d\d-\d\d/.exec(told ?? '')?.[0]

export const usageFileLinks = z.object({ usage_file_uri: link, processed_file_uri: link, reconciliation_file_uri: link }).transform(
  (wire): UsageFileLinks => ({
    uploaded: wire.usage_file_uri,
    processed: wire.processed_file_uri,
    reconciliation: wire.reconciliation_file_uri,
  }),
)
