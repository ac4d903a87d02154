import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetId, itemId, offerId, planId, requestId } from '../../kit/ids.ts'
import { days, instant, minutes, plus } from '../../kit/time.ts'
import type { Attempt, AttemptOutcome } from './attempts.ts'
import type { ItemQuantity } from './item-quantity.ts'
import { sameItems, wantedItems } from './items.ts'
import type { Next } from './next.ts'
import { nextStep } from './next-step.ts'
import { type Step, stepKey } from './steps.ts'
import type { RequestView, SubscriptionView } from './view.ts'

const start = instant('2030-01-01T00:00:00Z')
const items = ['SEAT-A', 'SEAT-B', 'METER'].map((id) => itemId.parse(id))
const plan = planId.parse('team')
const asset = assetId.parse('AS-1')

const time = fc.integer({ min: 0, max: days(40) }).map((after) => plus(start, after))
const quantities: fc.Arbitrary<readonly ItemQuantity[]> = fc.uniqueArray(
  fc.record({ itemId: fc.constantFrom(...items), quantity: fc.constantFrom<number | 'unlimited'>(0, 1, 5, 'unlimited') }),
  { selector: (item) => item.itemId },
)
const request = (statuses: readonly RequestView['status'][]): fc.Arbitrary<RequestView> =>
  fc.record({
    id: fc.constantFrom('PR-1', 'PR-2', 'PR-3').map((id) => requestId.parse(id)),
    type: fc.constantFrom<RequestView['type']>('purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment', 'unknown'),
    status: fc.constantFrom(...statuses),
    items: quantities,
    reason: fc.constantFrom(undefined, 'no capacity'),
    createdAt: time,
  })

const steps: readonly Step[] = [
  { kind: 'purchase', items: [{ itemId: itemId.parse('SEAT-A'), quantity: 5 }] },
  { kind: 'change', assetId: asset, items: [{ itemId: itemId.parse('SEAT-A'), quantity: 5 }] },
  { kind: 'activate', planId: plan, quantity: 5 },
  { kind: 'suspend', assetId: asset },
  { kind: 'resume', assetId: asset },
  { kind: 'cancel', assetId: asset, from: 'active' },
  { kind: 'cancel', assetId: asset, from: 'suspended' },
  { kind: 'cancelAtMicrosoft', because: 'vendorFailed' },
]
const attempt: fc.Arbitrary<Attempt> = fc.record({
  key: fc.constantFrom(...steps.map(stepKey)),
  count: fc.integer({ min: 1, max: 8 }),
  firstAt: time,
  lastAt: time,
  outcome: fc.constantFrom<AttemptOutcome>('intended', 'accepted', 'unknown', 'notTaken', 'refused', 'nothingChanged'),
  messages: fc.constantFrom([], ['no listing']),
})

const view: fc.Arbitrary<SubscriptionView> = fc.record({
  microsoft: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        kind: fc.constant('seen' as const),
        status: fc.constantFrom('NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'Unknown'),
        offerId: fc.constant(offerId.parse('offer')),
        planId: fc.constant(plan),
        quantity: fc.constantFrom(undefined, 1, 5),
        createdAt: fc.constantFrom(undefined, start),
        termEndDate: fc.constantFrom(undefined, plus(start, days(30))),
        mayCancel: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('unreadable' as const), reason: fc.constantFrom('forbidden', 'notFound') }) },
  ),
  managed: fc.boolean(),
  plan: fc.constantFrom(
    undefined,
    { items: [{ itemId: itemId.parse('SEAT-A'), kind: 'reservation' as const }], archived: false },
    { items: [{ itemId: itemId.parse('METER'), kind: 'payAsYouGo' as const }], archived: true },
  ),
  mappedItems: fc.constant(items),
  connection: fc.constantFrom('present', 'missingTest', 'missingProduction'),
  sendWith: fc.constantFrom('CT-1 MP-1 TA-1', 'CT-2 MP-1 TA-1'),
  supportsHold: fc.boolean(),
  buyerConfirmed: fc.boolean(),
  connect: fc.record({
    asset: fc.option(
      fc.record({
        id: fc.constant(asset),
        status: fc.constantFrom('processing', 'active', 'suspended', 'terminating', 'terminated', 'unknown'),
        items: quantities,
      }),
      { nil: undefined },
    ),
    openRequest: fc.option(request(['pending', 'tiers_setup', 'inquiring', 'scheduled', 'revoking', 'unknown']), {
      nil: undefined,
      freq: 2,
    }),
    finishedRequests: fc.array(request(['approved', 'failed', 'revoked']), { maxLength: 3 }),
    lastPurchase: fc.option(request(['approved', 'failed', 'revoked']), { nil: undefined, freq: 2 }),
  }),
  notices: fc.constant([]),
  refusedPlans: fc.constantFrom([], [], [planId.parse('gold')]),
  attempts: fc.uniqueArray(attempt, { maxLength: 3, selector: (one) => one.key }),
  brakes: fc.record({ confirmed: fc.boolean(), paused: fc.boolean() }),
  proposedAsset: fc.constantFrom(undefined, { assetId: asset, because: ['it holds the same items'] }),
  policy: fc.record({
    onVendorFailure: fc.constantFrom('attention', 'cancelAtMicrosoft'),
    onVendorTermination: fc.constantFrom('attention', 'cancelAtMicrosoft'),
  }),
  firstSeenAt: fc.constant(start),
})

const always = (claim: (view: SubscriptionView, next: Next, now: typeof start) => void) =>
  fc.assert(
    fc.property(view, time, (given, now) => claim(given, nextStep(given, now), now)),
    { numRuns: 3000 },
  )

const takenStep = (next: Next): Step | undefined => (next.kind === 'step' ? next.step : undefined)
const statusOf = (given: SubscriptionView) => (given.microsoft.kind === 'seen' ? given.microsoft.status : undefined)

describe('whatever is known of a subscription', () => {
  test('there is an answer, and a wait always ends later than now', () => {
    always((_, next, now) => {
      if (next.kind === 'wait' || next.kind === 'attention') expect(next.until.getTime()).toBeGreaterThan(now.getTime())
    })
  })

  test('while Connect does not know the asset it was matched with, nothing is sent to either side and a person is asked', () => {
    always((given, _next, now) => {
      if (!given.managed || given.microsoft.kind === 'unreadable') return
      const next = nextStep({ ...given, connect: { ...given.connect, lostAsset: asset } }, now)
      expect(next).toMatchObject({ kind: 'attention', attention: { code: 'MATCHED_ASSET_UNKNOWN', facts: { asset } } })
    })
  })

  test('nothing is sent while a request is open at the vendor, but to revoke a scheduled one after the end', () => {
    always((given, next) => {
      const step = takenStep(next)
      if (step && given.connect.openRequest) {
        expect([step.kind, given.connect.openRequest.status, statusOf(given)]).toEqual(['revoke', 'scheduled', 'Unsubscribed'])
      }
    })
  })

  test('billing starts only for a pending subscription whose asset is active with exactly the items bought', () => {
    always((given, next) => {
      if (takenStep(next)?.kind !== 'activate') return
      expect(statusOf(given)).toBe('PendingFulfillmentStart')
      expect(given.connect.asset?.status).toBe('active')
      const seats = given.microsoft.kind === 'seen' ? given.microsoft.quantity : undefined
      expect(
        sameItems(wantedItems(given.plan ?? { items: [], archived: false }, seats), given.connect.asset?.items ?? [], given.mappedItems),
      ).toBe(true)
    })
  })

  test('an order is placed only for a confirmed, pending purchase with nothing at the vendor and the right connection', () => {
    always((given, next) => {
      if (takenStep(next)?.kind !== 'purchase') return
      expect(statusOf(given)).toBe('PendingFulfillmentStart')
      expect(given.buyerConfirmed).toBe(true)
      expect(given.connection).toBe('present')
      expect(given.plan?.archived).toBe(false)
      expect(given.connect.asset).toBeUndefined()
      expect(given.connect.lastPurchase).toBeUndefined()
    })
  })

  test('after the end at Microsoft only revoke, resume-to-cancel and cancel are sent, and nothing once Connect is terminated or empty', () => {
    always((given, next) => {
      if (statusOf(given) !== 'Unsubscribed') return
      const step = takenStep(next)
      if (!step) return
      expect(['revoke', 'resume', 'cancel']).toContain(step.kind)
      if (step.kind === 'resume') expect(given.connect.asset?.status).toBe('suspended')
      expect(['terminated', undefined].includes(given.connect.asset?.status) && step.kind !== 'revoke').toBe(false)
    })
  })

  test('a subscription Microsoft does not let us read is never changed, on either side', () => {
    always((given, next) => {
      if (given.microsoft.kind === 'unreadable') expect(next.kind).toBe('attention')
    })
  })

  test('an offer that is not ours is left alone', () => {
    always((given, next) => {
      if (!given.managed && given.microsoft.kind === 'seen') expect(next).toEqual({ kind: 'settled', final: false })
    })
  })

  test('Microsoft is cancelled only by policy, only where it allows it', () => {
    always((given, next) => {
      const step = takenStep(next)
      if (step?.kind !== 'cancelAtMicrosoft') return
      expect(given.policy[step.because === 'vendorFailed' ? 'onVendorFailure' : 'onVendorTermination']).toBe('cancelAtMicrosoft')
      expect(given.microsoft.kind === 'seen' && given.microsoft.mayCancel).toBe(true)
    })
  })

  test('what the vendor ended while it goes on at Microsoft, suspended or not, is told or cancelled there, and nothing is sent to Connect', () => {
    always((given, next) => {
      const goesOn = statusOf(given) === 'Subscribed' || statusOf(given) === 'Suspended'
      if (!given.managed || !goesOn || given.connect.asset?.status !== 'terminated' || given.connect.openRequest) return
      expect(next.kind).not.toBe('settled')
      expect(['cancelAtMicrosoft', undefined]).toContain(takenStep(next)?.kind)
      const asked = given.policy.onVendorTermination === 'attention' && given.refusedPlans.length === 0
      const code = given.connect.lastPurchase?.status === 'failed' ? 'SUBSCRIBED_BEFORE_APPROVAL' : 'VENDOR_TERMINATED'
      if (asked) expect(next).toMatchObject({ kind: 'attention', attention: { code } })
    })
  })

  test('a step whose outcome is unknown is not repeated within 30 seconds', () => {
    always((given, next, now) => {
      const step = takenStep(next)
      const tried = step && given.attempts.find((one) => one.key === stepKey(step))
      if (tried && (tried.outcome === 'unknown' || tried.outcome === 'intended')) {
        expect(now.getTime() - tried.lastAt.getTime()).toBeGreaterThanOrEqual(30_000)
      }
    })
  })

  test('while an order without an answer may still arrive, nothing else is ordered', () => {
    always((given, next, now) => {
      const step = takenStep(next)
      if (!step || ['activate', 'cancelAtMicrosoft', 'billRenewal'].includes(step.kind)) return
      const inTheAir = given.attempts.filter(
        ({ key, outcome, lastAt }) =>
          !key.startsWith('activate') &&
          key !== 'cancelAtMicrosoft' &&
          (outcome === 'unknown' || outcome === 'intended') &&
          now.getTime() - lastAt.getTime() < 30_000,
      )
      expect(inTheAir).toEqual([])
    })
  })

  test('an accepted activation is not repeated within ten minutes', () => {
    always((given, next, now) => {
      const step = takenStep(next)
      if (step?.kind !== 'activate') return
      const tried = given.attempts.find((one) => one.key === stepKey(step))
      if (tried?.outcome === 'accepted') expect(now.getTime() - tried.lastAt.getTime()).toBeGreaterThanOrEqual(minutes(10))
    })
  })

  test('nothing is changed for what was sold before this bridge until the tenant’s first reconcile is confirmed', () => {
    always((given, next) => {
      if (takenStep(next)) expect(given.brakes.confirmed || given.buyerConfirmed).toBe(true)
    })
  })

  test('nothing is cancelled, suspended or revoked while the tenant’s ends are paused; everything else goes on', () => {
    always((given, next, now) => {
      const free = nextStep({ ...given, brakes: { ...given.brakes, paused: false } }, now)
      if (!given.brakes.paused || free.kind !== 'step') return
      if (['cancel', 'suspend', 'cancelAtMicrosoft', 'revoke'].includes(free.step.kind)) expect(next).toMatchObject({ for: 'operator' })
      else expect(next).toEqual(free)
    })
  })
})
