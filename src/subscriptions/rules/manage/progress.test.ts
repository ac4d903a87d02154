/** How an action goes on: for everything that can be so. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { operationId, planId } from '../../../kit/ids.ts'
import { days, hours, type Instant, instant, type Milliseconds, minutes, plus, seconds } from '../../../kit/time.ts'
import { no } from './facts.ts'
import { type ActionProgress, nextOfAction } from './progress.ts'

const NOW = instant('2026-11-24T12:00:00Z')
const ID = operationId.parse('0f0e0d0c-0b0a-4908-8706-050403020100')
const plan = planId.parse('professional')
const ago = (length: Milliseconds): Instant => plus(NOW, -length)

const anyAge = fc.oneof(
  fc.integer({ min: 0, max: minutes(3) }),
  fc.integer({ min: 0, max: hours(2) }),
  fc.integer({ min: 0, max: days(2) }),
)
const anyProgress: fc.Arbitrary<ActionProgress> = fc
  .record({
    age: anyAge,
    sending: fc.option(
      fc.record({
        count: fc.integer({ min: 1, max: 5 }),
        age: anyAge,
        outcome: fc.constantFrom('intended', 'accepted', 'unknown', 'locked', 'notTaken', 'refused', 'forbidden' as const),
      }),
      { nil: undefined },
    ),
    microsoft: fc.option(
      fc.record({
        status: fc.constantFrom('Subscribed', 'Subscribed', 'Suspended', 'Unsubscribed' as const),
        quantity: fc.constantFrom(5, 6, 8),
      }),
      { nil: undefined },
    ),
    operation: fc.constantFrom('InProgress', 'Succeeded', 'Failed', 'Conflict', 'Unknown', 'notFound', 'unread', undefined),
    found: fc.constantFrom(undefined, undefined, ID),
    may: fc.constantFrom({ may: true } as const, no('OPERATION_PENDING'), no('CHANGED_MEANWHILE'), no('SUSPENDED')),
  })
  .map(({ age, sending, microsoft, ...rest }) => ({
    ...rest,
    wanted: { kind: 'changeSeats', seats: 8 },
    askedAt: ago(Math.max(age, sending?.age ?? 0)),
    sending: sending && { count: sending.count, lastAt: ago(sending.age), outcome: sending.outcome },
    microsoft: microsoft && { ...microsoft, planId: plan },
  }))

const forAll = (check: (progress: ActionProgress, next: ReturnType<typeof nextOfAction>) => void) =>
  fc.assert(
    fc.property(anyProgress, (progress) => check(progress, nextOfAction(progress, NOW))),
    { numRuns: 5_000 },
  )
const inForce = ({ microsoft }: ActionProgress) => microsoft?.quantity === 8

test('whatever is known, there is an answer, and a wait ends later than now', () => {
  forAll((_progress, next) => {
    if (next.kind === 'wait') expect(next.until.getTime()).toBeGreaterThan(NOW.getTime())
  })
})

test('Microsoft is asked only while the change may be made and is not there', () => {
  forAll((progress, next) => {
    if (next.kind === 'send')
      expect([progress.may.may, inForce(progress), progress.microsoft?.status === 'Unsubscribed']).toEqual([true, false, false])
  })
})

test('what Microsoft has taken is never asked for again', () => {
  forAll(({ sending }, next) => {
    if (sending?.outcome === 'accepted' || sending?.outcome === 'forbidden' || sending?.outcome === 'refused')
      expect(next.kind).not.toBe('send')
  })
})

test('a call whose outcome is unknown is looked for two minutes before it is repeated, and not where its operation is seen', () => {
  forAll(({ sending, found }, next) => {
    if (!sending || (sending.outcome !== 'intended' && sending.outcome !== 'unknown') || next.kind !== 'send') return
    expect(sending.lastAt.getTime()).toBeLessThanOrEqual(ago(minutes(2)).getTime())
    expect([found, sending.count < 3]).toEqual([undefined, true])
  })
})

test('it is done only when Microsoft shows it, or said a day ago that it succeeded', () => {
  forAll((progress, next) => {
    if (next.kind !== 'end' || next.as !== 'done') return
    expect(inForce(progress) || progress.operation === 'Succeeded').toBe(true)
  })
})

test('“nothing was changed” is not said of a call that may have been taken', () => {
  forAll((progress, next) => {
    const { sending, microsoft } = progress
    if (next.kind !== 'end' || next.as !== 'refused' || microsoft?.status === 'Unsubscribed') return
    expect(['accepted', 'intended', 'unknown']).not.toContain(sending?.outcome)
  })
})

test('nothing goes on for ever: everything has an end after a day', () => {
  forAll((progress, next) => {
    const age = NOW.getTime() - (progress.sending?.lastAt ?? progress.askedAt).getTime()
    if (age >= days(1) && !progress.found) expect(next.kind).toBe('end')
  })
})

test('what could not be begun within an hour is not begun', () => {
  forAll(({ sending, askedAt }, next) => {
    if (next.kind === 'send' && !sending) expect(NOW.getTime() - askedAt.getTime()).toBeLessThan(hours(1))
  })
})

test('an operation that failed is told as failed, one that succeeded is waited for until it shows', () => {
  const sent = { wanted: { kind: 'changeSeats', seats: 8 }, askedAt: ago(seconds(30)), found: undefined, may: { may: true } } as const
  const progress = {
    ...sent,
    sending: { count: 1, lastAt: ago(seconds(29)), outcome: 'accepted' },
    microsoft: { status: 'Subscribed', planId: plan, quantity: 5 },
  } as const
  expect(nextOfAction({ ...progress, operation: 'Failed' }, NOW)).toMatchObject({ kind: 'end', as: 'failed', reason: 'MICROSOFT_FAILED' })
  expect(nextOfAction({ ...progress, operation: 'Succeeded' }, NOW).kind).toBe('wait')
})
