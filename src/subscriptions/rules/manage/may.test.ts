/** Whether an action may be done: the same words as in the README, for everything that can be so. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planId } from '../../../kit/ids.ts'
import type { OperationPolicy } from '../operations/policy.ts'
import { effectOf } from './effect.ts'
import type { ManageFacts } from './facts.ts'
import { seatLimits } from './limits.ts'
import { mayBeDone, whyNotAtAll } from './may.ts'
import { isActionReason, wordsOf } from './reasons.ts'
import { isInForce, type WantedAction } from './wanted.ts'

const PLANS = ['starter', 'professional', 'enterprise'].map((id) => planId.parse(id))
const anyPlan = fc.constantFrom(...PLANS)
const anySeats = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1_000_000, 1_000_001))
const verdict = fc.constantFrom('accept', 'refuse', 'rules', 'validate' as const)
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })

const anyPolicy: fc.Arbitrary<OperationPolicy> = fc.record({
  changePlan: verdict,
  addSeats: verdict,
  removeSeats: verdict,
  minSeats: maybe(fc.integer({ min: 1, max: 20 })),
  maxSeats: maybe(fc.integer({ min: 20, max: 50 })),
  planMoves: fc.array(fc.record({ from: anyPlan, to: anyPlan }), { maxLength: 3 }),
})

const anyFacts: fc.Arbitrary<ManageFacts> = fc.record({
  managed: fc.constantFrom(true, true, true, false),
  microsoft: maybe(
    fc.record({
      status: fc.constantFrom(
        'Subscribed',
        'Subscribed',
        'Subscribed',
        'Suspended',
        'Unsubscribed',
        'PendingFulfillmentStart',
        'Unknown' as const,
      ),
      planId: anyPlan,
      quantity: maybe(fc.integer({ min: 1, max: 40 })),
      mayUpdate: fc.constantFrom(true, true, false),
      mayDelete: fc.constantFrom(true, true, false),
    }),
  ),
  offered: fc
    .record({
      isStopSell: fc.boolean(),
      minSeats: maybe(fc.integer({ min: 1, max: 10 })),
      maxSeats: maybe(fc.integer({ min: 10, max: 60 })),
    })
    .chain((rest) => fc.subarray(PLANS).map((plans) => plans.map((one) => ({ ...rest, planId: one, name: one })))),
  mappedPlans: fc.subarray(PLANS).map((plans) => new Set(plans)),
  policy: anyPolicy,
  pending: fc.record({
    action: fc.constantFrom(false, false, true),
    microsoft: fc.constantFrom(false, false, true),
    vendor: fc.constantFrom(false, false, true),
  }),
})

const anyWanted: fc.Arbitrary<WantedAction> = fc.oneof(
  anyPlan.map((to) => ({ kind: 'changePlan' as const, planId: to })),
  fc.oneof(anySeats, fc.constantFrom(0, -3, 2.5, Number.NaN)).map((seats) => ({ kind: 'changeSeats' as const, seats })),
  fc.constant({ kind: 'cancel' as const }),
)

const forAll = (check: (wanted: WantedAction, facts: ManageFacts) => void) =>
  fc.assert(fc.property(anyWanted, anyFacts, check), { numRuns: 3_000 })
const allowed = (check: (wanted: WantedAction, facts: ManageFacts, microsoft: NonNullable<ManageFacts['microsoft']>) => void) =>
  forAll((wanted, facts) => {
    if (facts.microsoft && mayBeDone(wanted, facts).may) check(wanted, facts, facts.microsoft)
  })

test('every no has a known reason and one whole sentence', () => {
  forAll((wanted, facts) => {
    const may = mayBeDone(wanted, facts)
    if (may.may) return
    expect(isActionReason(may.reason)).toBe(true)
    expect(wordsOf(may.reason, may.facts)).toMatch(/^[A-Z].*[.]$/)
    expect(wordsOf(may.reason, may.facts)).not.toMatch(/undefined|NaN/)
  })
})

test('a change is made only to what Microsoft lets be changed, and a cancellation only to what it lets be cancelled', () => {
  allowed((wanted, _facts, { status, mayUpdate, mayDelete }) => {
    if (wanted.kind === 'cancel')
      expect([mayDelete, ['Subscribed', 'Suspended', 'PendingFulfillmentStart'].includes(status)]).toEqual([true, true])
    else expect([mayUpdate, status]).toEqual([true, 'Subscribed'])
  })
})

test('nothing is begun while an action of ours or an operation of Microsoft’s is under way, and no change while the vendor is busy', () => {
  allowed((wanted, { pending }) => {
    expect([pending.action, pending.microsoft]).toEqual([false, false])
    if (wanted.kind !== 'cancel') expect(pending.vendor).toBe(false)
  })
})

test('nothing is asked for that is there already', () => {
  allowed((wanted, _facts, microsoft) => expect(isInForce(wanted, microsoft)).toBe(false))
})

test('only a plan that Microsoft offers to this subscription and that is set up here is changed to', () => {
  allowed((wanted, { offered, mappedPlans }) => {
    if (wanted.kind !== 'changePlan') return
    expect(offered.some((plan) => plan.planId === wanted.planId && !plan.isStopSell)).toBe(true)
    expect(mappedPlans.has(wanted.planId)).toBe(true)
  })
})

test('seats stay whole, within the plan’s limits, the policy’s and Microsoft’s million', () => {
  allowed((wanted, facts, microsoft) => {
    const seats = wanted.kind === 'changeSeats' ? wanted.seats : microsoft.quantity
    if (seats === undefined || wanted.kind === 'cancel') return
    const plan = facts.offered.find((one) => one.planId === (wanted.kind === 'changePlan' ? wanted.planId : microsoft.planId))
    expect(Number.isInteger(seats) && seats >= (plan?.minSeats ?? 1) && seats <= (plan?.maxSeats ?? 1_000_000)).toBe(true)
    if (wanted.kind !== 'changeSeats') return
    const { least, most } = seatLimits(facts)
    expect(seats >= least && seats <= most).toBe(true)
  })
})

test('where the publisher limits only taking seats away, adding below that limit stays possible, and is said to be', () => {
  const policy: OperationPolicy = { changePlan: 'accept', addSeats: 'accept', removeSeats: 'rules', minSeats: 3, planMoves: [] }
  const microsoft = { status: 'Subscribed' as const, planId: planId.parse('starter'), quantity: 1, mayUpdate: true, mayDelete: true }
  expect(seatLimits({ microsoft, offered: [], policy })).toEqual({ least: 1, most: 1_000_000 })
  expect(seatLimits({ microsoft: { ...microsoft, quantity: 5 }, offered: [], policy })).toEqual({ least: 3, most: 1_000_000 })
  expect(seatLimits({ microsoft, offered: [], policy: { ...policy, addSeats: 'refuse' } })).toEqual({ least: 1, most: 1 })
})

test('what the publisher refuses when it is asked for at Microsoft is refused here too', () => {
  allowed((wanted, { policy }, microsoft) => {
    if (wanted.kind === 'changePlan') expect(policy.changePlan).not.toBe('refuse')
    if (wanted.kind !== 'changeSeats' || microsoft.quantity === undefined) return
    expect(wanted.seats > microsoft.quantity ? policy.addSeats : policy.removeSeats).not.toBe('refuse')
  })
})

test('what is refused for every plan and number is refused for each of them, with the same reason', () => {
  forAll((wanted, facts) => {
    const refused = whyNotAtAll(wanted.kind, facts)
    if (refused) expect(mayBeDone(wanted, facts)).toEqual(refused)
  })
})

test('a change from what the person did not see is refused', () => {
  allowed((wanted, facts, { planId: present, quantity }) => {
    expect(mayBeDone(wanted, facts, { planId: present, quantity }).may).toBe(true)
    expect(mayBeDone(wanted, facts, { planId: present, quantity: (quantity ?? 0) + 1 }).may).toBe(false)
  })
})

test('what will happen is said for everything that may be done', () => {
  allowed((wanted, facts, microsoft) => {
    const sentences = effectOf(wanted, microsoft, facts)
    expect(sentences.length).toBeGreaterThan(1)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[.]$/)
    if (wanted.kind === 'changeSeats') expect(sentences[0]).toContain(`to ${wanted.seats.toLocaleString('en-US')}`)
  })
})
