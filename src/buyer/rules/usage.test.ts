import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantityOf } from '../../kit/quantity.ts'
import { instant } from '../../kit/time.ts'
import { useOf } from '../../usage/rules/use.ts'
import { quantityText } from '../views/parts/quantity.ts'
import { usedInTerm } from './usage.ts'

const since = instant('2026-11-01T00:00:00Z')
const shown = (used: bigint, included: bigint | 'unlimited' | undefined, inPlan = true) => {
  const told = { dimension: 'events', inPlan, name: undefined, unit: undefined, lastToldAt: undefined }
  return usedInTerm({ since, dimensions: [{ ...told, ...useOf({ used, included, sealed: 0n, underWay: 0n }) }] })?.dimensions[0]
}

test('nothing is shown for a plan without dimensions, and nothing of what only another plan meters', () => {
  expect(usedInTerm(undefined)).toBeUndefined()
  expect(usedInTerm({ since, dimensions: [] })).toBeUndefined()
  expect(shown(0n, 0n, false)).toBeUndefined()
  expect(shown(1n, 0n, false)).toMatchObject({ used: 1n })
})

test('what is left and what goes beyond add up to what is included and used, to the last digit', () => {
  const quantity = fc.bigInt({ min: 0n, max: 10n ** 20n })
  fc.assert(
    fc.property(quantity, quantity, (used, included) => {
      const one = shown(used, included)
      if (included === 0n) return one?.included === 'none' && one.left === undefined
      return one?.left !== undefined && included - one.left + one.beyond === used && (one.share ?? 2) <= 1
    }),
  )
})

test('unlimited and unknown are said, not counted down', () => {
  expect(shown(5n, 'unlimited')).toMatchObject({ included: 'unlimited', left: undefined, share: undefined })
  expect(shown(5n, undefined)).toMatchObject({ included: undefined, left: undefined, share: undefined })
})

test.each([
  ['1234567.25', 'en-US', '1,234,567.25'],
  ['1234567.25', 'de-DE', '1.234.567,25'],
  ['123456789012345678.00000001', 'en-GB', '123,456,789,012,345,678.00000001'],
  ['0.5', 'fr-FR', '0,5'],
  ['7', 'ar-EG', '7'],
])('%s reads for %s as %s', (quantity, locale, text) => {
  expect(quantityText(quantityOf(quantity), { locale })).toBe(text)
})
