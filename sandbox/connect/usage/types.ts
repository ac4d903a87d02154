/** What Connect keeps of usage. Plain records that this folder's functions change. */
import type { ExactQuantity } from '../../../src/kit/quantity.ts'
import type { Instant } from '../../../src/kit/time.ts'
import type { Environment, Role } from '../records.ts'

export type UsageSchema = 'qt' | 'cr' | 'pr' | 'tr'

export type UsageFileStatus =
  | 'draft'
  | 'uploading'
  | 'processing'
  | 'invalid'
  | 'ready'
  | 'pending'
  | 'rejected'
  | 'accepted'
  | 'closed'
  | 'deleted'

/** The workflow's words; the API has fewer (see `wire.ts`). */
export type UsageRecordStatus = 'uploaded' | 'validated' | 'invalid' | 'pending' | 'rejected' | 'accepted' | 'closed'

export interface UsageFileRecord {
  readonly id: string
  name: string
  externalId: string
  description: string
  readonly productId: string
  readonly schema: UsageSchema
  environment: Environment
  currency: string
  /** UTC days, both inside. */
  period: { readonly from: string; readonly to: string }
  status: UsageFileStatus
  errorDetail: string
  acceptanceNote: string
  rejectionNote: string
  /** Who did what when. */
  readonly events: Map<string, { readonly at: Instant; readonly by: Role }>
  readonly created: Instant
  updated: Instant
}

/** One line as the vendor wrote it: every field still text. */
export interface UsageRow {
  readonly recordId: string
  readonly note?: string | undefined
  /** `item.mpn` or `item.local_id`. */
  readonly itemCriteria: string
  readonly itemValue: string
  readonly quantity: string
  readonly startTime: string
  readonly endTime: string
  /** `asset.id`, `asset.external_uid` or `parameter.NAME`. */
  readonly assetCriteria: string
  readonly assetValue: string
  readonly categoryId?: string | undefined
  readonly amount?: string | undefined
  readonly tier?: string | undefined
}

export interface UsageRecordRecord {
  readonly id: string
  readonly fileId: string
  readonly row: UsageRow
  /** Undefined where the row does not say. */
  readonly assetId: string | undefined
  readonly itemId: string | undefined
  readonly quantity: ExactQuantity | undefined
  readonly amount: ExactQuantity | undefined
  readonly from: Instant | undefined
  readonly to: Instant | undefined
  status: UsageRecordStatus
  /** What is wrong with it. */
  readonly faults: readonly string[]
  billingId: string
  billingNote: string
  closedAt: Instant | undefined
  readonly created: Instant
  updated: Instant
}

/** A file's part for one hub. */
export interface UsageChunkRecord {
  readonly id: string
  readonly fileId: string
  readonly hubId: string
  status: 'draft' | 'ready' | 'closed' | 'failed'
  externalId: string
  billingId: string
  billingNote: string
}

export interface UsageBooks {
  readonly files: Map<string, UsageFileRecord>
  readonly records: Map<string, UsageRecordRecord>
  readonly recordsOf: Map<string, UsageRecordRecord[]>
  readonly chunks: Map<string, UsageChunkRecord>
  /** Of products that do not report by quantity alone. */
  readonly schemas: Map<string, UsageSchema>
  /** Signed links by their secret. */
  readonly links: Map<string, { readonly fileId: string; readonly kind: 'uploaded' | 'processed'; readonly expires: Instant }>
  /** Files and links ever made. */
  made: number
}

export const emptyBooks = (): UsageBooks => ({
  files: new Map(),
  records: new Map(),
  recordsOf: new Map(),
  chunks: new Map(),
  schemas: new Map(),
  links: new Map(),
  made: 0,
})
