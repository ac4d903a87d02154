import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asset, billed, bought, NOW, ordered, partnerTenant, request } from '../../../test/helpers/buyer-records.ts'
import { type AttentionCode, attentionCatalogue } from '../../attention/rules/catalogue.ts'
import { days, instant, plus } from '../../kit/time.ts'
import type { SubscriptionRecord } from '../../subscriptions/record.ts'
import { renderFragment } from '../views/pages.tsx'
import type { BuyerStage } from './buyer-stage.ts'
import { pollPause } from './poll.ts'
import { progressOf } from './progress.ts'
import { type BuyerFacts, buyerStage } from './stage.ts'

const isAttentionCode = (code: string): code is AttentionCode => code in attentionCatalogue
const codes = Object.keys(attentionCatalogue).filter(isAttentionCode)

const anyInstant = fc.integer({ min: -90, max: 90 }).map((offset) => plus(NOW, days(offset)))
const anyRequest = fc.record({
  type: fc.constantFrom('purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment', 'unknown' as const),
  status: fc.constantFrom(
    'pending',
    'tiers_setup',
    'inquiring',
    'scheduled',
    'revoking',
    'approved',
    'failed',
    'revoked',
    'unknown' as const,
  ),
  at: anyInstant,
  link: fc.option(fc.constantFrom('https://forms.example/x', 'javascript:alert(1)', 'not a link', ''), { nil: undefined }),
})
const toRequest = ({ type, status, at, link }: typeof anyRequest extends fc.Arbitrary<infer T> ? T : never) =>
  request({ type, status, createdAt: at, updatedAt: at, plannedAt: status === 'scheduled' ? at : undefined, paramsFormUrl: link })

const anyRecord: fc.Arbitrary<SubscriptionRecord> = fc
  .record({
    status: fc.constantFrom('NotStarted', 'PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'Unknown' as const),
    isConfirmed: fc.boolean(),
    isOurs: fc.boolean(),
    assetStatus: fc.option(fc.constantFrom('processing', 'active', 'suspended', 'terminating', 'terminated', 'unknown' as const), {
      nil: undefined,
    }),
    open: fc.option(anyRequest, { nil: undefined }),
    finished: fc.option(anyRequest, { nil: undefined }),
    attention: fc.subarray(codes, { maxLength: 3 }),
    createdAt: fc.option(anyInstant, { nil: undefined }),
    isPartners: fc.boolean(),
    termStart: fc.option(anyInstant, { nil: undefined }),
  })
  .map((draw) =>
    (draw.isConfirmed ? ordered : bought)({
      record: {
        openAttention: draw.attention.map((code) => ({ code, since: NOW, facts: { secret: 'PRD-internal' }, state: 'open' as const })),
        ...(draw.isOurs ? {} : { productId: undefined }),
      },
      microsoft: {
        status: draw.status,
        createdAt: draw.createdAt,
        term: { termUnit: 'P1M', startDate: draw.termStart },
        ...(draw.isPartners ? { purchaser: { entraTenantId: partnerTenant }, allowedCustomerOperations: ['Read'] } : {}),
      },
      connect: {
        asset: draw.assetStatus && asset(draw.assetStatus),
        openRequest: draw.open && toRequest(draw.open),
        lastFinished: draw.finished && toRequest(draw.finished),
      },
    }),
  )

const anyFacts: fc.Arbitrary<BuyerFacts> = fc.record({
  formReady: fc.boolean(),
  onVendorFailure: fc.constantFrom('attention' as const, 'cancelAtMicrosoft' as const, undefined),
  visitorIsPurchaser: fc.boolean(),
})

const forAll = (check: (stage: BuyerStage, record: SubscriptionRecord, facts: BuyerFacts) => void) =>
  fc.assert(
    fc.property(anyRecord, anyFacts, (record, facts) => check(buyerStage(record, NOW, facts), record, facts)),
    { numRuns: 600 },
  )

test('every record has a stage, a pause and a progress', () => {
  forAll((stage) => {
    expect(stage.purchase.name).toBe('Projects for Fabrikam')
    expect(pollPause(stage)).toBeGreaterThan(0)
    expect(() => progressOf(stage)).not.toThrow()
  })
})

test('active is said only while Microsoft says Subscribed and the asset is active', () => {
  forAll((stage, { microsoft, connect }) => {
    expect(stage.kind === 'active').toBe(microsoft.status === 'Subscribed' && connect.asset?.status === 'active')
  })
})

test('the order is asked for only while Microsoft waits for it, nobody has confirmed, and it can be taken', () => {
  forAll((stage, record, facts) => {
    if (stage.kind !== 'order' && stage.kind !== 'partnerBought') return
    expect(record.microsoft.status).toBe('PendingFulfillmentStart')
    expect(record.confirmed).toBeUndefined()
    expect(facts.formReady).toBe(true)
  })
})

test('no page says that nobody is charged while Microsoft bills or may have billed', () => {
  const frame = { product: { name: 'Larkspur Projects', publisherName: 'Larkspur Software' }, locale: 'en-GB' }
  fc.assert(
    fc.property(anyRecord, anyFacts, (record, facts) => {
      const stage = buyerStage(record, NOW, facts)
      const { html } = renderFragment({ kind: 'subscription', path: '/portal/x', stage }, frame)
      if (['Subscribed', 'Suspended', 'Unknown'].includes(record.microsoft.status)) expect(html).not.toMatch(/not (been )?charged/)
      if (record.microsoft.status === 'Unsubscribed' && stage.purchase.term) expect(html).not.toMatch(/not (been )?charged/)
    }),
    { numRuns: 400 },
  )
})

test('no internal detail and no unsafe link reaches a stage', () => {
  forAll((stage) => {
    const text = JSON.stringify(stage)
    expect(text).not.toContain('PRD-internal')
    expect(text).not.toContain('javascript:')
  })
})

const facts: BuyerFacts = { formReady: true }
const open = (changes: Parameters<typeof request>[0]) => ({ openRequest: request(changes), asset: asset('processing') })

test.each([
  ['a new purchase', bought(), 'order'],
  ['a purchase of a partner', bought({ microsoft: { purchaser: { entraTenantId: partnerTenant } } }), 'partnerBought'],
  [
    'a plan nobody mapped',
    bought({ record: { openAttention: [{ code: 'PLAN_NOT_MAPPED', since: NOW, facts: {}, state: 'open' }] } }),
    'notReady',
  ],
  ['confirmed a moment ago', ordered(), 'waiting'],
  [
    'confirmed, refused by Connect',
    ordered({ record: { openAttention: [{ code: 'ORDER_REFUSED', since: NOW, facts: {}, state: 'open' }] } }),
    'notReady',
  ],
  ['with the vendor', ordered({ connect: open({}) }), 'waiting'],
  ['asked by the vendor', ordered({ connect: open({ status: 'inquiring' }) }), 'inquiring'],
  ['delivered, not yet activated', ordered({ connect: { asset: asset('active') } }), 'activating'],
  ['declined', ordered({ connect: { asset: asset('terminated'), lastFinished: request({ status: 'failed' }) } }), 'failed'],
  ['active', ordered({ connect: { asset: asset('active') }, microsoft: billed }), 'active'],
  ['billed, being resumed', ordered({ connect: { asset: asset('suspended') }, microsoft: billed }), 'waiting'],
  ['billed, never delivered', ordered({ microsoft: billed }), 'notReady'],
  ['unpaid', ordered({ connect: { asset: asset('active') }, microsoft: { ...billed, status: 'Suspended' } }), 'suspended'],
  ['cancelled later', ordered({ connect: { asset: asset('terminated') }, microsoft: { ...billed, status: 'Unsubscribed' } }), 'ended'],
  ['never set up', bought({ microsoft: { status: 'Unsubscribed' } }), 'lapsed'],
] as const)('%s', (_what, record, kind) => {
  expect(buyerStage(record, NOW, facts).kind).toBe(kind)
})

test('a declined order says by the policy whether it is cancelled or looked at, and never the vendor’s reason', () => {
  const record = ordered({ connect: { lastFinished: request({ status: 'failed', reason: 'secret reason' }) } })
  expect(buyerStage(record, NOW, { ...facts, onVendorFailure: 'cancelAtMicrosoft' })).toMatchObject({
    kind: 'failed',
    outcome: 'beingCancelled',
  })
  expect(buyerStage(record, NOW, { ...facts, onVendorFailure: 'attention' })).toMatchObject({ kind: 'failed', outcome: 'beingLookedAt' })
  expect(JSON.stringify(buyerStage(record, NOW, facts))).not.toContain('secret reason')
})

test('the last day to finish is 30 days after the purchase, and is not shown once it has passed', () => {
  const late = bought({ microsoft: { createdAt: instant('2026-10-01T00:00:00Z') } })
  expect(buyerStage(bought(), NOW, facts)).toMatchObject({ completeBy: instant('2026-12-22T15:02:00Z') })
  expect(buyerStage(late, NOW, facts)).toMatchObject({ kind: 'order', completeBy: undefined })
})

test('joy lasts a day', () => {
  const delivered = (at: string) =>
    ordered({
      connect: { asset: asset('active'), lastFinished: request({ status: 'approved', updatedAt: instant(at) }) },
      microsoft: billed,
    })
  expect(buyerStage(delivered('2026-11-22T10:00:00Z'), NOW, facts)).toMatchObject({ kind: 'active', isFresh: true })
  expect(buyerStage(delivered('2026-11-20T10:00:00Z'), NOW, facts)).toMatchObject({ kind: 'active', isFresh: false })
})
