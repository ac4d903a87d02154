/** Reading collections: Connect answers a bare array, and the total in `Content-Range: items FIRST-LAST/TOTAL`. */
import { z } from 'zod'
import { ApiError } from '../kit/errors/index.ts'
import { type Call, type ConnectApi, exchange, type Path, read } from './api.ts'
import type { Query } from './rql.ts'

export interface Page<T> {
  readonly items: readonly T[]
  /** How many match in all; absent when Connect does not say. */
  readonly total?: number | undefined
}

export interface Collection<T> {
  readonly path: Path
  readonly reader: z.ZodType<T>
  /** What tells two rows apart. */
  readonly idOf: (row: T) => string
  /** Its numbers are given to the reader as text: they must stay exact. */
  readonly exactNumbers?: boolean
}

/** Rows that do not move while others are added: required to walk a collection that lives. */
export type StableOrdering = readonly [string, ...(readonly string[])]

const DEFAULT_LIMIT = 100
const WHOLE_LIMIT = 1000
/** More is no collection of ours, or a server that does not heed `offset`. */
const MAX_PAGES = 10_000

/** One page, as asked. The limit is always sent (100 when the query has none), since Connect's own default is not documented. */
export async function readPage<T>(api: ConnectApi, collection: Collection<T>, query: Query, signal?: AbortSignal): Promise<Page<T>> {
  const { path, exactNumbers = false } = collection
  const call: Call = { method: 'GET', path, query: { limit: DEFAULT_LIMIT, ...query }, signal, exactNumbers }
  const reply = await exchange(api, call)
  return { items: read(call, reply, z.array(collection.reader)), total: totalOf(reply.headers['content-range']) }
}

/**
 * Every row once, page by page. Needs an ordering by something that never changes (when it was created): ordered by `updated`, a row
 * that changes meanwhile would push another one past the reader.
 */
export async function* walk<T>(
  api: ConnectApi,
  collection: Collection<T>,
  query: Omit<Query, 'ordering' | 'offset'> & { readonly ordering: StableOrdering },
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const seen = new Set<string>()
  for await (const row of rows(api, collection, query, signal)) {
    const id = collection.idOf(row)
    if (seen.has(id)) continue
    seen.add(id)
    yield row
  }
}

/**
 * A small collection as a whole, such as the items of a product, in Connect's own order.
 * @throws ApiError `ERR_CONNECT_LIST_CHANGED` when rows came or went while it was read.
 */
export async function readAll<T>(api: ConnectApi, collection: Collection<T>, query: Query, signal?: AbortSignal): Promise<readonly T[]> {
  const first = await readPage(api, collection, { limit: WHOLE_LIMIT, ...query }, signal)
  if (first.total === undefined || first.items.length >= first.total) return first.items
  const all = new Map<string, T>()
  for await (const row of rows(api, collection, { limit: WHOLE_LIMIT, ...query }, signal)) all.set(collection.idOf(row), row)
  if (all.size !== first.total) throw new ApiError('ERR_CONNECT_LIST_CHANGED', { facts: { path: collection.path.text } })
  return [...all.values()]
}

async function* rows<T>(api: ConnectApi, collection: Collection<T>, query: Query, signal?: AbortSignal): AsyncGenerator<T> {
  for await (const { items } of pages(api, collection, query, signal)) yield* items
}

/** Page by page, remembering nothing: for collections too large to remember. A row that moves meanwhile may come twice or be missed. */
export async function* pages<T>(
  api: ConnectApi,
  collection: Collection<T>,
  query: Query,
  signal?: AbortSignal,
): AsyncGenerator<Page<T>, void, undefined> {
  const limit = query.limit ?? DEFAULT_LIMIT
  let offset = 0
  for (let read = 0; read < MAX_PAGES; read++) {
    const page = await readPage(api, collection, { ...query, limit, offset }, signal)
    yield page
    offset += page.items.length // not the limit: Connect clips one that is too large
    if (page.items.length === 0 || (page.total === undefined ? page.items.length !== limit : offset >= page.total)) return
  }
  throw new ApiError('ERR_CONNECT_UNEXPECTED_ANSWER', { message: 'The list never ends.', facts: { path: collection.path.text } })
}

/** FIRST and LAST mean nothing at the edges; only the total counts. */
export function totalOf(contentRange: string | undefined): number | undefined {
  const total = /\/\s*(\d+)\s*$/.exec(contentRange ?? '')?.[1]
  return total === undefined ? undefined : Number(total)
}
