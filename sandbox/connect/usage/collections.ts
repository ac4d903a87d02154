/** `/usage/…` as filterable collections (connect-openapi v37). */
import { connectSeed } from '../../seed.ts'
import type { JsonObject } from '../json.ts'
import { at } from '../json.ts'
import type { Role } from '../records.ts'
import type { Collection } from '../rql/collection.ts'
import { date, ordered, text } from '../rql/fields.ts'
import { hubOf, productOf, type State } from '../state.ts'
import type { UsageChunkRecord, UsageFileRecord, UsageRecordRecord } from './types.ts'
import { aggregatesWire, apiStatus, chunkWire, fileWire, recordWire } from './wire.ts'

/** What the vendor has not submitted is nobody else's to see. */
export const isVisible = ({ status }: UsageFileRecord, role: Role): boolean =>
  role === 'vendor' ? status !== 'deleted' : ['pending', 'accepted', 'rejected', 'closed'].includes(status)

export const fileCollection = (state: State, role: Role): Collection<UsageFileRecord> => ({
  fields: {
    id: text((file) => file.id),
    name: text((file) => file.name),
    external_id: text((file) => file.externalId),
    status: ordered(text((file) => file.status)),
    schema: ordered(text((file) => file.schema)),
    environment: ordered(text((file) => file.environment)),
    'product.id': text((file) => file.productId),
    'product.name': text((file) => productOf(state, file).seed.name),
    'contract.id': text(() => connectSeed.contractId),
    'marketplace.id': text(() => connectSeed.marketplace.id),
    'vendor.id': text(() => connectSeed.vendor.accountId),
    'provider.id': text(() => connectSeed.provider.accountId),
    'created.at': date((file) => file.created),
  },
  all: () => [...state.usage.files.values()].filter((file) => isVisible(file, role)),
  render: (file) => fileWire(state, file),
})

export function recordCollection(state: State, role: Role): Collection<UsageRecordRecord> {
  const assetOf = ({ assetId }: UsageRecordRecord) => (assetId === undefined ? undefined : state.assets.get(assetId))
  const fileOf = ({ fileId }: UsageRecordRecord) => state.usage.files.get(fileId)
  const seen = (record: UsageRecordRecord): boolean => {
    const file = fileOf(record)
    return file !== undefined && isVisible(file, role)
  }
  return {
    fields: {
      id: text((record) => record.id),
      'usagefile.id': text((record) => record.fileId),
      'usagefile.schema': text((record) => fileOf(record)?.schema),
      status: ordered(text(apiStatus)),
      'asset.id': text((record) => record.assetId),
      'asset.external_id': text((record) => assetOf(record)?.externalId),
      'asset.external_uid': text((record) => assetOf(record)?.externalUid),
      'product.id': text((record) => fileOf(record)?.productId),
      'hub.id': text((record) => hubOf(fileOf(record)?.environment ?? 'production')),
      'item.id': text((record) => record.itemId),
      start_date: date((record) => record.from),
      end_date: date((record) => record.to),
      usage_start_time: date((record) => record.from),
      created_time: date((record) => record.created),
    },
    all: () => [...state.usage.records.values()].filter(seen),
    narrow: (prop, value) => (prop === 'usagefile.id' ? (state.usage.recordsOf.get(value) ?? []).filter(seen) : undefined),
    render: (record) => recordWire(state, record),
  }
}

export const chunkCollection = (state: State): Collection<UsageChunkRecord> => ({
  fields: {
    id: text((chunk) => chunk.id),
    status: text((chunk) => chunk.status),
    'binding.hub.id': text((chunk) => chunk.hubId),
    'provider.id': text(() => connectSeed.provider.accountId),
    'usagefile.id': ordered(text((chunk) => chunk.fileId)),
  },
  all: () => state.usage.chunks.values(),
  render: (chunk) => chunkWire(state, chunk),
})

const textAt = (row: JsonObject, path: string): string | undefined => {
  const value = at(row, path)
  return typeof value === 'string' ? value : undefined
}

export const aggregateCollection = (state: State): Collection<JsonObject> => ({
  fields: Object.fromEntries(
    ['asset.id', 'asset.external_uid', 'item.id', 'item.local_id', 'item.type'].map((path) => [path, text((row) => textAt(row, path))]),
  ),
  all: () => aggregatesWire(state),
  render: (row) => row,
})
