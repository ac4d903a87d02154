import fc from 'fast-check'
import { expect, test } from 'vitest'
import { days, hours, instant, minutes, plus } from '../../kit/time.ts'
import { type AttentionActionId, attentionActions } from './actions.ts'
import { type AttentionCode, attentionCatalogue } from './catalogue.ts'
import { type Life, stateAt, whenSeen } from './life.ts'
import { causeOf } from './note.ts'

const start = instant('2030-01-01T00:00:00Z')
const present: Life = { state: 'open', cause: 'a', stateSince: start, snoozedUntil: undefined, resolution: undefined, ended: false }
const actionIds = Object.keys(attentionActions) as readonly AttentionActionId[]

const life: fc.Arbitrary<Life> = fc
  .record({
    state: fc.constantFrom('open' as const, 'acknowledged' as const, 'snoozed' as const, 'resolved' as const),
    cause: fc.constantFrom('a', 'b'),
    stateSince: fc.integer({ min: 0, max: days(2) }).map((after) => plus(start, after)),
    snooze: fc.integer({ min: 1, max: days(3) }).map((after) => plus(start, after)),
    resolution: fc.constantFrom('gone' as const, ...actionIds),
    ended: fc.boolean(),
  })
  .map(({ snooze, resolution, ...drawn }) => {
    const state = drawn.ended ? 'resolved' : drawn.state
    return {
      ...drawn,
      state,
      snoozedUntil: state === 'snoozed' || drawn.ended ? snooze : undefined,
      resolution: state === 'resolved' ? (drawn.ended ? resolution : resolution === 'gone' ? 'leave' : resolution) : undefined,
    }
  })
const when = fc.integer({ min: 0, max: days(4) }).map((after) => plus(start, after))

test('another cause is always open, whatever was done about the one before', () => {
  fc.assert(
    fc.property(life, when, (before, now) => {
      const expected = before.ended ? 'raised' : 'changed'
      expect(whenSeen(before, 'another', now)).toBe(expected)
    }),
  )
})

test('within a snooze the same cause stays out of sight, even if it went and came back; after it, it is open', () => {
  fc.assert(
    fc.property(life, when, (before, now) => {
      const until = before.snoozedUntil
      fc.pre(until !== undefined && before.resolution !== 'leave')
      const within = until !== undefined && now.getTime() < until.getTime()
      const seen = whenSeen(before, before.cause, now)
      if (!before.ended) expect(seen).toBe(within ? 'stays' : 'returned')
      if (before.ended) expect(seen).toBe(within && before.resolution === 'gone' ? 'sleepsOn' : 'raised')
      if (!before.ended) expect(stateAt(before, now)).toBe(within ? 'snoozed' : 'open')
    }),
  )
})

const resolvedBy = (resolution: AttentionActionId): Life => ({ ...present, state: 'resolved', resolution })

test('what an operator left stays left while the cause is the same, however long', () => {
  expect(whenSeen(resolvedBy('leave'), 'a', plus(start, days(300)))).toBe('stays')
  expect(whenSeen(resolvedBy('leave'), 'b', plus(start, minutes(1)))).toBe('changed')
})

test('a retry that did not help is seen at the next look; a change at Microsoft has an hour to show', () => {
  expect(whenSeen(resolvedBy('retry'), 'a', plus(start, 1))).toBe('returned')
  expect(whenSeen(resolvedBy('cancelAtMicrosoft'), 'a', plus(start, minutes(59)))).toBe('stays')
  expect(whenSeen(resolvedBy('cancelAtMicrosoft'), 'a', plus(start, hours(1)))).toBe('returned')
})

test('day 25 is another cause than day 20; other days left of the same day are not', () => {
  const note = (day: number, daysLeft: number) => ({ code: 'BUYER_NOT_CONFIRMED' as const, facts: { day, daysLeft } })
  expect(causeOf(note(25, 5))).not.toBe(causeOf(note(20, 10)))
  expect(causeOf(note(20, 9))).toBe(causeOf(note(20, 10)))
})

test('every code has a sentence, a cause and something to do, and no action twice', () => {
  for (const code of Object.keys(attentionCatalogue) as readonly AttentionCode[]) {
    const { sentence, cause, actions } = attentionCatalogue[code]
    expect(sentence).toMatch(/\.$/)
    expect(cause).toMatch(/\.$/)
    expect(actions.length).toBeGreaterThan(0)
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length)
  }
})
