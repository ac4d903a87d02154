import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestId } from '../../kit/ids.ts'
import { hours, instant, minutes, plus, seconds } from '../../kit/time.ts'
import { type Attempt, type AttemptOutcome, countAnew, countTowardNewTarget, knownBySight } from './attempts.ts'

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

test('a new target forgets everything but what may still arrive, and what a term was billed with', () => {
  const [onItsWay, tooOld] = [attempt('change:A=1', 'unknown', seconds(29)), attempt('suspend', 'intended', seconds(30))]
  const billed = attempt('billRenewal:2030-01-01', 'accepted', hours(1))
  const rest = (['accepted', 'notTaken', 'refused', 'nothingChanged'] as const).map((outcome) => attempt('resume', outcome, seconds(1)))
  expect(countTowardNewTarget([onItsWay, tooOld, billed, ...rest], now)).toEqual([onItsWay, billed])
})

test('an order whose answer was lost counts as taken once a request of its kind is seen that was not there before', () => {
  const before = requestId.parse('PR-1')
  const ours = requestId.parse('PR-2')
  const lost = { ...attempt('change:A=1', 'unknown', seconds(5)), newestBefore: before }
  const outcomeWith = (...requests: { id: typeof before; type: string }[]) => knownBySight([lost], requests)[0]?.outcome
  expect(outcomeWith({ id: ours, type: 'change' }, { id: before, type: 'purchase' })).toBe('accepted')
  expect(outcomeWith({ id: ours, type: 'adjustment' }, { id: before, type: 'change' })).toBe('unknown')
  expect(knownBySight([{ ...attempt('purchase:A=1', 'intended', 1), newestBefore: null }], [{ id: ours, type: 'purchase' }])).toMatchObject(
    [{ outcome: 'accepted' }],
  )
})
