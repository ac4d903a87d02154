import fc from 'fast-check'
import { expect, test } from 'vitest'
import { days, hours, instant, type Milliseconds, minutes, plus, seconds } from '../../../kit/time.ts'
import { type WatchMood, watchPause } from './pace.ts'

const now = instant('2026-03-02T09:00:00Z')
const ago = (age: Milliseconds) => plus(now, -age)
const mood: WatchMood = { waitingSince: undefined, changedAt: undefined, pokedAt: undefined }
const age = fc.option(
  fc.integer({ min: -hours(1), max: days(40) }).map((by) => ago(by)),
  { nil: undefined },
)

test('Connect is read every second while a new order waits, and every two minutes when nobody does', () => {
  expect(watchPause({ ...mood, waitingSince: ago(seconds(30)) }, now)).toBe(seconds(1))
  expect(watchPause({ ...mood, waitingSince: ago(minutes(20)) }, now)).toBe(seconds(5))
  expect(watchPause({ ...mood, changedAt: ago(seconds(30)) }, now)).toBe(seconds(1))
  expect(watchPause(mood, now)).toBe(minutes(2))
})

test('a webhook that is heard slows the reading down, but not the first minute, and never stops it', () => {
  expect(watchPause({ ...mood, waitingSince: ago(minutes(20)), pokedAt: ago(minutes(2)) }, now)).toBe(seconds(30))
  expect(watchPause({ ...mood, waitingSince: ago(seconds(20)), pokedAt: ago(minutes(2)) }, now)).toBe(seconds(1))
})

test('the pause is never below a second nor above two minutes, whatever the clocks say', () => {
  fc.assert(
    fc.property(age, age, age, (waitingSince, changedAt, pokedAt) => {
      const pause = watchPause({ waitingSince, changedAt, pokedAt }, now)
      expect(pause).toBeGreaterThanOrEqual(seconds(1))
      expect(pause).toBeLessThanOrEqual(minutes(2))
    }),
  )
})
