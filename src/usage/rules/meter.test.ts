import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planId } from '../../kit/ids.ts'
import { type ExactQuantity, ONE, significantDigits, sumQuantities } from '../../kit/quantity.ts'
import { instant } from '../../kit/time.ts'
import { type Included, type Meter, outstanding, remaining, seal } from './meter.ts'

const quantity = fc.oneof(fc.bigInt(0n, 50n * ONE), fc.bigInt(0n, 10n ** 22n))
const included: fc.Arbitrary<Included> = fc.oneof(quantity, fc.constant('unlimited' as const), fc.constant(0n))

const meter = (over: Partial<Meter> = {}): Meter => ({
  kind: 'term',
  planId: planId.parse('metered'),
  termStart: instant('2031-01-01T00:00:00Z'),
  included: 0n,
  consumed: 0n,
  sealed: 0n,
  ...over,
})

/** Seals one slot after the other on one meter. */
function sealAll(start: Meter, amounts: readonly ExactQuantity[], smallest = 0n) {
  let present = start
  const sent: ExactQuantity[] = []
  for (const amount of amounts) {
    const { quantity: sealed, shares } = seal([{ meter: present, quantity: amount }], smallest)
    present = shares[0]?.meter ?? present
    sent.push(sealed)
  }
  return { sent, meter: present }
}

test('what was sent and what is still outstanding is exactly what goes beyond the included quantity, however it is cut into slots', () => {
  fc.assert(
    fc.property(fc.array(quantity, { maxLength: 12 }), included, (amounts, include) => {
      const { sent, meter: after } = sealAll(meter({ included: include }), amounts)
      const beyond = include === 'unlimited' ? 0n : sumQuantities(amounts) - include
      expect(sumQuantities(sent) + outstanding(after)).toBe(beyond > 0n ? beyond : 0n)
      expect(after.consumed).toBe(sumQuantities(amounts))
    }),
  )
})

test('nothing is sent that Microsoft’s double would not hold to the last digit, and the rest is below what the digits can tell', () => {
  fc.assert(
    fc.property(fc.array(quantity, { minLength: 1, maxLength: 12 }), (amounts) => {
      const { sent, meter: after } = sealAll(meter(), amounts)
      for (const one of sent) expect(significantDigits(one)).toBeLessThanOrEqual(15)
      expect(outstanding(after) * 10n ** 14n).toBeLessThanOrEqual(sumQuantities(amounts))
    }),
  )
})

test('the order in which slots are sealed changes nothing about the sum', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 10n ** 12n), { maxLength: 8 }), fc.bigInt(0n, 10n ** 13n), (amounts, include) => {
      const start = meter({ included: include })
      const forward = sealAll(start, amounts)
      const backward = sealAll(start, amounts.toReversed())
      expect(sumQuantities(forward.sent) + outstanding(forward.meter)).toBe(sumQuantities(backward.sent) + outstanding(backward.meter))
    }),
  )
})

test('what is below the smallest amount is carried until it is reached, and then sent whole', () => {
  const { sent, meter: after } = sealAll(meter(), [3n, 3n, 3n, 3n], 10n)
  expect(sent).toEqual([0n, 0n, 0n, 12n])
  expect(outstanding(after)).toBe(0n)
})

test('the rest of a term that has ended is in the next slot, and each meter tells what of the slot was its own', () => {
  const before = meter({ consumed: 7n })
  const now = meter({ termStart: instant('2031-02-01T00:00:00Z'), included: 100n })
  const {
    quantity: sealed,
    shares,
    carried,
  } = seal(
    [
      { meter: before, quantity: 0n },
      { meter: now, quantity: 105n },
    ],
    0n,
  )
  expect(sealed).toBe(12n)
  expect(carried).toBe(0n)
  expect(shares.map((share) => [share.consumed, share.sealed])).toEqual([
    [0n, 7n],
    [105n, 5n],
  ])
})

test('an included quantity that grew takes nothing back, and unlimited is never due', () => {
  expect(outstanding(meter({ included: 100n, consumed: 50n, sealed: 50n }))).toBe(0n)
  expect(seal([{ meter: meter({ included: 'unlimited' }), quantity: 99n }], 0n).quantity).toBe(0n)
})

test('what is left of the included quantity is told, and is never negative', () => {
  fc.assert(
    fc.property(quantity, quantity, (include, consumed) => {
      const left = remaining(meter({ included: include, consumed }))
      expect(left).toBe(include > consumed ? include - consumed : 0n)
    }),
  )
  expect(remaining(meter({ included: 'unlimited' }))).toBe('unlimited')
})
