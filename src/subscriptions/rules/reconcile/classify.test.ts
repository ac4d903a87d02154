import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetId, itemId, offerId, planId, productId, requestId, subscriptionId } from '../../../kit/ids.ts'
import { days, instant, plus } from '../../../kit/time.ts'
import { classify, STANDINGS } from './classify.ts'
import { FIELDS } from './differences.ts'
import { forecastOf } from './forecast.ts'
import type { Coverage, KnownSubscription, ListedAsset, ListedSubscription, Subject, SubjectSetup } from './subject.ts'

const start = instant('2030-01-01T00:00:00Z')
const product = productId.parse('PRD-1')
const [seat, pro, meter] = ['SEAT', 'PRO', 'METER'].map((id) => itemId.parse(id)) as [ReturnType<typeof itemId.parse>, never, never]
const team = planId.parse('team')
const setup: SubjectSetup = {
  productId: product,
  plans: new Map([
    [team, { items: [{ itemId: seat, kind: 'reservation' }], archived: false }],
    [planId.parse('pro'), { items: [{ itemId: pro, kind: 'reservation' }], archived: false }],
    [planId.parse('metered'), { items: [{ itemId: meter, kind: 'payAsYouGo' }], archived: false }],
  ]),
  mappedItems: [seat, pro, meter],
  supportsHold: true,
  connections: { production: 'CT-1', test: undefined },
  policy: { onVendorFailure: 'attention', onVendorTermination: 'attention' },
}

const statuses = fc.constantFrom<ListedSubscription['status']>(
  ...(['NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'Unknown'] as const),
)
const plans = fc.constantFrom('team', 'pro', 'metered', 'gold').map((id) => planId.parse(id))
const quantities = fc.constantFrom(undefined, 1, 5)
const environments = fc.constantFrom<'production' | 'test'>('production', 'test')

const listed: fc.Arbitrary<ListedSubscription> = fc.record({
  ...{ status: statuses, planId: plans, quantity: quantities, environment: environments, mayCancel: fc.boolean() },
  offerId: fc.constant(offerId.parse('offer')),
  createdAt: fc.constant(start),
  termEndDate: fc.constant(undefined),
})
const asset: fc.Arbitrary<ListedAsset> = fc.record({
  id: fc.constant(assetId.parse('AS-1')),
  productId: fc.constantFrom(product, product, productId.parse('PRD-2')),
  environment: fc.option(environments, { nil: undefined }),
  status: fc.constantFrom('processing', 'active', 'suspended', 'terminating', 'terminated', 'unknown'),
  items: fc.uniqueArray(
    fc.record({ itemId: fc.constantFrom(seat, pro, meter), quantity: fc.constantFrom<number | 'unlimited'>(0, 1, 5, 'unlimited') }),
    { selector: (one) => one.itemId },
  ),
  openRequest: fc.option(
    fc.record({
      id: fc.constant(requestId.parse('PR-1')),
      type: fc.constantFrom('purchase', 'change', 'cancel', 'suspend'),
      status: fc.constantFrom('pending', 'inquiring', 'scheduled'),
    }),
    { nil: undefined, freq: 2 },
  ),
  isNew: fc.boolean(),
  isSecond: fc.boolean(),
})
const record: fc.Arbitrary<KnownSubscription> = fc.record({
  ...{ status: statuses, planId: plans, quantity: quantities, managed: fc.boolean(), buyerConfirmed: fc.boolean(), isNew: fc.boolean() },
  attempts: fc.constant([]),
  next: fc.option(
    fc.record({
      kind: fc.constantFrom('step', 'wait', 'settled', 'attention'),
      waitsFor: fc.constantFrom(undefined, 'vendor', 'operator'),
      note: fc.constantFrom(undefined, 'ASSET_MISSING'),
    }),
    { nil: undefined },
  ),
  firstSeenAt: fc.constant(start),
})
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })
const subject: fc.Arbitrary<Subject> = fc
  .record({
    subscriptionId: fc.constant(subscriptionId.parse('11111111-2222-4333-8444-555555555555')),
    ...{ microsoft: optional(listed), asset: optional(asset), record: optional(record), setup: optional(fc.constant(setup)) },
  })
  .filter((one) => Boolean(one.microsoft ?? one.asset ?? one.record))
const coverage: fc.Arbitrary<Coverage> = fc.record({ microsoft: fc.boolean(), connect: fc.boolean() })

const always = (claim: (given: Subject, judgment: ReturnType<typeof classify>, read: Coverage) => void) =>
  fc.assert(
    fc.property(subject, coverage, (given, read) => claim(given, classify(given, read), read)),
    { numRuns: 3000 },
  )

describe('whatever the lists and our records say', () => {
  test('there is one answer, and every difference has a name and at least one value', () => {
    always((_, { standing, differences }) => {
      expect(STANDINGS).toContain(standing)
      for (const { field, ...values } of differences) {
        expect(FIELDS).toContain(field)
        expect(Object.values(values).length).toBeGreaterThanOrEqual(2)
        expect(new Set(Object.values(values)).size).toBeGreaterThan(1)
      }
    })
  })

  test('what was not read is not reported as missing', () => {
    always((given, { standing }, read) => {
      if (standing === 'onlyAtMicrosoft') expect(read.connect).toBe(true)
      if (standing === 'onlyOurs') expect(read.microsoft).toBe(true)
      if (standing === 'onlyAtConnect' && !given.asset?.isSecond) expect(read.microsoft).toBe(true)
    })
  })

  test('in step means that nothing differs, and a difference is never silent', () => {
    always((_, { standing, differences }) => {
      if (standing === 'inStep' || standing === 'unmanaged' || standing === 'notRead') expect(differences).toEqual([])
      if (standing === 'differs' || standing === 'onlyAtMicrosoft' || standing === 'onlyOurs') expect(differences).not.toEqual([])
    })
  })

  test('an offer that is not ours is listed and left alone', () => {
    always((given, { standing }) => {
      if (given.microsoft && !given.setup) {
        expect(standing).toBe('unmanaged')
        expect(forecastOf(given, { confirmed: true, paused: false }, start)).toEqual({ will: 'nothing' })
      }
    })
  })

  test('with nobody’s confirmation no step is foretold for what was not ordered on our pages', () => {
    always((given) => {
      const forecast = forecastOf(given, { confirmed: false, paused: false }, plus(start, days(1)))
      if (!given.record?.buyerConfirmed) expect(forecast.will).not.toBe('step')
    })
  })
})

describe('an active subscription', () => {
  const microsoft: ListedSubscription = {
    ...{ status: 'Subscribed', planId: team, quantity: 5, environment: 'production', mayCancel: true },
    offerId: offerId.parse('offer'),
    createdAt: start,
    termEndDate: undefined,
  }
  const held = (quantity: number, of = seat): ListedAsset => ({
    ...{ id: assetId.parse('AS-1'), productId: product, environment: 'production', status: 'active', openRequest: undefined },
    ...{ isNew: false, isSecond: false, items: [{ itemId: of, quantity }] },
  })
  const of = (more: Partial<Subject>): Subject => ({
    ...{ subscriptionId: undefined, microsoft, asset: held(5), record: undefined, setup },
    ...more,
  })
  const everything = { microsoft: true, connect: true }
  const judge = (more: Partial<Subject>) => classify(of(more), everything)

  test.each([
    ['the same items', { asset: held(5) }, 'inStep', []],
    ['other seats', { asset: held(3) }, 'differs', [{ field: 'seats', microsoft: '5', connect: '3' }]],
    ['another plan', { asset: held(5, pro) }, 'differs', [{ field: 'plan', microsoft: 'team', connect: 'pro' }]],
    [
      'the test connection',
      { asset: { ...held(5), environment: 'test' as const } },
      'differs',
      [{ field: 'environment', microsoft: 'production', connect: 'test' }],
    ],
    [
      'a suspended asset',
      { asset: { ...held(5), status: 'suspended' as const } },
      'differs',
      [{ field: 'status', microsoft: 'Subscribed', connect: 'suspended' }],
    ],
    ['no asset', { asset: undefined }, 'onlyAtMicrosoft', [{ field: 'status', microsoft: 'Subscribed', connect: 'no asset' }]],
  ])('with %s', (_, more, standing, differences) => {
    expect(judge(more)).toEqual({ standing, differences })
  })

  test('with a request open at the vendor only waits, and says in what it still differs', () => {
    const openRequest = { id: requestId.parse('PR-1'), type: 'change', status: 'pending' } as const
    expect(judge({ asset: { ...held(3), openRequest } })).toMatchObject({ standing: 'waiting', differences: [{ field: 'seats' }] })
  })

  test('with other seats is told what will be done: the vendor is asked to change, once the tenant is confirmed', () => {
    expect(forecastOf(of({ asset: held(3) }), { confirmed: true, paused: false }, start)).toEqual({ will: 'step', step: 'change' })
    expect(forecastOf(of({ asset: held(3) }), { confirmed: false, paused: false }, start)).toEqual({ will: 'wait', for: 'operator' })
  })
})
