import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantity, quantityToWire } from './quantity.ts'

test.each([
  ['5', 5],
  [5, 5],
  ['4.0', 4],
  ['12.5', 12.5],
  ['0', 0],
  ['unlimited', 'unlimited'],
  ['Unlimited', 'unlimited'],
  [-1, 'unlimited'],
  ['-1', 'unlimited'],
  ['-1.0', 'unlimited'],
])('%j means %j', (written, meant) => {
  expect(quantity.parse(written)).toBe(meant)
})

test.each([['-2'], [-5], ['many'], [''], [' '], [null], [undefined], [{}], [Number.NaN], [1e300], ['9007199254740993'], ['0x10'], ['1e3']])(
  '%j has no meaning and is refused',
  (written) => {
    expect(quantity.safeParse(written).success).toBe(false)
  },
)

test('what is sent is read back the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeNat(), fc.constant('unlimited' as const)), (amount) => {
      expect(quantity.parse(String(quantityToWire(amount)))).toBe(amount)
    }),
  )
  expect(() => quantityToWire(-1)).toThrow(RangeError)
  expect(() => quantityToWire(Number.POSITIVE_INFINITY)).toThrow(RangeError)
})
