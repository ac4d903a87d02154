import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minutes, seconds } from '../../kit/time.ts'
import { pauseAfterFailure } from './pause.ts'

const failures = fc.integer({ min: 1, max: 5000 })
const chance = fc.double({ min: 0, max: 1, noNaN: true })

test('a pause is between half a second and five minutes, after any number of failures', () => {
  fc.assert(
    fc.property(failures, chance, (count, luck) => {
      const pause = pauseAfterFailure(count, luck)
      expect(pause).toBeGreaterThanOrEqual(500)
      expect(pause).toBeLessThanOrEqual(minutes(5))
    }),
  )
})

test('a pause never gets shorter with more failures', () => {
  fc.assert(fc.property(failures, chance, (count, luck) => pauseAfterFailure(count, luck) <= pauseAfterFailure(count + 1, luck)))
})

test('pauses double from one second', () => {
  expect([1, 2, 3, 4, 9, 10].map((count) => pauseAfterFailure(count, 0))).toEqual([1, 2, 4, 8, 256, 300].map(seconds))
})
