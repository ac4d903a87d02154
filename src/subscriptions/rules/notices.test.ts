import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetId, itemId, offerId, operationId, planId } from '../../kit/ids.ts'
import { between, days, hours, instant, minutes, plus } from '../../kit/time.ts'
import { nextStep } from './next-step.ts'
import type { NoticeAction, NoticeView, OperationState } from './notice.ts'
import { explanationOf, nextNoticeLook } from './notices.ts'
import type { SubscriptionView } from './view.ts'

const start = instant('2030-01-01T00:00:00Z')
const [silver, gold, platinum] = ['silver', 'gold', 'platinum'].map((id) => planId.parse(id))
const seat = itemId.parse('SEAT')
const termEnd = plus(start, days(30))

const planIds = fc.constantFrom(undefined, silver, gold, platinum)
const seats = fc.constantFrom(undefined, 5, 6)
const age = fc.oneof(fc.integer({ min: 0, max: minutes(11) }), fc.integer({ min: 0, max: days(40) }))

const actions: readonly NoticeAction[] = [
  'ChangePlan',
  'ChangeQuantity',
  'Renew',
  'Suspend',
  'Unsubscribe',
  'Reinstate',
  'Subscribe',
  'Unknown',
]
const states: readonly OperationState[] = ['NotStarted', 'InProgress', 'Succeeded', 'Failed', 'Conflict', 'Unknown', 'notFound', 'unread']

const notice: fc.Arbitrary<NoticeView> = fc.record({
  id: fc.uuid(),
  action: fc.constantFrom(...actions),
  operationId: fc.constantFrom(undefined, operationId.parse('74dfb4db-c193-4891-827d-eb05fbdc64b0')),
  target: fc.record({ planId: planIds, quantity: seats }),
  before: fc.option(fc.record({ planId: planIds, quantity: seats, termEndDate: fc.constantFrom(undefined, termEnd) }), { nil: undefined }),
  receivedAt: age.map((after) => plus(start, after)),
  overtaken: fc.boolean(),
  operation: fc.constantFrom(...states),
})

const view: fc.Arbitrary<SubscriptionView> = fc.record({
  microsoft: fc.record({
    kind: fc.constant('seen' as const),
    status: fc.constantFrom('NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'Unknown'),
    offerId: fc.constant(offerId.parse('offer')),
    planId: fc.constantFrom(silver, gold).map((id) => planId.parse(id)),
    quantity: fc.constantFrom(5, 6),
    createdAt: fc.constant(start),
    termEndDate: fc.constantFrom(undefined, termEnd, plus(termEnd, days(31))),
    mayCancel: fc.boolean(),
  }),
  managed: fc.boolean(),
  plan: fc.constant({ items: [{ itemId: seat, kind: 'reservation' as const }], archived: false }),
  mappedItems: fc.constant([seat]),
  connection: fc.constant('present' as const),
  sendWith: fc.constant(''),
  supportsHold: fc.boolean(),
  brakes: fc.constant({ confirmed: true, paused: false }),
  proposedAsset: fc.constant(undefined),
  buyerConfirmed: fc.boolean(),
  connect: fc.record({
    asset: fc.constantFrom(
      undefined,
      { id: assetId.parse('AS-1'), status: 'active' as const, items: [{ itemId: seat, quantity: 5 }] },
      { id: assetId.parse('AS-1'), status: 'terminated' as const, items: [] },
    ),
    openRequest: fc.constant(undefined),
    finishedRequests: fc.constant([]),
    lastPurchase: fc.constant(undefined),
  }),
  notices: fc.array(notice, { maxLength: 3 }),
  refusedPlans: fc.constantFrom([], [planId.parse('platinum')]),
  attempts: fc.constant([]),
  policy: fc.constant({ onVendorFailure: 'attention' as const, onVendorTermination: 'attention' as const }),
  firstSeenAt: fc.constant(start),
})

const now = plus(start, days(40))
const openOf = (given: SubscriptionView) => given.notices.filter((one) => explanationOf(one, given, now) === undefined)
const always = (claim: (given: SubscriptionView) => void) => fc.assert(fc.property(view, claim), { numRuns: 2000 })

describe('while a notice has no visible effect', () => {
  test('nothing is settled, and there is another look within five minutes', () => {
    always((given) => {
      if (!given.managed || openOf(given).length === 0) return
      const next = nextStep(given, now)
      expect(next.kind).not.toBe('settled')
      if (next.kind === 'step' || next.kind === 'settled') return
      expect(between(now, next.until)).toBeGreaterThan(0)
      expect(between(now, next.until)).toBeLessThanOrEqual(minutes(5))
    })
  })

  test('nothing is done in its first ten minutes, and what was due before it is done after them', () => {
    always((given) => {
      const open = openOf(given)
      if (!given.managed || open.length === 0) return
      const isFresh = open.some((one) => between(one.receivedAt, now) < minutes(10))
      const without = nextStep({ ...given, notices: [] }, now)
      if (isFresh) expect(nextStep(given, now).kind).not.toBe('step')
      else if (without.kind === 'step') expect(nextStep(given, now)).toEqual(without)
    })
  })

  test('a person is told after a day, not earlier, unless something else needs attention or a step is due', () => {
    always((given) => {
      const open = openOf(given)
      if (!given.managed || open.length === 0) return
      const next = nextStep(given, now)
      const isOld = open.some((one) => between(one.receivedAt, now) >= hours(24))
      const told = next.kind === 'attention' && next.attention.code === 'NOTICE_WITHOUT_EFFECT'
      if (!isOld) expect(told).toBe(false)
      else expect(told || next.kind === 'step' || next.kind === 'attention').toBe(true)
    })
  })
})

describe('notices that are explained', () => {
  test('change nothing: the decision is that without them', () => {
    always((given) => {
      if (openOf(given).length === 0) expect(nextStep(given, now)).toEqual(nextStep({ ...given, notices: [] }, now))
    })
  })

  test('are all of them once the subscription has ended, the offer is not ours, or thirty days have passed', () => {
    always((given) => {
      const ended = given.microsoft.kind === 'seen' && given.microsoft.status === 'Unsubscribed'
      for (const one of openOf(given)) {
        expect(ended || !given.managed || one.overtaken).toBe(false)
        expect(between(one.receivedAt, now)).toBeLessThan(days(30))
      }
    })
  })
})

test('the looks after a notice are 0.2, 0.5, 1, 2, 5 and 30 s apart, then every five minutes', () => {
  const pauses: number[] = []
  for (let at = start; pauses.length < 8; ) {
    const look = nextNoticeLook(start, at)
    pauses.push(between(at, look))
    at = look
  }
  expect(pauses).toEqual([200, 500, 1_000, 2_000, 5_000, 30_000, 300_000, 300_000])
})

describe('a notice is explained', () => {
  const seen = (more: object = {}): Pick<SubscriptionView, 'microsoft' | 'managed'> => ({
    managed: true,
    microsoft: {
      kind: 'seen',
      status: 'Subscribed',
      offerId: offerId.parse('offer'),
      planId: planId.parse('gold'),
      quantity: 5,
      createdAt: start,
      termEndDate: termEnd,
      mayCancel: true,
      ...more,
    },
  })
  const of = (more: Partial<NoticeView>): NoticeView => ({
    id: 'n',
    action: 'ChangePlan',
    operationId: undefined,
    target: { planId: gold, quantity: 5 },
    before: { planId: silver, quantity: 5, termEndDate: termEnd },
    receivedAt: start,
    overtaken: false,
    operation: 'InProgress',
    ...more,
  })
  const target = { planId: platinum, quantity: 9 }

  test.each<readonly [string, Partial<NoticeView>, object, string | undefined]>([
    ['the wanted plan is there', {}, {}, 'visible'],
    ['the plan is still the old one', {}, { planId: silver }, undefined],
    ['still the old one, though it succeeded', { operation: 'Succeeded' }, { planId: silver }, undefined],
    ['it succeeded, and a third plan is there', { operation: 'Succeeded', target }, {}, 'overtaken'],
    ['it was refused', { operation: 'Failed', target }, { planId: silver }, 'notCarriedOut'],
    ['the wanted seats are there', { action: 'ChangeQuantity' }, {}, 'visible'],
    ['the seats are not there', { action: 'ChangeQuantity', target }, {}, undefined],
    [
      'no target was told, and it is through',
      { target: { planId: undefined, quantity: undefined }, operation: 'Succeeded' },
      {},
      'informed',
    ],
    ['suspended', { action: 'Suspend' }, { status: 'Suspended' }, 'visible'],
    ['not suspended', { action: 'Suspend' }, {}, undefined],
    ['reinstated', { action: 'Reinstate' }, {}, 'visible'],
    ['not reinstated', { action: 'Reinstate' }, { status: 'Suspended' }, undefined],
    ['the term is longer', { action: 'Renew' }, { termEndDate: plus(termEnd, days(31)) }, 'visible'],
    ['the term is the old one', { action: 'Renew' }, {}, undefined],
    ['no term was told', { action: 'Renew', before: undefined }, {}, 'informed'],
    ['it ended', { action: 'Unsubscribe' }, { status: 'Unsubscribed' }, 'visible'],
    ['it has not ended', { action: 'Unsubscribe' }, {}, undefined],
    ['whatever Subscribe means', { action: 'Subscribe' }, { status: 'PendingFulfillmentStart' }, 'informed'],
    ['nobody knows the action', { action: 'Unknown' }, {}, 'informed'],
    ['something later is known', { action: 'Suspend', overtaken: true }, {}, 'overtaken'],
  ])('when %s', (_, one, microsoft, expected) => {
    expect(explanationOf(of(one), seen(microsoft), plus(start, minutes(1)))).toBe(expected)
  })
})
