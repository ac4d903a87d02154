import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../../../src/kit/time.ts'
import { Refusal } from '../refusal.ts'
import { type Collection, listPage } from './collection.ts'
import { date, flag, number, ordered, text } from './fields.ts'
import { decodeQuery, type Filter, parseQuery, RqlError } from './parse.ts'

interface Row {
  readonly id: string
  readonly note: string
  readonly tags: readonly string[]
  readonly size: number
  readonly done: boolean
  readonly made: string
}
const row = (id: string, rest: Partial<Row> = {}): Row => ({
  ...{ id, note: '', tags: [], size: 0, done: false, made: '2026-03-01T00:00:00Z' },
  ...rest,
})

const collectionOf = (rows: readonly Row[]): Collection<Row> => ({
  fields: {
    id: ordered(text((each) => each.id)),
    note: text((each) => each.note),
    tags: text((each) => each.tags),
    size: ordered(number((each) => each.size)),
    done: flag((each) => each.done),
    made: date((each) => instant(each.made)),
  },
  selects: ['part.inner'],
  onDemand: ['extra'],
  all: () => rows,
  render: (each) => ({ id: each.id, extra: 'more', part: { inner: 1, outer: 2 } }),
})

const rows = [
  row('a', { note: 'red apple', tags: ['x', 'y'], size: 1, done: true, made: '2026-03-01T00:00:00Z' }),
  row('b', { note: 'Red*bean', tags: ['y'], size: 5, made: '2026-03-02T00:00:00Z' }),
  row('c', { note: "it's (a|b),c", size: 9, made: '2026-03-03T00:00:00Z' }),
]
const ids = (query: string): string => {
  const page = listPage(collectionOf(rows), query)
  return page.rows.map((each) => (each as { id: string }).id).join('')
}

test.each([
  ['', 'abc'],
  ['eq(id,b)', 'b'],
  ['id=b', 'b'],
  ['ne(id,b)', 'ac'],
  ['size=ge=5', 'bc'],
  ['gt(size,5)', 'c'],
  ['lt(size,5)', 'a'],
  ['in(id,(a,c))', 'ac'],
  ['out(id,(a,c))', 'b'],
  ['like(note,red*)', 'a'],
  ['ilike(note,*RED*)', 'ab'],
  ['like(note,*\\**)', 'b'],
  ['like(note,red)', ''],
  ['eq(tags,y)', 'ab'],
  ['ne(tags,x)', 'bc'],
  ['done=true', 'a'],
  ['not(eq(done,true))', 'bc'],
  ['or(eq(id,a),eq(id,c))', 'ac'],
  ['(id=a|id=c)', 'ac'],
  ['(id=a;(id=b&size=5))', 'ab'],
  ['and(ge(size,1),le(size,5))&ne(id,a)', 'b'],
  ['ge(made,2026-03-02T00:00:00+00:00)', 'bc'],
  ['made=lt=2026-03-02T00:00:00Z', 'a'],
  [`eq(note,"it's (a|b),c")`, 'c'],
  [encodeURIComponent(`eq(note,"it's (a|b),c")`), 'c'],
  ['ordering(-size)', 'cba'],
  ['ordering(-size)&limit=1&offset=1', 'b'],
  ['limit=2', 'ab'],
  ['limit=0', ''],
  ['limit=many', 'abc'],
  ['limit=999999', 'abc'],
  ['offset=7', ''],
  ['&eq(id,a)&', 'a'],
])('%s finds "%s"', (query, expected) => {
  expect(ids(query)).toBe(expected)
})

test.each([
  'eq(id,a/b)',
  'eq(id,a,b)',
  'eq(id,)',
  'eq(id,"a)',
  'eq(id,a))',
  '(id=a',
  'in(id,())',
  'gte(id,a)',
  'range(size,1,2)',
  'id=',
  'id==a',
  'id=a|id=b',
  'eq(id,null())',
  'eq(id)',
  '%22',
])('%s is no RQL', (query) => {
  expect(() => parseQuery(query)).toThrow(RqlError)
  expect(() => ids(query)).toThrow(Refusal)
})

test.each([
  ['colour=red', 'Filtering by "colour"'],
  ['eq(constructor,x)', 'Filtering by "constructor"'],
  ['in(colour,(a,b))', 'Filtering by "colour"'],
  ['ordering(note)', 'Ordering by "note"'],
  ['select(-colour)', 'Selecting "colour"'],
  ['eq(size,big)', 'is a number'],
  ['eq(done,yes)', 'true or false'],
  ['eq(made,yesterday)', 'ISO 8601'],
  ['like(size,1*)', 'no text'],
])('%s is refused even when there is no row to try it on', (query, message) => {
  expect(() => listPage(collectionOf([]), query)).toThrow(message)
})

test('percent-encoding is undone before parsing, so it protects nothing; a plus stays a plus', () => {
  expect(parseQuery('eq(id,a%29%26eq%28id,b)')).toEqual(parseQuery('eq(id,a)&eq(id,b)'))
  expect(decodeQuery('a+b%2Bc%zz%')).toBe('a+b+c%zz%')
  expect(decodeQuery('%E4%BD%A0')).toBe('你')
})

test('quoted text never changes the structure of a filter, whatever it holds', () => {
  const customerText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(')', '),eq(id,b', '&limit=0', '|', '(,)', 'a)&ordering(-id', "' or '1'='1", '\\', '*', '%29', '%', '+'),
  )
  fc.assert(
    fc.property(customerText, fc.constantFrom('eq', 'ne', 'like'), (value, op) => {
      fc.pre(!(value.includes('"') && value.includes("'")))
      const quote = value.includes('"') ? "'" : '"'
      const query = `and(eq(id,a),${op}(note,${quote}${value}${quote}))&limit=7`
      const { filter, limit } = parseQuery(encodeURIComponent(query))
      const expected: Filter = {
        kind: 'and',
        of: [
          { kind: 'compare', op: 'eq', prop: 'id', value: 'a' },
          { kind: 'compare', op, prop: 'note', value },
        ],
      }
      expect({ filter, limit }).toEqual({ filter: expected, limit: '7' })
    }),
  )
})

test('what is not quoted and not plain is refused or read as structure, never as that text', () => {
  const special = fc.constantFrom('/', ',', '(', ')', '=', '&', '|', ';', '!', '?', '#', '$', '<', '>', '[', ']', '{', '}', '~', '^', '`')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), special, fc.string({ unit: 'grapheme-ascii' }), (before, sign, after) => {
      const value = `${before}${sign}${after}`
      fc.pre(!/["']/.test(value))
      let read: string | undefined
      try {
        const { filter } = parseQuery(encodeURIComponent(`eq(note,${value})`))
        read = filter?.kind === 'compare' && filter.prop === 'note' ? filter.value : undefined
      } catch (error) {
        expect(error).toBeInstanceOf(RqlError)
      }
      expect(read).not.toBe(value)
    }),
  )
})

test('select leaves parts out, or brings in what is left out by default', () => {
  const first = (query: string) => listPage(collectionOf(rows), query).rows[0]
  expect(first('')).toEqual({ id: 'a', part: { inner: 1, outer: 2 } })
  expect(first('select(-part.inner)')).toEqual({ id: 'a', part: { outer: 2 } })
  expect(first('select(extra,-part.inner)')).toEqual({ id: 'a', extra: 'more', part: { outer: 2 } })
})

test('the total counts what the filter found, and the edges are those of the page', () => {
  const range = (query: string): string => listPage(collectionOf(rows), query).contentRange
  expect(range('')).toBe('items 0-2/3')
  expect(range('limit=1&offset=1')).toBe('items 1-1/3')
  expect(range('limit=0')).toBe('items 0-0/3')
  expect(range('eq(id,none)')).toBe('items 0-0/0')
  expect(range('offset=9')).toBe('items 9-9/3')
})
