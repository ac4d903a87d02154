import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tenantId } from '../../../kit/ids.ts'
import { days, hours, instant, plus } from '../../../kit/time.ts'
import { nextNight } from './schedule.ts'

const tenants = fc.stringMatching(/^[a-z]{1,12}$/).map((id) => tenantId.parse(id))
const times = fc.integer({ min: 0, max: days(400) }).map((after) => plus(instant('2030-01-01T00:00:00Z'), after))

test('every tenant is reconciled once a night, at its own minute before five in the morning, UTC', () => {
  fc.assert(
    fc.property(tenants, times, (tenant, now) => {
      const next = nextNight(tenant, now)
      expect(next.getTime()).toBeGreaterThan(now.getTime())
      expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(days(1))
      expect(next.getTime() % days(1)).toBeLessThan(hours(5))
      expect(nextNight(tenant, next).getTime() - next.getTime()).toBe(days(1))
    }),
  )
})

test('many tenants do not meet in one minute', () => {
  const now = instant('2030-01-01T12:00:00Z')
  const minutesOf = Array.from({ length: 200 }, (_, n) => nextNight(tenantId.parse(`publisher-${n}`), now).getTime())
  expect(new Set(minutesOf).size).toBeGreaterThan(120)
})
