import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hours, instant, minutes, plus, seconds } from '../../kit/time.ts'
import { type Attempt, type AttemptOutcome, countAnew } from './attempts.ts'

const now = instant('2030-01-01T00:00:00Z')
const attempt = (key: string, outcome: AttemptOutcome, age: number): Attempt => {
  const at = plus(now, -age)
  return { key, count: 3, firstAt: at, lastAt: at, outcome, messages: [] }
}

test('a retry forgets refusals, and never what may still be on its way', () => {
  const keys = fc.constantFrom('purchase:A=1', 'change:A=1', 'resume', 'activate:team:1', 'cancelAtMicrosoft')
  const outcomes = fc.constantFrom<AttemptOutcome>('intended', 'accepted', 'unknown', 'notTaken', 'refused', 'nothingChanged')
  fc.assert(
    fc.property(keys, outcomes, fc.nat(hours(2)), (key, outcome, age) => {
      const [kept] = countAnew([attempt(key, outcome, age)], now)
      if (outcome === 'refused' || outcome === 'nothingChanged' || outcome === 'notTaken') expect(kept).toBeUndefined()
      if (outcome === 'intended' || outcome === 'unknown') expect(kept).toBeDefined()
      if (outcome === 'accepted' && age < seconds(30)) expect(kept).toBeDefined()
    }),
  )
})

test('an activation Microsoft took is not repeated because somebody asks for a retry', () => {
  const taken = attempt('activate:team:5', 'accepted', minutes(5))
  expect(countAnew([taken, attempt('change:A=5', 'accepted', minutes(5))], now)).toEqual([taken])
})
