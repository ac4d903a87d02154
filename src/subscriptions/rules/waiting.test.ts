import { describe, expect, test } from 'vitest'
import { assetId, itemId, offerId, planId, requestId } from '../../kit/ids.ts'
import { between, days, hours, type Instant, instant, minutes, plus, seconds } from '../../kit/time.ts'
import { type Attempt, mayHaveWorkedAt } from './attempts.ts'
import { nextStep } from './next-step.ts'
import type { ConnectSide, RequestView, SubscriptionView, TierRequestView } from './view.ts'

const start = instant('2030-01-01T00:00:00Z')
const later = (length: number): Instant => plus(start, length)
const seat = itemId.parse('SEAT')
const items = [{ itemId: seat, quantity: 5 }]
const asset = { id: assetId.parse('AS-1'), status: 'active', items } as const

const pending: SubscriptionView = {
  microsoft: {
    kind: 'seen',
    status: 'PendingFulfillmentStart',
    offerId: offerId.parse('offer'),
    planId: planId.parse('team'),
    quantity: 5,
    createdAt: start,
    termEndDate: undefined,
    mayCancel: true,
  },
  managed: true,
  plan: { items: [{ itemId: seat, kind: 'reservation' }], archived: false },
  mappedItems: [seat],
  connection: 'present',
  sendWith: 'CT-1 MP-1 TA-1',
  supportsHold: true,
  buyerConfirmed: true,
  connect: { asset: undefined, openRequest: undefined, finishedRequests: [], lastPurchase: undefined },
  notices: [],
  refusedPlans: [],
  attempts: [],
  brakes: { confirmed: true, paused: false },
  proposedAsset: undefined,
  policy: { onVendorFailure: 'attention', onVendorTermination: 'attention' },
  firstSeenAt: start,
}
const withConnect = (part: Partial<ConnectSide>): SubscriptionView => ({ ...pending, connect: { ...pending.connect, ...part } })

describe('an order that waits for the set-up of its reseller', () => {
  const waits = (status: TierRequestView['status'], type: RequestView['type'] = 'purchase'): SubscriptionView => {
    const tierRequest = { id: 'TCR-1', status, level: 1, account: 'TA-1', link: 'https://connect.example/TCR-1' }
    const openRequest = {
      id: requestId.parse('PR-1'),
      type,
      status: 'tiers_setup',
      items,
      reason: undefined,
      tierRequest,
      createdAt: start,
    } as const
    return withConnect({ asset: { ...asset, status: 'processing' }, openRequest })
  }
  const named = { tierRequest: 'TCR-1', tierLevel: 1, tierAccount: 'TA-1', link: 'https://connect.example/TCR-1' }

  test('is told at once when the vendor asks something about the reseller, and again with each day that counts', () => {
    const asked = { code: 'RESELLER_SETUP_ASKS', facts: { ...named, request: 'PR-1', tierStatus: 'inquiring' } }
    expect(nextStep(waits('inquiring'), later(seconds(1)))).toMatchObject({ kind: 'wait', for: 'vendor', attention: asked })
    expect(nextStep(waits('inquiring'), later(days(21)))).toMatchObject({ attention: { ...asked, facts: { day: 20, daysLeft: 10 } } })
  })

  test('just waits while the set-up is with the vendor, and names it when it takes long', () => {
    expect(nextStep(waits('pending'), later(hours(1)))).not.toHaveProperty('attention')
    expect(nextStep(waits('pending'), later(days(21)))).toMatchObject({ attention: { code: 'VENDOR_SLOW', facts: { ...named, day: 20 } } })
    const changing = { ...waits('pending', 'change'), microsoft: { ...pending.microsoft, status: 'Subscribed' } } as const
    expect(nextStep(changing, later(days(4)))).toMatchObject({ attention: { code: 'VENDOR_REQUEST_OLD', facts: named } })
  })
})

describe('an activation Microsoft refuses', () => {
  const refused = (part: Partial<Attempt>): SubscriptionView => ({
    ...withConnect({ asset }),
    attempts: [{ key: 'activate:team:5', count: 2, firstAt: start, lastAt: start, outcome: 'refused', messages: ['no'], ...part }],
  })

  test('is told at once when nothing else was tried before', () => {
    expect(nextStep(refused({}), later(seconds(1)))).toMatchObject({ kind: 'attention', attention: { code: 'ACTIVATION_REFUSED' } })
  })

  test('after one whose answer was lost, or that was taken, is looked at again with growing pauses, and told when it stands for an hour', () => {
    const echo = (age: number) => refused({ mayHaveWorkedAt: start, lastAt: later(Math.max(0, age - seconds(20))), count: 9 })
    for (const age of [seconds(21), minutes(10), minutes(59)]) {
      const next = nextStep(echo(age), later(age))
      expect(next).toMatchObject({ kind: 'wait', for: 'microsoft' })
      expect(next.kind === 'wait' && between(later(age), next.until)).toBeLessThanOrEqual(minutes(5))
    }
    expect(nextStep(echo(hours(1)), later(hours(1)))).toMatchObject({ attention: { code: 'ACTIVATION_REFUSED' } })
  })

  test('remembers the last try that may have worked, however often it is refused since', () => {
    const tried = (outcome: Attempt['outcome'], lastAt: Instant, mayHaveWorked?: Instant): Attempt => ({
      ...{ key: 'activate:team:5', count: 1, firstAt: start, messages: [], lastAt, outcome },
      mayHaveWorkedAt: mayHaveWorked,
    })
    for (const outcome of ['intended', 'unknown', 'accepted'] as const)
      expect(mayHaveWorkedAt(tried(outcome, later(5), start))).toEqual(later(5))
    for (const outcome of ['refused', 'notTaken'] as const) expect(mayHaveWorkedAt(tried(outcome, later(5), start))).toEqual(start)
    expect(mayHaveWorkedAt(undefined)).toBeUndefined()
  })
})

test('suspended at Microsoft with nothing in Connect is settled, and says so', () => {
  const suspended = { ...pending, microsoft: { ...pending.microsoft, status: 'Suspended' } } as const
  expect(nextStep(suspended, start)).toEqual({ kind: 'settled', final: false, note: 'There is nothing in Connect to suspend' })
})
