import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planId, subscriptionId } from '../../kit/ids.ts'
import { between, hours, type Instant, instant, minutes, plus } from '../../kit/time.ts'
import { hourOf, hoursLater } from '../../kit/utc-hour.ts'
import type { Phase } from './phases.ts'
import { WINDOW } from './place.ts'
import { sealAt } from './seal-at.ts'
import { isFinal, mayMove, needsDecision, slotMoves, slotStates } from './states.ts'
import { MOST_EVENTS, planSubmission, type SealedSlot } from './submission.ts'
import { settle, type Verdict, type VerdictStatus } from './verdict.ts'

const now = instant('2031-03-05T12:30:00Z')
const phaseOf = (status: Phase['status'], plan: string, from: Instant): Phase => ({
  ...{ from, status, planId: planId.parse(plan), termStart: plus(now, -hours(500)) },
})
const subscription = subscriptionId.parse('0f3a7c51-0001-4a6b-9c3d-5e7f80910001')

const slots: fc.Arbitrary<readonly SealedSlot[]> = fc.array(
  fc.record({
    subscriptionId: fc.constant(subscription),
    dimension: fc.constantFrom('calls', 'storage'),
    hour: fc.integer({ min: -30, max: 0 }).map((by) => hoursLater(hourOf(now), by)),
    notBefore: fc.option(
      fc.integer({ min: -60, max: 60 }).map((by) => plus(now, minutes(by))),
      { nil: undefined },
    ),
    status: fc.constantFrom('Subscribed', 'Suspended', 'Unsubscribed'),
    stopped: fc.boolean(),
  }),
  { maxLength: 120 },
)

test('every sealed slot goes out once, waits for a reason, or is too old; batches hold at most 25, oldest first', () => {
  fc.assert(
    fc.property(slots, (all) => {
      const { batches, expired } = planSubmission(all, now)
      const out = batches.flat()
      expect(new Set([...out, ...expired]).size).toBe(out.length + expired.length)
      for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(MOST_EVENTS)
      expect(out.map(({ hour }) => hour.getTime())).toEqual(out.map(({ hour }) => hour.getTime()).toSorted((a, b) => a - b))
      for (const slot of all.filter((one) => !out.includes(one) && !expired.includes(one))) {
        expect(slot.stopped || slot.status === 'Suspended' || (slot.notBefore && slot.notBefore > now)).toBeTruthy()
      }
      expect(expired).toEqual(all.filter(({ hour }) => between(hour, now) >= WINDOW))
    }),
  )
})

test('a product whose sending is stopped, and a suspended subscription, send nothing', () => {
  fc.assert(
    fc.property(slots, (all) => {
      const { batches } = planSubmission(all, now)
      expect(batches.flat().filter(({ stopped, status }) => stopped || status === 'Suspended')).toEqual([])
    }),
  )
})

const sentSlot = (sends = 1) => ({ hour: hoursLater(hourOf(now), -2), quantity: 500n, sends })
const verdict = (status: VerdictStatus, acceptedQuantity?: bigint): Verdict => ({
  ...{ status, rawStatus: status, usageEventId: undefined, acceptedQuantity, acceptedAt: undefined, message: undefined },
})

test.each([
  ['Accepted', 500n, { to: 'accepted' }],
  ['Accepted', undefined, { to: 'accepted' }],
  ['Accepted', 400n, { to: 'differs' }],
  ['Duplicate', 500n, { to: 'accepted' }],
  ['Duplicate', 499n, { to: 'differs' }],
  ['Duplicate', undefined, { to: 'sealed', because: 'duplicateUnread' }],
  ['Expired', undefined, { to: 'expired' }],
  ['Error', undefined, { to: 'sealed', because: 'microsoftError' }],
  ['ResourceNotActive', undefined, { to: 'sealed', because: 'notActive' }],
  ['ResourceNotAuthorized', undefined, { to: 'sealed', because: 'notAuthorized' }],
  ['ResourceNotFound', undefined, { to: 'refused', because: 'resourceNotFound' }],
  ['InvalidDimension', undefined, { to: 'refused', because: 'invalidDimension' }],
  ['InvalidQuantity', undefined, { to: 'refused', because: 'invalidQuantity' }],
  ['BadArgument', undefined, { to: 'refused', because: 'badArgument' }],
  ['Unknown', undefined, { to: 'refused', because: 'unknownStatus' }],
] as const)('Microsoft’s %s with %s of 500 taken', (status, taken, expected) => {
  expect(settle(sentSlot(), verdict(status, taken), now)).toMatchObject(expected)
})

test('only Accepted and Duplicate with our own quantity are ever counted as billed, and every settlement is a legal move', () => {
  const status = fc.constantFrom<VerdictStatus>(
    'Accepted',
    'Duplicate',
    'Expired',
    'Error',
    'ResourceNotFound',
    'ResourceNotAuthorized',
    'ResourceNotActive',
    'InvalidDimension',
    'InvalidQuantity',
    'BadArgument',
    'Unknown',
  )
  fc.assert(
    fc.property(status, fc.option(fc.bigInt(498n, 502n), { nil: undefined }), fc.integer({ min: 1, max: 99 }), (word, taken, sends) => {
      const settlement = settle(sentSlot(sends), verdict(word, taken), now)
      expect(mayMove('sent', settlement.to)).toBe(true)
      if (settlement.to === 'accepted') expect([word, taken ?? 500n]).toEqual([word === 'Duplicate' ? 'Duplicate' : 'Accepted', 500n])
      if (settlement.to === 'sealed') expect(between(now, settlement.until)).toBeGreaterThan(0)
    }),
  )
})

test('what waits is tried once more shortly before Microsoft’s window closes, and is expired after it', () => {
  const hour = hoursLater(hourOf(now), -23)
  expect(settle({ hour, quantity: 1n, sends: 9 }, verdict('Error'), now)).toMatchObject({ until: plus(hour, WINDOW - minutes(5)) })
  expect(settle({ hour: hoursLater(hour, -2), quantity: 1n, sends: 9 }, verdict('Error'), now)).toEqual({ to: 'expired' })
})

test('a state is final, waits for an operator, or goes on by itself; final ones have no way out', () => {
  for (const state of slotStates) {
    if (isFinal(state)) expect(slotMoves[state]).toEqual([])
    expect(isFinal(state) && needsDecision(state)).toBe(false)
  }
})

test('an hour is sealed after its end and the grace, five minutes after its last record, and in time for Microsoft whatever comes', () => {
  const phases = [phaseOf('Subscribed', 'basic', plus(now, -hours(500)))]
  const hour = hourOf(now)
  const early = plus(hour, minutes(1))
  expect(sealAt({ hour, lastRecordAt: early }, phases, hours(1))).toEqual(plus(hour, hours(2)))
  expect(sealAt({ hour: hoursLater(hour, -5), lastRecordAt: now }, phases, hours(1))).toEqual(plus(now, minutes(5)))
  fc.assert(
    fc.property(fc.integer({ min: -24, max: 0 }), fc.integer({ min: 0, max: 6 }), (by, grace) => {
      const slotHour = hoursLater(hour, by)
      expect(between(slotHour, sealAt({ hour: slotHour, lastRecordAt: now }, phases, hours(grace)))).toBeLessThan(WINDOW)
    }),
  )
})

test('an hour is sealed at once when its subscription was suspended, ended, or left the plan', () => {
  const before = plus(now, -hours(500))
  const hour = hourOf(now)
  const phase = (status: Phase['status'], plan: string, from = plus(hour, minutes(10))) => phaseOf(status, plan, from)
  const basic = phase('Subscribed', 'basic', before)
  for (const present of [phase('Suspended', 'basic'), phase('Unsubscribed', 'basic'), phase('Subscribed', 'premium')]) {
    expect(sealAt({ hour, lastRecordAt: now }, [basic, present], hours(6))).toEqual(hour)
  }
  expect(sealAt({ hour, lastRecordAt: now }, [basic, phase('Subscribed', 'basic')], 0)).toEqual(plus(hour, hours(1)))
})
