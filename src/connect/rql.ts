/**
 * Connect's query language, with quoting that customer text cannot break out of.
 *
 * Connect decodes the whole query string before it parses it, so percent-encoding alone protects nothing: a value is first quoted in
 * RQL, then encoded for the URL. The quote around a value cannot be escaped inside it, so text with both kinds is refused.
 * Sources: cloudblue/lib-rql `py_rql/grammar.py`, cloudblue/django-rql `filter_class.py`, `paginations.py`.
 */
import type { Instant } from '../kit/time.ts'

export type FilterValue = string | number | boolean | Instant

/** One condition of a query, already quoted, not yet encoded. Made by the functions below only. */
export interface Filter {
  readonly rql: string
}

/** What to ask of a collection. */
export interface Query {
  /** All must hold. */
  readonly where?: readonly Filter[]
  /** Properties to leave out of the answer (`-asset.configuration`) or to add to it (`+…`). */
  readonly select?: readonly string[]
  /** Properties to sort by, `-` for newest or largest first. */
  readonly ordering?: readonly string[]
  /** Rows to return at most, 0 to 1000. */
  readonly limit?: number
  readonly offset?: number
  /** Plain query pairs of the few calls that take such. */
  readonly plain?: Readonly<Record<string, string>>
}

export const eq = (property: string, value: FilterValue): Filter => comparison('eq', property, value)
export const ne = (property: string, value: FilterValue): Filter => comparison('ne', property, value)
export const gt = (property: string, value: FilterValue): Filter => comparison('gt', property, value)
export const ge = (property: string, value: FilterValue): Filter => comparison('ge', property, value)
export const lt = (property: string, value: FilterValue): Filter => comparison('lt', property, value)
export const le = (property: string, value: FilterValue): Filter => comparison('le', property, value)

/** The property is one of the values. @throws RangeError without any: the grammar has no empty list, and nothing would match. */
export const oneOf = (property: string, values: readonly FilterValue[]): Filter => membership('in', property, values)
export const noneOf = (property: string, values: readonly FilterValue[]): Filter => membership('out', property, values)

export const and = (...filters: readonly Filter[]): Filter => group('and', filters)
export const or = (...filters: readonly Filter[]): Filter => group('or', filters)

/**
 * The query string without its question mark, ready for a URL; empty when nothing is asked.
 * @throws RangeError for a limit out of bounds or a property no collection can have.
 */
export function queryString(query: Query): string {
  const { where = [], select = [], ordering = [], plain = {} } = query
  const rql = [
    ...where.map((filter) => filter.rql),
    ...(select.length > 0 ? [`select(${select.map(signedProperty).join(',')})`] : []),
    ...(ordering.length > 0 ? [`ordering(${ordering.map(signedProperty).join(',')})`] : []),
  ]
  const pairs = Object.entries(plain).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return [...rql.map(encodeRql), ...pairs, ...bounds(query)].join('&')
}

const MAX_LIMIT = 1000

function bounds({ limit, offset }: Query): readonly string[] {
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0 && limit <= MAX_LIMIT)) throw new RangeError(`limit 0 to ${MAX_LIMIT}`)
  if (offset !== undefined && !(Number.isSafeInteger(offset) && offset >= 0)) throw new RangeError('offset from 0')
  return [...(limit === undefined ? [] : [`limit=${limit}`]), ...(offset === undefined ? [] : [`offset=${offset}`])]
}

const comparison = (operator: string, name: string, value: FilterValue): Filter => ({
  rql: `${operator}(${property(name)},${literal(value)})`,
})

function membership(operator: string, name: string, values: readonly FilterValue[]): Filter {
  if (values.length === 0) throw new RangeError(`${operator}(${name}) needs at least one value`)
  return { rql: `${operator}(${property(name)},(${values.map(literal).join(',')}))` }
}

function group(operator: string, filters: readonly Filter[]): Filter {
  const [first, ...rest] = filters
  if (!first) throw new RangeError(`${operator}() needs at least one condition`)
  return rest.length === 0 ? first : { rql: `${operator}(${filters.map((filter) => filter.rql).join(',')})` }
}

const PROPERTY = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/i

function property(name: string): string {
  if (!PROPERTY.test(name)) throw new RangeError(`not a property: ${JSON.stringify(name)}`)
  return name
}

function signedProperty(signed: string): string {
  const sign = signed.startsWith('-') || signed.startsWith('+') ? signed.slice(0, 1) : ''
  return sign + property(signed.slice(sign.length))
}

function literal(value: FilterValue): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'object') return value.toISOString()
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a number to filter by')
  return String(value)
}

/** Ids and words of Connect's own (`AS-1-2`, `tiers_setup`); `null` and `empty` have a meaning of their own and are always quoted. */
const BARE = /^(?!(?:null|empty|and|or|not|t)$)[A-Za-z][A-Za-z0-9_-]*$/

function quoted(value: string): string {
  if (BARE.test(value)) return value
  if (!value.includes('"')) return `"${value}"`
  if (!value.includes("'")) return `'${value}'`
  throw new RangeError('a filter value cannot hold both kinds of quotes')
}

/** Structure stays readable; everything a URL or a proxy could read otherwise is encoded. */
const encodeRql = (rql: string): string => encodeURIComponent(rql).replaceAll('%2C', ',').replaceAll('%3A', ':')
