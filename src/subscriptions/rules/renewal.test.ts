import fc from 'fast-check'
import { expect, test } from 'vitest'
import { days, type Instant, instant, plus } from '../../kit/time.ts'
import { billingPeriod, type Renewal, renewalSeen } from './renewal.ts'

const start = instant('2026-03-01T00:00:00Z')
const termAt = (month: number) => ({ startDate: plus(start, days(30 * month)), endDate: plus(start, days(30 * month + 29)) })

test('each term is told once, whatever is read in between, and the first one never', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), (seen) => {
      let known: Renewal | undefined
      let before: { startDate?: Instant; endDate?: Instant } = {}
      const told: number[] = []
      for (const month of [0, ...seen]) {
        // no term is before the first one
        const now = termAt(month)
        const next = renewalSeen(known, before, now)
        if (next && next !== known) told.push(next.from.getTime())
        known = next
        before = now
      }
      expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b))
      expect(told).not.toContain(termAt(0).startDate.getTime())
    }),
  )
})

test('a term whose start is not told begins the day after the last one', () => {
  const seen = renewalSeen(undefined, { endDate: instant('2026-03-30T00:00:00Z') }, { endDate: instant('2026-04-29T00:00:00Z') })
  expect(seen).toEqual({ from: instant('2026-03-31T00:00:00Z'), to: instant('2026-04-30T00:00:00Z') })
})

test.each([
  ['P1M', { delta: 1, unit: 'monthly' }],
  ['P3M', { delta: 3, unit: 'monthly' }],
  ['P1Y', { delta: 1, unit: 'yearly' }],
  ['P3Y', { delta: 1, unit: 'years_3' }],
  ['P7Y', undefined],
  ['P0M', undefined],
  ['a year', undefined],
  [undefined, undefined],
])('a term of %s is %o to Connect', (termUnit, period) => {
  expect(billingPeriod(termUnit)).toEqual(period)
})
