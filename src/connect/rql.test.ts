import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRql, type Term } from '../../test/contract/connect/rql-reader.ts'
import { instant } from '../kit/time.ts'
import { and, eq, ge, noneOf, oneOf, or, queryString } from './rql.ts'

const customerText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'()&|;,=*+-%\\"\'<>#?/ \n', 'eq', 'or', 'null()', 'limit', '%22', '%26', 'a') }),
)
const bothQuotes = (text: string) => text.includes('"') && text.includes("'")
const wellFormed = (text: string) => !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)
const quotable = customerText.filter((text) => !bothQuotes(text) && wellFormed(text))

test('customer text is read back as one value and never changes the structure of the filter', () => {
  fc.assert(
    fc.property(quotable, quotable, (one, other) => {
      const where = [eq('external_id', one), or(eq('name', other), oneOf('status', [one, other])), noneOf('id', ['AS-1'])]
      const url = new URL('https://connect.example/public/v1/assets')
      url.search = queryString({ where, select: ['-items'], ordering: ['-created'], limit: 5 })

      const expected: readonly Term[] = [
        { kind: 'comparison', operator: 'eq', property: 'external_id', values: [one] },
        {
          kind: 'or',
          terms: [
            { kind: 'comparison', operator: 'eq', property: 'name', values: [other] },
            { kind: 'comparison', operator: 'in', property: 'status', values: [one, other] },
          ],
        },
        { kind: 'comparison', operator: 'out', property: 'id', values: ['AS-1'] },
        { kind: 'select', properties: ['-items'] },
        { kind: 'ordering', properties: ['-created'] },
        { kind: 'pair', property: 'limit', value: '5' },
      ]
      expect(readRql(url.search)).toEqual(expected)
      expect(url.hash).toBe('')
    }),
    { numRuns: 1000 },
  )
})

test('what stands beside the filter as plain pairs is the same for a server that splits at & first', () => {
  fc.assert(
    fc.property(quotable, (text) => {
      const search = queryString({ where: [eq('external_id', text)], limit: 1, offset: 2 })
      const pairs = new URLSearchParams(search)
      expect(pairs.getAll('limit')).toEqual(['1'])
      expect(pairs.getAll('offset')).toEqual(['2'])
      expect([...pairs]).toHaveLength(3)
    }),
  )
})

test('text that no quotes can hold, or that is no text at all, is refused before it is sent', () => {
  expect(() => eq('name', `Ed's 19" rack`)).toThrow(RangeError)
  expect(() => queryString({ where: [eq('name', 'half \uD83D')] })).toThrow()
})

test('ids and words stay readable, everything else is quoted', () => {
  expect(queryString({ where: [eq('asset.id', 'AS-2201-9917-0440'), oneOf('status', ['tiers_setup', 'pending'])] })).toBe(
    'eq(asset.id,AS-2201-9917-0440)&in(status,(tiers_setup,pending))',
  )
  expect(eq('name', 'null()').rql).toBe('eq(name,"null()")')
  expect(eq('name', 'null').rql).toBe('eq(name,"null")')
  expect(eq('name', '').rql).toBe('eq(name,"")')
  expect(eq('name', 'say "hi"').rql).toBe(`eq(name,'say "hi"')`)
  expect(ge('updated', instant('2026-03-02T09:00:00Z')).rql).toBe('ge(updated,2026-03-02T09:00:00.000Z)')
  expect(eq('dynamic', false).rql).toBe('eq(dynamic,false)')
  expect(and(eq('a', 1), eq('b', 2)).rql).toBe('and(eq(a,1),eq(b,2))')
})

test('a single condition needs no group, none is an error, and so is an empty list', () => {
  expect(or(eq('a', 1)).rql).toBe('eq(a,1)')
  expect(() => or()).toThrow(RangeError)
  expect(() => oneOf('id', [])).toThrow(RangeError)
})

test('properties, limits and offsets that cannot be are caller bugs', () => {
  expect(() => eq('status)', 'x')).toThrow(RangeError)
  expect(() => queryString({ ordering: ['created)&x'] })).toThrow(RangeError)
  expect(() => queryString({ limit: 1001 })).toThrow(RangeError)
  expect(() => queryString({ offset: -1 })).toThrow(RangeError)
  expect(queryString({})).toBe('')
})
