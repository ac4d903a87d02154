/** Every page of the shop front with sample data: drawn by `scripts/gallery.tsx`, judged by `test/browser/gallery.test.ts`. */

import { buildForm, readForm, refuseForm } from '../../src/buyer/form/index.ts'
import type { AskedChange } from '../../src/buyer/rules/change.ts'
import type { ManageView } from '../../src/buyer/rules/manage.ts'
import { type BuyerFacts, buyerStage } from '../../src/buyer/rules/stage.ts'
import { type UsedDimension, type UsedInTerm, usedInTerm } from '../../src/buyer/rules/usage.ts'
import type { BuyerPage, PageFrame, ProductFace } from '../../src/buyer/views/page.ts'
import { renderPage } from '../../src/buyer/views/pages.tsx'
import { planId } from '../../src/kit/ids.ts'
import { quantityOf } from '../../src/kit/quantity.ts'
import { instant } from '../../src/kit/time.ts'
import type { ActionReason, ConnectSnapshot, WantedAction } from '../../src/subscriptions/index.ts'
import type { SubscriptionRecord } from '../../src/subscriptions/record.ts'
import { useOf } from '../../src/usage/rules/use.ts'
import { everyParameter } from './buyer-parameters.ts'
import { asset, billed, bought, buyer, NOW, ordered, partnerTenant, request } from './buyer-records.ts'

export interface GalleryPage {
  readonly name: string
  readonly html: string
  readonly accentColor: string | undefined
}

const face: ProductFace = {
  name: 'Larkspur Projects',
  publisherName: 'Larkspur Software',
  supportUrl: 'https://larkspur.example/help',
  supportEmail: 'help@larkspur.example',
  productUrl: 'https://app.larkspur.example/',
  termsUrl: 'https://larkspur.example/terms',
  privacyUrl: 'https://larkspur.example/privacy',
  accentColor: '#6a3fc0',
}

const frameOf = (product: ProductFace | undefined): PageFrame => ({
  product,
  locale: 'en-GB',
  visitor: buyer,
  csrfToken: 'sample',
  signOutPath: '/portal/larkspur/PRD-417-220-902/sign-out',
  switchAccountPath: '/portal/larkspur/PRD-417-220-902/switch-account',
})

const path = '/portal/larkspur/PRD-417-220-902/subscriptions/37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const facts: BuyerFacts = {
  formReady: true,
  planName: 'Professional',
  actions: [{ id: 'ACT-1', title: 'Sign in as administrator' }],
}

const activationText = `## Your workspace is ready

1. Open [your workspace](https://fabrikam.larkspur.example) and sign in with your Microsoft account.
2. Invite your colleagues under **People**.
3. Bring your data along with the import.

Questions? Write to help@larkspur.example.

    larkspur import --from trello`

const used: UsedInTerm = {
  since: instant('2026-11-22T00:00:00Z'),
  dimensions: [
    usedOf('API calls', '1234567.25', '2000000', 'thousand calls'),
    usedOf('Storage', '1312.00000001', '1200', 'GB'),
    usedOf('Mails sent', '48210', 'unlimited', 'mails'),
    usedOf('Archive', '12.5', '0', 'GB per month, kept in another region and on another continent'),
    usedOf('priority-support-hours', '0', undefined, undefined),
  ],
}
const usedNothing: UsedInTerm = { since: instant('2026-11-22T00:00:00Z'), dimensions: [usedOf('API calls', '0', '2000000', undefined)] }

function usedOf(name: string, quantity: string, included: string | undefined, unit: string | undefined): UsedDimension {
  const sums = { used: quantityOf(quantity), sealed: 0n, underWay: 0n }
  const use = useOf({ ...sums, included: included === undefined || included === 'unlimited' ? included : quantityOf(included) })
  const told = { lastToldAt: sums.used === 0n ? undefined : NOW, price: undefined, currency: undefined }
  const [one] = usedInTerm({ since: NOW, dimensions: [{ dimension: name, inPlan: true, name, unit, ...told, ...use }] })?.dimensions ?? []
  if (!one) throw new TypeError('a metered dimension is shown')
  return one
}

const purchaser = { entraTenantId: partnerTenant }
const pending = { openRequest: request(), asset: asset('processing') }
const delivered = {
  asset: asset('active'),
  lastFinished: request({ status: 'approved', updatedAt: instant('2026-11-22T15:28:00Z') }),
  activationText,
}
const declined = { asset: asset('terminated'), lastFinished: request({ status: 'failed', reason: 'internal' }) }

const later = (connect: ConnectSnapshot = {}, openAttention: SubscriptionRecord['openAttention'] = []): SubscriptionRecord =>
  ordered({
    connect: { ...delivered, lastFinished: request({ status: 'approved', updatedAt: instant('2026-10-01T10:00:00Z') }), ...connect },
    microsoft: billed,
    record: { openAttention },
  })

const asked = (what: AskedChange['what'], more: Partial<AskedChange> = {}): AskedChange => ({
  ...{ what, askedAt: instant('2026-11-22T15:19:00Z'), isAtMicrosoft: false, ended: undefined },
  ...more,
})

const ended = (done: boolean, reason?: ActionReason): Partial<AskedChange> => ({
  ended: { at: instant('2026-11-22T15:21:00Z'), done, reason },
})

const records: Readonly<Record<string, readonly [SubscriptionRecord, Partial<BuyerFacts>?]>> = {
  'waiting-placed': [ordered()],
  'waiting-vendor': [ordered({ connect: pending })],
  'waiting-vendor-slow': [
    ordered({ connect: pending, record: { openAttention: [{ code: 'VENDOR_SLOW', since: NOW, facts: {}, state: 'open' }] } }),
  ],
  'waiting-account': [ordered({ connect: { ...pending, openRequest: request({ status: 'tiers_setup' }) } })],
  'waiting-scheduled': [
    ordered({ connect: { ...pending, openRequest: request({ status: 'scheduled', plannedAt: instant('2026-12-01T08:00:00Z') }) } }),
  ],
  inquiring: [
    ordered({
      connect: {
        openRequest: request({
          status: 'inquiring',
          message: 'Which **region** should we use?\n\n- Europe\n- United States',
          paramsFormUrl: 'https://forms.larkspur.example/?request_id=PR-1',
        }),
      },
    }),
  ],
  'inquiring-without-form': [ordered({ connect: { openRequest: request({ status: 'inquiring', message: 'Please call us back.' }) } })],
  activating: [ordered({ connect: delivered })],
  'active-fresh': [ordered({ connect: delivered, microsoft: billed })],
  'active-manages': [later(), { mayChange: true }],
  'active-colleague': [later()],
  'active-metered': [later(), { mayChange: true, usage: used }],
  'active-metered-fresh': [ordered({ connect: delivered, microsoft: billed }), { usage: usedNothing }],
  'change-on-its-way': [later(), { mayChange: true, asked: asked({ kind: 'seats', to: 40 }) }],
  'change-at-microsoft': [later(), { mayChange: true, asked: asked({ kind: 'seats', to: 40 }, { isAtMicrosoft: true }) }],
  'change-with-vendor': [
    later({ openRequest: request({ type: 'change' }) }),
    { mayChange: true, asked: asked({ kind: 'seats', to: 40 }, ended(true)) },
  ],
  'change-question': [
    later({ openRequest: request({ type: 'change', status: 'inquiring', message: 'Which **team** gets the new seats?' }) }),
    { mayChange: true },
  ],
  'change-not-by-vendor': [later({}, [{ code: 'VENDOR_DID_NOT_CHANGE', since: NOW, facts: {}, state: 'open' }]), { mayChange: true }],
  'change-not-made': [later(), { mayChange: true, asked: asked({ kind: 'plan', to: 'Enterprise' }, ended(false, 'MICROSOFT_FAILED')) }],
  'change-made': [
    later({ lastFinished: request({ type: 'change', status: 'approved', createdAt: instant('2026-11-22T15:20:00Z'), updatedAt: NOW }) }),
    { mayChange: true, asked: asked({ kind: 'seats', to: 40 }, ended(true)) },
  ],
  'cancel-under-way': [later(), { mayChange: true, asked: asked({ kind: 'cancel' }, { isAtMicrosoft: true }) }],
  'active-partner': [
    ordered({
      connect: { asset: asset('active') },
      microsoft: { ...billed, purchaser, allowedCustomerOperations: ['Read'], autoRenew: undefined },
    }),
    { actions: [] },
  ],
  'active-test': [
    ordered({ connect: delivered, microsoft: { ...billed, isFreeTrial: true, quantity: undefined }, record: { environment: 'test' } }),
  ],
  resuming: [ordered({ connect: { asset: asset('suspended') }, microsoft: billed })],
  suspended: [ordered({ connect: delivered, microsoft: { ...billed, status: 'Suspended' } }), { mayChange: true }],
  ended: [ordered({ connect: { asset: asset('terminated') }, microsoft: { ...billed, status: 'Unsubscribed' } })],
  'ended-cancelled-here': [
    ordered({ connect: { asset: asset('terminated') }, microsoft: { ...billed, status: 'Unsubscribed' } }),
    { asked: asked({ kind: 'cancel' }, ended(true)) },
  ],
  'failed-looked-at': [ordered({ connect: declined })],
  'failed-cancelled': [ordered({ connect: declined, microsoft: { status: 'Unsubscribed' } })],
  'not-ready': [
    ordered({ record: { openAttention: [{ code: 'NO_TEST_CONNECTION', since: NOW, facts: {}, state: 'open' }], environment: 'test' } }),
  ],
  lapsed: [bought({ microsoft: { status: 'Unsubscribed' } })],
}

const problems = {
  ERR_PURCHASE_TOKEN_MISSING: 400,
  ERR_PURCHASE_TOKEN_REFUSED: 410,
  ERR_WRONG_ORGANISATION: 403,
  ERR_NOT_FOUND: 404,
  ERR_SHOP_UNAVAILABLE: 503,
  ERR_INTERNAL: 500,
} as const

/** Drawn with this accent colour, or with several faces of its own choice. */
export function galleryPages(accentColor?: string): readonly GalleryPage[] {
  const product = accentColor === undefined ? face : { ...face, accentColor }
  const draw = (name: string, page: BuyerPage, shown: ProductFace | undefined = product): GalleryPage => ({
    name,
    html: renderPage(page, frameOf(shown)),
    accentColor: shown?.accentColor,
  })
  const stages = Object.entries(records).map(([name, [record, more]]) =>
    draw(name, { kind: 'subscription', path, stage: buyerStage(record, NOW, { ...facts, ...more }) }),
  )
  const failures = Object.entries(problems).map(([code, status]) => drawProblem(draw, code as keyof typeof problems, status))
  return [...orderPages(draw), ...managePages(draw), ...stages, ...failures, draw('signed-out', { kind: 'signedOut' })]
}

type Draw = (name: string, page: BuyerPage, shown?: ProductFace) => GalleryPage

const drawProblem = (draw: Draw, code: keyof typeof problems, status: number): GalleryPage =>
  draw(`problem-${code.slice(4).toLowerCase().replaceAll('_', '-')}`, {
    kind: 'problem',
    code,
    status,
    reference: 'K7QX-2M4P',
    retryPath: path,
  })

function managePages(draw: Draw): readonly GalleryPage[] {
  const { purchase } = buyerStage(later(), NOW, facts)
  const view: ManageView = {
    purchase,
    usage: undefined,
    seats: { present: 25, least: 5, most: 1000 },
    plan: {
      plans: [
        { planId: planId.parse('starter'), name: 'Starter', isPresent: false, whyNot: { reason: 'TOO_MANY_SEATS', facts: { most: 20 } } },
        { planId: planId.parse('professional'), name: 'Professional', isPresent: true, whyNot: undefined },
        { planId: planId.parse('enterprise'), name: 'Enterprise', isPresent: false, whyNot: undefined },
      ],
    },
    cancel: undefined,
    problem: undefined,
  }
  const flat: ManageView = { ...view, seats: { reason: 'FLAT_RATE', facts: {} }, plan: { plans: [] } }
  const paused: ManageView = { ...view, seats: { reason: 'SUSPENDED', facts: {} }, plan: { reason: 'SUSPENDED', facts: {} } }
  const wrong: ManageView = {
    ...view,
    problem: { about: 'changeSeats', reason: 'TOO_MANY_SEATS', facts: { most: 1000 }, entered: '2000' },
  }
  const from = { planId: planId.parse('professional'), seats: 25 }
  const names = { from: 'Professional', to: 'Enterprise' }
  const manage = (name: string, shown: ManageView) => draw(name, { kind: 'manage', path, view: shown })
  const review = (name: string, wanted: WantedAction) => draw(name, { kind: 'review', path, view: { purchase, wanted, from, names } })
  return [
    manage('manage', view),
    manage('manage-flat-rate', flat),
    manage('manage-metered', { ...view, usage: used }),
    manage('manage-suspended', paused),
    manage('manage-wrong', wrong),
    review('review-more-seats', { kind: 'changeSeats', seats: 40 }),
    review('review-fewer-seats', { kind: 'changeSeats', seats: 12 }),
    review('review-plan', { kind: 'changePlan', planId: planId.parse('enterprise') }),
    review('review-cancel', { kind: 'cancel' }),
  ]
}

function orderPages(draw: Draw): readonly GalleryPage[] {
  const prefill = { visitor: buyer, microsoft: bought().microsoft, locale: 'de-DE' }
  const simple = buildForm([], prefill)
  const whole = buildForm(everyParameter, prefill)
  const wrong = readForm(whole, {
    companyName: 'Fabrikam GmbH',
    email: 'mara@',
    country: 'DE',
    'param:workspace': 'x',
    'param:region': 'own',
  })
  const refused = refuseForm(whole, { companyName: 'Fabrikam GmbH' }, [
    { parameterId: 'workspace', message: 'This address is taken.' },
    { parameterId: 'other', message: 'Orders from this country need a tax number.' },
  ])
  const stage = buyerStage(bought(), NOW, facts)
  const forCustomer = bought({ microsoft: { purchaser: { entraTenantId: partnerTenant } } })
  return [
    draw('order-simple', { kind: 'subscription', path, stage, form: simple }),
    draw('order-every-type', { kind: 'subscription', path, stage, form: whole }),
    draw('order-wrong', { kind: 'subscription', path, stage, form: wrong.ok ? whole : wrong.model }),
    draw('order-refused', { kind: 'subscription', path, stage, form: refused }),
    draw('order-partner-customer', { kind: 'subscription', path, stage: buyerStage(forCustomer, NOW, facts), form: simple }),
    draw('order-partner', {
      kind: 'subscription',
      path,
      stage: buyerStage(forCustomer, NOW, { ...facts, visitorIsPurchaser: true }),
      form: simple,
    }),
  ]
}
