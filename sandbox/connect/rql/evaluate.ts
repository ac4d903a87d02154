/** Turns a parsed filter into a test on records. Unknown properties and unreadable values are refused before the first record is looked at. */
import { type Instant, instant } from '../../../src/kit/time.ts'
import { invalid } from '../refusal.ts'
import type { Field, Fields, FieldValue } from './fields.ts'
import type { Comparison, Filter, Signed } from './parse.ts'

export type Test<T> = (record: T) => boolean

/** @throws Refusal 400 for a property the collection does not know, or a value that is no date, number or boolean where one is needed. */
export function compileFilter<T>(filter: Filter, fields: Fields<T>): Test<T> {
  switch (filter.kind) {
    case 'and': {
      const tests = filter.of.map((part) => compileFilter(part, fields))
      return (record) => tests.every((test) => test(record))
    }
    case 'or': {
      const tests = filter.of.map((part) => compileFilter(part, fields))
      return (record) => tests.some((test) => test(record))
    }
    case 'not': {
      const test = compileFilter(filter.of, fields)
      return (record) => !test(record)
    }
    case 'list': {
      const tests = filter.values.map((value) => compare(fieldOf(fields, filter.prop), filter.prop, 'eq', value))
      return filter.op === 'in' ? (record) => tests.some((test) => test(record)) : (record) => !tests.some((test) => test(record))
    }
    case 'compare':
      return compare(fieldOf(fields, filter.prop), filter.prop, filter.op, filter.value)
  }
}

function fieldOf<T>(fields: Fields<T>, prop: string): Field<T> {
  const field = Object.hasOwn(fields, prop) ? fields[prop] : undefined
  if (!field) throw invalid(`Filtering by "${prop}" is not supported.`)
  return field
}

function compare<T>(field: Field<T>, prop: string, op: Comparison, written: string): Test<T> {
  if (op === 'ne') {
    const equal = compare(field, prop, 'eq', written)
    return (record) => !equal(record)
  }
  const fits = comparison(field, prop, op, written)
  return (record) => valuesOf(field, record).some(fits)
}

function comparison<T>(field: Field<T>, prop: string, op: Exclude<Comparison, 'ne'>, written: string): (value: FieldValue) => boolean {
  if (op === 'like' || op === 'ilike') {
    if (field.kind !== 'text') throw invalid(`"${prop}" has no text to search in.`)
    const pattern = wildcard(written, op === 'ilike')
    return (value) => typeof value === 'string' && pattern.test(value)
  }
  const wanted = readValue(field, prop, written)
  const holds = ORDER[op]
  return (value) => value !== null && value !== undefined && holds(rank(value), rank(wanted))
}

type Rank = string | number | boolean
const ORDER: Readonly<Record<'eq' | 'gt' | 'ge' | 'lt' | 'le', (a: Rank, b: Rank) => boolean>> = {
  eq: (a, b) => a === b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
}

const rank = (value: string | number | boolean | Instant): Rank => (typeof value === 'object' ? value.getTime() : value)

function valuesOf<T>(field: Field<T>, record: T): readonly FieldValue[] {
  const found = field.of(record)
  return isList(found) ? found : [found]
}
const isList = (value: FieldValue | readonly FieldValue[]): value is readonly FieldValue[] => Array.isArray(value)

function readValue<T>(field: Field<T>, prop: string, written: string): string | number | boolean | Instant {
  switch (field.kind) {
    case 'text':
      return written
    case 'number': {
      const value = Number(written)
      if (written.trim() === '' || Number.isNaN(value)) throw invalid(`"${prop}" is a number, not "${written}".`)
      return value
    }
    case 'flag':
      if (written !== 'true' && written !== 'false') throw invalid(`"${prop}" is true or false, not "${written}".`)
      return written === 'true'
    case 'date':
      try {
        return instant(written)
      } catch {
        throw invalid(`"${prop}" is a date in ISO 8601, not "${written}".`)
      }
  }
}

/** `*` stands for anything, `\*` for a star. Without a star the whole text must fit. */
function wildcard(written: string, ignoreCase: boolean): RegExp {
  const pattern = written
    .split(/(\\\*|\*)/)
    .map((part) => (part === '*' ? '.*' : part === '\\*' ? '\\*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('')
  return new RegExp(`^${pattern}$`, ignoreCase ? 'isu' : 'su')
}

/** @throws Refusal 400 for a property the collection cannot be ordered by. */
export function compileOrdering<T>(ordering: readonly Signed[], fields: Fields<T>): (a: T, b: T) => number {
  const keys = ordering.map(({ sign, name }) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field?.ordered) throw invalid(`Ordering by "${name}" is not supported.`)
    return { field, direction: sign === '-' ? -1 : 1 }
  })
  return (a, b) => {
    for (const { field, direction } of keys) {
      const order = difference(valuesOf(field, a)[0], valuesOf(field, b)[0])
      if (order !== 0) return order * direction
    }
    return 0
  }
}

/** Missing values come last. */
function difference(a: FieldValue, b: FieldValue): number {
  const missingA = a === null || a === undefined
  const missingB = b === null || b === undefined
  if (missingA || missingB) return Number(missingA) - Number(missingB)
  const [left, right] = [rank(a), rank(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
