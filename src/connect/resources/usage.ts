/** Usage: the vendor's files, their records, and closing them when Microsoft has taken them. From the distributor's side. */
import type { ProductId, UsageFileId, UsageRecordId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type Call, type ConnectApi, path, send } from '../api.ts'
import { type ClosingResult, closingResults, joinResults, type RecordClosing } from '../model/usage-closing.ts'
import { type KnownUsageFileStatus, type UsageFile, usageFile } from '../model/usage-file.ts'
import { type KnownUsageChunkStatus, type UsageAggregate, type UsageChunk, usageAggregate, usageChunk } from '../model/usage-parts.ts'
import { type KnownUsageRecordStatus, type UsageRecord, usageRecord } from '../model/usage-record.ts'
import { type Collection, type Page, pages, readPage, walk } from '../paging.ts'
import { eq, type Filter, ge, oneOf, type Query } from '../rql.ts'
import { type Bytes, downloadChunk, downloadFile, type UsageFileKind } from './usage-download.ts'

/** Connect takes no longer notes. */
export const LONGEST_NOTE = 200
/** Records closed in one call, at most. The official description names no limit. */
export const MAX_CLOSINGS = 1000

export interface UsageFileFilter {
  readonly statuses?: readonly KnownUsageFileStatus[]
  readonly productIds?: readonly ProductId[]
  readonly environments?: readonly ('production' | 'test' | 'preview')[]
  readonly schemas?: readonly ('qt' | 'cr' | 'pr' | 'tr')[]
  readonly createdSince?: Instant
}

const files: Collection<UsageFile> = { path: path`/usage/files`, reader: usageFile, idOf: (file) => file.id }

export const createUsageFiles = (api: ConnectApi) => ({
  /** One page, newest first unless the query says otherwise. */
  list: (filter: UsageFileFilter, query: Omit<Query, 'where'> = {}, signal?: AbortSignal): Promise<Page<UsageFile>> =>
    readPage(api, files, { ordering: ['-created.at'], ...query, where: fileConditions(filter) }, signal),

  /** Every matching file once, oldest first. */
  walk: (filter: UsageFileFilter, signal?: AbortSignal): AsyncGenerator<UsageFile> =>
    walk(api, files, { ordering: ['created.at'], where: fileConditions(filter) }, signal),

  get: (id: UsageFileId, signal?: AbortSignal): Promise<UsageFile> =>
    send(api, { method: 'GET', path: path`/usage/files/${id}`, signal }, usageFile),

  /**
   * Takes a pending file: from here on its records are to be billed. Cannot be taken back.
   * @throws ApiError `ERR_CONNECT_INVALID` or `…_CONFLICT` when it is not pending: read it, it may have been accepted automatically.
   */
  accept: (id: UsageFileId, note: string, signal?: AbortSignal): Promise<UsageFile> =>
    act(api, id, 'accept', { acceptance_note: cut(note) }, signal),

  /** Gives a pending file back to the vendor, who may correct it and submit it again. @throws as `accept` */
  reject: (id: UsageFileId, note: string, signal?: AbortSignal): Promise<UsageFile> =>
    act(api, id, 'reject', { rejection_note: cut(note) }, signal),

  /** Approves every record of an accepted file that is not approved yet: whether accepting has done so is not documented. */
  approveAll: (id: UsageFileId, signal?: AbortSignal): Promise<UsageFile> =>
    send(api, { method: 'PUT', path: path`/usage/files/${id}/approve-all`, signal }, usageFile),

  /**
   * Says that an accepted file is billed.
   * @throws ApiError `ERR_CONNECT_INVALID` or `…_CONFLICT` while records are open, or when the last record's closing has closed it already.
   */
  close: (id: UsageFileId, signal?: AbortSignal): Promise<UsageFile> => act(api, id, 'close', undefined, signal),

  /**
   * The file as a spreadsheet, as a stream. Its link is asked for and used in one breath, carries our token nowhere, and is renewed once
   * when it was over before it could be used.
   * @param kind `processed` has what Connect made of each record; `uploaded` is the vendor's own.
   * @throws ApiError `ERR_CONNECT_FILE_HOST` the link leads to a host that is not allowed; `ERR_CONNECT_FILE_GONE` there is no such file, or
   *   its link does not open; `ERR_CONNECT_FILE_TOO_LARGE`, `ERR_CONNECT_UNAVAILABLE` also in the middle of the stream.
   */
  download: (id: UsageFileId, kind: UsageFileKind, signal?: AbortSignal): Promise<Bytes> => downloadFile(api, id, kind, signal),
})

function act(api: ConnectApi, id: UsageFileId, action: string, body: unknown, signal: AbortSignal | undefined): Promise<UsageFile> {
  const call: Call = { method: 'POST', path: path`/usage/files/${id}/${action}`, signal }
  return send(api, body === undefined ? call : { ...call, body }, usageFile)
}

export interface UsageRecordFilter {
  readonly fileId?: UsageFileId
  readonly statuses?: readonly KnownUsageRecordStatus[]
  readonly productId?: ProductId
  readonly assetExternalUid?: string
}

const records: Collection<UsageRecord> = {
  path: path`/usage/records`,
  reader: usageRecord,
  idOf: (record) => record.id,
  exactNumbers: true,
}

export const createUsageRecords = (api: ConnectApi) => ({
  /**
   * Page by page of up to 1,000, oldest first, with flat memory.
   *
   * Connect orders by when records were made, and those of a file are made at once: rows may come twice or be missed. Count the different
   * ids against `total` and read again while they differ. Records that change status meanwhile leave a filter by status: filter by file.
   */
  pages: (filter: UsageRecordFilter, signal?: AbortSignal): AsyncGenerator<Page<UsageRecord>> =>
    pages(api, records, { ordering: ['created_time'], limit: 1000, where: recordConditions(filter) }, signal),

  /** How many match. */
  count: async (filter: UsageRecordFilter, signal?: AbortSignal): Promise<number | undefined> =>
    (await readPage(api, records, { limit: 0, where: recordConditions(filter) }, signal)).total,

  get: (id: UsageRecordId, signal?: AbortSignal): Promise<UsageRecord> =>
    send(api, { method: 'GET', path: path`/usage/records/${id}`, signal, exactNumbers: true }, usageRecord),

  /** Approves or rejects one record by itself: for files that are taken in part. */
  judge: (id: UsageRecordId, verdict: 'approved' | 'rejected', signal?: AbortSignal): Promise<UsageRecord> =>
    send(api, { method: 'PUT', path: path`/usage/records/${id}`, body: { status: verdict }, signal, exactNumbers: true }, usageRecord),

  /** Closes one record. @throws ApiError `ERR_CONNECT_INVALID` or `…_CONFLICT` when it is not approved, or closed already. */
  close: (closing: RecordClosing, signal?: AbortSignal): Promise<UsageRecord> => {
    const { id, ...body } = closingBody(closing)
    return send(api, { method: 'POST', path: path`/usage/records/${id}/close`, body, signal, exactNumbers: true }, usageRecord)
  },

  /**
   * Closes many. A good answer (206) is not a success: read each result. `closed` is done, also when the record was closed before; anything
   * else says why not. Not repeated by itself: after a lost answer (`outcomeUnknown`) close the same again, those done come back as closed
   * or refused as closed, and `get` tells.
   *
   * @param closings 1 to `MAX_CLOSINGS`. Connect may take fewer in a call: `ERR_CONNECT_INVALID` then, nothing is closed, send fewer.
   * @returns one result for each closing, in their order.
   * @throws RangeError outside these bounds
   */
  closeMany: async (closings: readonly RecordClosing[], signal?: AbortSignal): Promise<readonly ClosingResult[]> => {
    if (closings.length < 1 || closings.length > MAX_CLOSINGS) throw new RangeError(`1 to ${MAX_CLOSINGS} records, got ${closings.length}`)
    const call: Call = { method: 'POST', path: path`/usage/records/close-records`, body: closings.map(closingBody), signal }
    return joinResults(closings, await send(api, call, closingResults))
  },
})

const closingBody = ({ id, externalBillingId, note }: RecordClosing) => ({
  id,
  ...(externalBillingId === undefined ? {} : { external_billing_id: externalBillingId }),
  ...(note === undefined ? {} : { external_billing_note: cut(note) }),
})

const cut = (note: string): string => [...note].slice(0, LONGEST_NOTE).join('')

const chunks: Collection<UsageChunk> = { path: path`/usage/chunks`, reader: usageChunk, idOf: (chunk) => chunk.id }

export interface UsageChunkFilter {
  readonly statuses?: readonly KnownUsageChunkStatus[]
  readonly fileId?: UsageFileId
}

export const createUsageChunks = (api: ConnectApi) => ({
  list: (filter: UsageChunkFilter = {}, query: Omit<Query, 'where'> = {}, signal?: AbortSignal): Promise<Page<UsageChunk>> =>
    readPage(api, chunks, { ordering: ['usagefile.id'], ...query, where: chunkConditions(filter) }, signal),
  get: (id: string, signal?: AbortSignal): Promise<UsageChunk> =>
    send(api, { method: 'GET', path: path`/usage/chunks/${id}`, signal }, usageChunk),
  /** Keeps our own id with it, so that it can be told to be taken. */
  setExternalId: (id: string, externalId: string, signal?: AbortSignal): Promise<UsageChunk> =>
    send(api, { method: 'PUT', path: path`/usage/chunks/${id}`, body: { external_id: externalId }, signal }, usageChunk),
  close: (id: string, externalBillingId: string, note: string, signal?: AbortSignal): Promise<UsageChunk> => {
    const body = { external_billing_id: externalBillingId, external_billing_note: cut(note) }
    return send(api, { method: 'POST', path: path`/usage/chunks/${id}/close`, body, signal }, usageChunk)
  },
  /** The chunk as a spreadsheet, from Connect itself. @throws as `files.download` */
  download: (id: string, signal?: AbortSignal): Promise<Bytes> => downloadChunk(api, id, signal),
})

const aggregates: Collection<UsageAggregate> = {
  path: path`/usage/aggregates`,
  reader: usageAggregate,
  idOf: ({ assetId, itemId }) => `${assetId} ${itemId}`,
  exactNumbers: true,
}

export const createUsageAggregates = (api: ConnectApi) => ({
  /** What was used so far of each item of an asset; never goes down. */
  ofAsset: async (assetExternalUid: string, signal?: AbortSignal): Promise<readonly UsageAggregate[]> =>
    (await readPage(api, aggregates, { limit: 1000, where: [eq('asset.external_uid', assetExternalUid)] }, signal)).items,
})

function fileConditions({ statuses, productIds, environments, schemas, createdSince }: UsageFileFilter): readonly Filter[] {
  return [
    ...(statuses ? [oneOf('status', statuses)] : []),
    ...(productIds ? [oneOf('product.id', productIds)] : []),
    ...(environments ? [oneOf('environment', environments)] : []),
    ...(schemas ? [oneOf('schema', schemas)] : []),
    ...(createdSince ? [ge('created.at', createdSince)] : []),
  ]
}

function recordConditions({ fileId, statuses, productId, assetExternalUid }: UsageRecordFilter): readonly Filter[] {
  return [
    ...(fileId === undefined ? [] : [eq('usagefile.id', fileId)]),
    ...(statuses ? [oneOf('status', statuses)] : []),
    ...(productId === undefined ? [] : [eq('product.id', productId)]),
    ...(assetExternalUid === undefined ? [] : [eq('asset.external_uid', assetExternalUid)]),
  ]
}

const chunkConditions = ({ statuses, fileId }: UsageChunkFilter): readonly Filter[] => [
  ...(statuses ? [oneOf('status', statuses)] : []),
  ...(fileId === undefined ? [] : [eq('usagefile.id', fileId)]),
]
