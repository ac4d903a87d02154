/** A collection as the API shows it: filtered, ordered, paged, trimmed. */
import { at, type Json, without } from '../json.ts'
import { invalid } from '../refusal.ts'
import { compileFilter, compileOrdering } from './evaluate.ts'
import type { Fields } from './fields.ts'
import { type Filter, parseQuery, type Query, RqlError, type Signed } from './parse.ts'

export interface Collection<T> {
  readonly fields: Fields<T>
  /** Parts that `select` may leave out, or bring in where they are left out by default. */
  readonly selects?: readonly string[]
  /** Left out unless selected with a plus. */
  readonly onDemand?: readonly string[]
  readonly all: () => Iterable<T>
  /** A smaller set that surely holds every record with this exact value: an index. */
  readonly narrow?: (prop: string, value: string) => Iterable<T> | undefined
  readonly render: (record: T) => Json
}

export interface Page {
  readonly rows: readonly Json[]
  readonly contentRange: string
}

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

/** @throws Refusal 400 for a query that is no RQL or names what the collection does not have. */
export function listPage<T>(collection: Collection<T>, rawQuery: string): Page {
  const query = readQuery(rawQuery)
  const found = matching(collection, query)
  const limit = Math.min(MAX_LIMIT, wholeNumber(query.limit, DEFAULT_LIMIT))
  const offset = wholeNumber(query.offset, 0)
  const trim = trimming(collection, query.select)
  const rows = found.slice(offset, offset + limit).map((record) => trim(collection.render(record)))
  // The edges as the real one has them: no row and one row both read N-N.
  return { rows, contentRange: `items ${offset}-${offset + Math.max(0, rows.length - 1)}/${found.length}` }
}

function readQuery(raw: string): Query {
  try {
    return parseQuery(raw)
  } catch (error) {
    if (error instanceof RqlError) throw invalid(error.message)
    throw error
  }
}

function matching<T>(collection: Collection<T>, query: Query): T[] {
  const test = query.filter ? compileFilter(query.filter, collection.fields) : () => true
  const order = compileOrdering(query.ordering, collection.fields)
  const candidates = (query.filter && narrowed(collection, query.filter)) ?? collection.all()
  const found: T[] = []
  for (const record of candidates) if (test(record)) found.push(record)
  return query.ordering.length > 0 ? found.sort(order) : found
}

function narrowed<T>(collection: Collection<T>, filter: Filter): Iterable<T> | undefined {
  if (!collection.narrow) return undefined
  if (filter.kind === 'compare' && filter.op === 'eq') return collection.narrow(filter.prop, filter.value)
  if (filter.kind !== 'and') return undefined
  for (const part of filter.of) {
    const found = narrowed(collection, part)
    if (found) return found
  }
  return undefined
}

/** Over-large limits are clipped, unreadable ones ignored: both silently, as the real one does. */
const wholeNumber = (written: string | undefined, otherwise: number): number =>
  written !== undefined && /^\d{1,9}$/.test(written) ? Number(written) : otherwise

function trimming<T>(collection: Collection<T>, select: readonly Signed[]): (row: Json) => Json {
  for (const { name } of select) {
    if (!isSelectable(collection, name)) throw invalid(`Selecting "${name}" is not supported.`)
  }
  const wanted = new Set(select.filter((entry) => entry.sign === '+').map((entry) => entry.name))
  const dropped = [
    ...(collection.onDemand ?? []).filter((name) => !wanted.has(name)),
    ...select.filter((entry) => entry.sign === '-').map((entry) => entry.name),
  ]
  return (row) => dropped.reduce((kept, path) => (at(kept, path) === undefined ? kept : without(kept, path)), row)
}

const isSelectable = <T>(collection: Collection<T>, name: string): boolean =>
  (collection.selects ?? []).includes(name) ||
  (collection.onDemand ?? []).includes(name) ||
  Object.keys(collection.fields).some((field) => field === name || field.startsWith(`${name}.`))
