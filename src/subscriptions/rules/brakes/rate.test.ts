import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hours, instant, minutes, plus } from '../../../kit/time.ts'
import { type BrakeState, brakeLimit, countedFrom, mayEndOneMore } from './rate.ts'

const now = instant('2030-01-01T12:00:00Z')
const moment = fc.integer({ min: -hours(5), max: hours(5) }).map((by) => plus(now, by))
const state: fc.Arbitrary<BrakeState> = fc.record({
  pausedSince: fc.option(moment, { nil: undefined }),
  releasedUntil: fc.option(moment, { nil: undefined }),
})
const running: BrakeState = { pausedSince: undefined, releasedUntil: undefined }
const counts = (others: number, subscriptions: number, isRepeat = false) => ({ others, isRepeat, subscriptions })

describe('the brake on cancels and suspends', () => {
  test('lets five an hour pass, or 5 % of the tenant’s subscriptions where that is more', () => {
    expect([0, 100, 119, 120, 400, 10_000].map(brakeLimit)).toEqual([5, 5, 5, 6, 20, 500])
    for (const [total, limit] of [
      [3, 5],
      [400, 20],
    ] as const) {
      expect(mayEndOneMore(running, counts(limit - 1, total), now)).toBe(true)
      expect(mayEndOneMore(running, counts(limit, total), now)).toBe(false)
    }
  })

  test('once caught stays on, however few there are, until an operator releases it', () => {
    fc.assert(
      fc.property(state, fc.nat(30), fc.nat(1000), (given, others, total) => {
        if (!given.pausedSince || (given.releasedUntil && given.releasedUntil.getTime() > now.getTime())) return
        expect(mayEndOneMore(given, counts(others, total), now)).toBe(false)
      }),
    )
  })

  test('lets a step be finished that was begun, and everything pass while it is released', () => {
    expect(mayEndOneMore({ ...running, pausedSince: now }, counts(99, 10, true), now)).toBe(true)
    expect(mayEndOneMore({ pausedSince: now, releasedUntil: plus(now, 1) }, counts(99, 10), now)).toBe(true)
  })

  test('counts the last hour, and nothing of the time it was released', () => {
    fc.assert(
      fc.property(state, (given) => {
        const from = countedFrom(given, now).getTime()
        expect(from).toBeGreaterThanOrEqual(now.getTime() - hours(1))
        if (given.releasedUntil) expect(from).toBeGreaterThanOrEqual(given.releasedUntil.getTime())
      }),
    )
    expect(countedFrom({ ...running, releasedUntil: plus(now, -minutes(10)) }, now)).toEqual(plus(now, -minutes(10)))
  })
})
