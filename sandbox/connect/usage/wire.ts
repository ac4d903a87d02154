/** How usage looks over the wire (connect-openapi v37). */
import { printQuantity, sumQuantities } from '../../../src/kit/quantity.ts'
import { connectSeed, type SeedItem } from '../../seed.ts'
import type { Product } from '../catalogue/products.ts'
import type { JsonObject } from '../json.ts'
import { productOf, type State } from '../state.ts'
import { contractRef, hubRef, marketplaceRef, productRef, providerRef, stamp, stampOrNull, vendorRef } from '../wire/common.ts'
import { precisionOf } from '../wire/products.ts'
import { recordsOf } from './files.ts'
import type { UsageChunkRecord, UsageFileRecord, UsageRecordRecord } from './types.ts'

/** The API has fewer words than the workflow. */
export function apiStatus({ status }: UsageRecordRecord): string {
  switch (status) {
    case 'uploaded':
    case 'validated':
    case 'pending':
      return 'valid'
    case 'accepted':
      return 'approved'
    default:
      return status
  }
}

/** A number JSON would round is marked here and written out by `exactNumbers`, to the last digit. */
const exact = (quantity: bigint | undefined): string | null => (quantity === undefined ? null : `exact:${printQuantity(quantity)}`)
/** What a text holds is escaped, so only our own marks are found. */
export const exactNumbers = (json: string): string => json.replace(/":"exact:(-?\d+(?:\.\d+)?)"/g, '":$1')

export function fileWire(state: State, file: UsageFileRecord): JsonObject {
  const product = productOf(state, file)
  const count = (...of: readonly UsageRecordRecord['status'][]) => recordsOf(state, file).filter(({ status }) => of.includes(status)).length
  return {
    id: file.id,
    name: file.name,
    external_id: file.externalId,
    description: file.description,
    status: file.status,
    sub_status: file.status === 'processing' ? 'processing' : 'processed',
    schema: file.schema,
    environment: file.environment,
    vendor: vendorRef,
    provider: providerRef,
    marketplace: marketplaceRef,
    contract: contractRef,
    product: productRef(product),
    currency: file.currency,
    period: { ...file.period },
    error_detail: file.errorDetail || null,
    acceptance_note: file.acceptanceNote || null,
    rejection_note: file.rejectionNote || null,
    stats: {
      uploaded: recordsOf(state, file).length,
      validated: count('validated', 'pending', 'accepted', 'closed', 'rejected'),
      pending: count('pending'),
      accepted: count('accepted', 'closed'),
      closed: count('closed'),
      billed: count('closed'),
    },
    events: Object.fromEntries([...file.events].map(([name, { at, by }]) => [name, { at: stamp(at), by: userOf(by) }])),
  }
}

const userOf = (role: 'vendor' | 'provider'): JsonObject =>
  role === 'vendor' ? { id: 'UR-310-441-001', name: connectSeed.vendor.name } : { id: 'SU-601-114-001', name: connectSeed.provider.name }

/** With what only a look at the one file tells: counts and links. */
export const fileDetailWire = (state: State, file: UsageFileRecord, link: (kind: 'uploaded' | 'processed') => string): JsonObject => {
  const all = recordsOf(state, file)
  const invalid = all.filter(({ status }) => status === 'invalid').length
  const closed = all.filter(({ status }) => status === 'closed').length
  return {
    ...fileWire(state, file),
    records: { valid: all.length - invalid, invalid, closed },
    usage_file_uri: all.length > 0 ? link('uploaded') : '',
    processed_file_uri: all.length > 0 ? link('processed') : '',
    reconciliation_file_uri: '',
  }
}

export function recordWire(state: State, record: UsageRecordRecord): JsonObject {
  const file = state.usage.files.get(record.fileId)
  const item = file && productOf(state, file).seed.items.find(({ id }) => id === record.itemId)
  const asset = record.assetId === undefined ? undefined : state.assets.get(record.assetId)
  return {
    id: record.id,
    start_date: stampOrNull(record.from),
    end_date: stampOrNull(record.to),
    product_id: file?.productId ?? null,
    item: item
      ? {
          id: item.id,
          local_id: item.localId,
          name: item.name,
          unit: item.unit,
          mpn: item.mpn,
          precision: precisionOf(item).toLowerCase(),
          type: 'PPU',
        }
      : null,
    asset: asset ? { id: asset.id, external_id: asset.externalId, external_uid: asset.externalUid } : null,
    category: record.row.categoryId ?? null,
    tier: record.row.tier === undefined || record.row.tier === '' ? null : Number(record.row.tier),
    amount: exact(record.amount),
    multiplier: Number(multiplierOf(item)),
    usage: exact(record.quantity),
    status: apiStatus(record),
    closed_at: stampOrNull(record.closedAt),
    closed_by: record.closedAt ? 'SU-601-114-001' : null,
    external_billing_id: record.billingId,
    external_billing_note: record.billingNote,
    params: [],
    usagefile: { id: record.fileId, name: file?.name ?? null, schema: file?.schema ?? 'qt', currency: file?.currency ?? null },
  }
}

export const chunkWire = (state: State, chunk: UsageChunkRecord): JsonObject => {
  const file = state.usage.files.get(chunk.fileId)
  return {
    id: chunk.id,
    status: chunk.status,
    outdated: false,
    usagefile: { id: chunk.fileId, name: file?.name ?? null, schema: file?.schema ?? 'qt', currency: file?.currency ?? null },
    binding: { hub: hubRef(file?.environment ?? 'production'), external_id: '' },
    external_id: chunk.externalId,
    provider: providerRef,
  }
}

/** Counters count whole numbers of the item's finest part: 1.5 of a decimal(2) is 150. */
const multiplierOf = (item: SeedItem | undefined): bigint => 10n ** BigInt(/\d/.exec(item?.precision ?? '')?.[0] ?? 0)

const productOfRecord = (state: State, { fileId }: UsageRecordRecord): Product | undefined => {
  const file = state.usage.files.get(fileId)
  return file && productOf(state, file)
}

/** What is accepted so far, by asset and item. */
export function aggregatesWire(state: State): readonly JsonObject[] {
  const groups = new Map<string, UsageRecordRecord[]>()
  for (const record of state.usage.records.values()) {
    if (record.status !== 'accepted' && record.status !== 'closed') continue
    const key = `${record.assetId} ${record.itemId}`
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return [...groups.values()].flatMap((records) => {
    const last = records.at(-1)
    if (!last) return []
    const { item, asset } = recordWire(state, last)
    const counted = multiplierOf(productOfRecord(state, last)?.seed.items.find(({ id }) => id === last.itemId))
    const accepted = exact(sumQuantities(records.map(({ quantity }) => quantity ?? 0n)) * counted)
    return [{ item, asset, amount: null, currency: null, consumed: null, accepted, events: { last_reported: { at: stamp(last.created) } } }]
  })
}
