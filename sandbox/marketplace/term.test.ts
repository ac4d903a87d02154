import fc from 'fast-check'
import { expect, test } from 'vitest'
import { days, instant } from '../../src/kit/time.ts'
import { endOf, termFrom } from './term.ts'

const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })

test('terms are whole days in UTC, follow one another without gap or overlap, and last a month or a year', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom('P1M' as const, 'P1Y' as const), (at, unit) => {
      const first = termFrom(at, unit)
      const second = termFrom(endOf(first), unit)
      expect([first.startDate, first.endDate].map((day) => day.getTime() % days(1))).toEqual([0, 0])
      expect(second.startDate.getTime() - first.endDate.getTime()).toBe(days(1))
      const length = (endOf(first).getTime() - first.startDate.getTime()) / days(1)
      expect(unit === 'P1M' ? [28, 29, 30, 31] : [365, 366]).toContain(length)
    }),
  )
})

test('a month from its last day ends with the next month’s', () => {
  expect(termFrom(instant('2028-01-31T23:59:59Z'), 'P1M')).toEqual({ startDate: instant('2028-01-31'), endDate: instant('2028-02-28') })
  expect(termFrom(instant('2028-02-29T00:00:00Z'), 'P1Y').endDate).toEqual(instant('2029-02-27'))
})
