/** What may happen to a subscription, and histories of it: any of it in any order, as people, systems and networks do. */
import fc from 'fast-check'
import type { FaultInput } from '../../../sandbox/faults.ts'
import { planId } from '../../../src/kit/ids.ts'
import { days, hours, minutes, seconds } from '../../../src/kit/time.ts'
import type { WantedAction } from '../../../src/subscriptions/index.ts'
import type { Decided } from './world.ts'

/** What is bought: per seat or flat, with and without a way to suspend at the vendor, from the shop or from the preview. */
export interface Purchase {
  readonly offerId: string
  readonly planId: string
  readonly quantity?: number
  readonly preview: boolean
}

const PLAIN = [
  ...['buyer lands', 'buyer confirms', 'colleague confirms', 'discovery', 'restart', 'notice is replayed', 'operator retries'],
  ...['Microsoft suspends', 'Microsoft reinstates', 'Microsoft renews', 'customer cancels'],
  ...['vendor approves', 'vendor delivers other seats', 'vendor fails', 'vendor inquires', 'customer answers'],
  ...['vendor schedules', 'vendor confirms the revocation', 'vendor adjusts', 'vendor cancels'],
] as const
export type PlainHappening = (typeof PLAIN)[number]

export type Happening =
  | { readonly what: PlainHappening }
  | { readonly what: 'seats change'; readonly quantity: number }
  | { readonly what: 'plan changes'; readonly planId: string }
  | { readonly what: 'asked for here'; readonly wanted: WantedAction }
  | { readonly what: 'crash'; readonly point: string }
  | { readonly what: 'fault'; readonly fault: FaultInput }
  | { readonly what: 'bridge misses calls'; readonly how: 'down' | 'replyLost'; readonly times: number }
  | { readonly what: 'time passes'; readonly by: number }

/** What the publisher has decided, and how Microsoft takes a no. */
export interface Ways {
  readonly decided: Decided
  readonly ignoreRefusals: boolean
  readonly revertAfterRefusal: boolean
}

/** Everything is accepted, and Microsoft heeds what is said. */
export const plainWays: Ways = { decided: {}, ignoreRefusals: false, revertAfterRefusal: false }

export interface History {
  readonly purchase: Purchase
  readonly ways: Ways
  readonly happenings: readonly Happening[]
}

const purchase: fc.Arbitrary<Purchase> = fc
  .record({
    what: fc.constantFrom(
      { offerId: 'larkspur-notes', planId: 'team', quantity: 5 },
      { offerId: 'larkspur-projects', planId: 'professional', quantity: 30 },
      { offerId: 'larkspur-projects', planId: 'basic', quantity: 30 },
      { offerId: 'larkspur-backup', planId: 'standard' },
      { offerId: 'larkspur-signals', planId: 'metered' },
    ),
    preview: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ what, preview }) => ({ ...what, preview }))

export const MOST_SEATS = 30
const refuseAll = { changePlan: 'refuse', addSeats: 'refuse', removeSeats: 'refuse' } as const
const byRules = { changePlan: 'rules', addSeats: 'rules', removeSeats: 'rules', maxSeats: MOST_SEATS } as const

const ways: fc.Arbitrary<Ways> = fc.record({
  decided: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Decided>({}) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Decided>(
        { operations: refuseAll },
        { operations: byRules },
        { onVendorTermination: 'cancelAtMicrosoft' },
        { operations: byRules, onVendorTermination: 'cancelAtMicrosoft' },
      ),
    },
  ),
  ignoreRefusals: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  revertAfterRefusal: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
})

const wanted: fc.Arbitrary<WantedAction> = fc.oneof(
  fc.constantFrom(1, 7, 30, 40).map((seats): WantedAction => ({ kind: 'changeSeats', seats })),
  fc.constantFrom('basic', 'professional', 'enterprise').map((id): WantedAction => ({ kind: 'changePlan', planId: planId.parse(id) })),
  fc.constant<WantedAction>({ kind: 'cancel' }),
)

const STEPS = ['purchase', 'activate', 'cancel', 'change', 'suspend', 'resume', 'revoke', 'cancelAtMicrosoft']
const CRASH_POINTS = [
  'subscription.looked',
  ...STEPS.flatMap((step) => ['intended', 'called', 'stored'].map((at) => `subscription.${step}.${at}`)),
  ...['intended', 'answered', 'stored'].map((at) => `operation.${at}`),
]

const noticeFault: fc.Arbitrary<FaultInput> = fc.record({
  world: fc.constant('webhook'),
  kind: fc.constantFrom('duplicate', 'late', 'drop', 'reorder'),
  times: fc.integer({ min: 1, max: 3 }),
})

const callFault: fc.Arbitrary<FaultInput> = fc
  .record({
    world: fc.constantFrom('connect', 'connect', 'marketplace', 'marketplace', 'entra'),
    method: fc.constantFrom(undefined, 'GET', 'POST', 'PATCH', 'DELETE'),
    kind: fc.constantFrom('status', 'statusAfterEffect', 'hang', 'hangAfterEffect'),
    status: fc.constantFrom(429, 500, 503),
    times: fc.integer({ min: 1, max: 4 }),
    skip: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ method, ...fault }) => (method === undefined ? fault : { ...fault, method })) as fc.Arbitrary<FaultInput>

/** A fault of the very calls that change something: few of the many calls do, and at them it counts. */
const changeFault: fc.Arbitrary<FaultInput> = fc
  .record({
    aim: fc.constantFrom(
      { world: 'connect' as const, method: 'POST' as const, path: '/requests$' },
      { world: 'connect' as const, method: 'POST' as const, path: '/requests$' },
      { world: 'connect' as const, method: 'POST' as const, path: '/revoke$' },
      { world: 'marketplace' as const, method: 'POST' as const, path: '/activate$' },
      { world: 'marketplace' as const, method: 'PATCH' as const, path: '/operations/' },
      { world: 'marketplace' as const, method: 'DELETE' as const, path: '/subscriptions/[^/]+$' },
    ),
    kind: fc.constantFrom('status', 'statusAfterEffect', 'hang', 'hangAfterEffect', 'lateEffect'),
    status: fc.constantFrom(429, 500, 503),
    /** Of a late effect: within what is waited before a call is repeated. */
    delay: fc.constantFrom(seconds(3), seconds(12), seconds(25)),
    times: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ aim, ...fault }) => ({ ...aim, ...fault }))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...PLAIN).map((what): Happening => ({ what })) },
  { weight: 4, arbitrary: fc.constantFrom('vendor approves' as const, 'buyer confirms' as const).map((what): Happening => ({ what })) },
  { weight: 2, arbitrary: fc.constantFrom(1, 7, 30, 40).map((quantity): Happening => ({ what: 'seats change', quantity })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('basic', 'professional', 'enterprise').map((planId): Happening => ({ what: 'plan changes', planId })),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(callFault, changeFault, changeFault, noticeFault).map((fault): Happening => ({ what: 'fault', fault })),
  },
  { weight: 2, arbitrary: wanted.map((action): Happening => ({ what: 'asked for here', wanted: action })) },
  { weight: 2, arbitrary: fc.constantFrom(...CRASH_POINTS).map((point): Happening => ({ what: 'crash', point })) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('bridge misses calls' as const),
      how: fc.constantFrom('down', 'replyLost'),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(seconds(1), seconds(12), seconds(40), minutes(11), hours(2), days(1), days(31))
      .map((by): Happening => ({ what: 'time passes', by })),
  },
)

/** Most begin with a sale that goes well: what comes after a sale is the longer life. */
const sold: readonly Happening[] = [
  { what: 'buyer lands' },
  { what: 'buyer confirms' },
  { what: 'vendor approves' },
  { what: 'time passes', by: seconds(12) },
]

export const history: fc.Arbitrary<History> = fc
  .record({
    purchase,
    ways,
    /** Already the first order and the activation may go wrong. */
    early: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: changeFault }),
    begun: fc.integer({ min: 0, max: 4 }),
    more: fc.array(happening, { minLength: 2, maxLength: 10 }),
  })
  .map(({ purchase: bought, ways: so, early, begun, more }) => {
    const first: readonly Happening[] = early === undefined ? [] : [{ what: 'fault', fault: early }]
    return readable({ purchase: bought, ways: so, happenings: [...first, ...sold.slice(0, begun), ...more] })
  })

/** As a person reads it, when one fails. */
function readable(one: History): History {
  const { offerId, planId, quantity, preview } = one.purchase
  const first = `bought: ${offerId} ${planId}${quantity === undefined ? '' : `, ${quantity} seats`}${preview ? ', from the preview' : ''}`
  const text = () =>
    [
      '',
      first,
      JSON.stringify(one.ways),
      ...one.happenings.map((what, index) => `${String(index + 1).padStart(2)}. ${inWords(what)}`),
      '',
    ].join('\n')
  return Object.assign(one, { [fc.toStringMethod]: text })
}

export function inWords(happening: Happening): string {
  switch (happening.what) {
    case 'seats change':
      return `the customer wants ${happening.quantity} seats`
    case 'plan changes':
      return `the customer wants plan ${happening.planId}`
    case 'asked for here':
      return `asked for here: ${JSON.stringify(happening.wanted)}`
    case 'crash':
      return `the process will crash at ${happening.point}`
    case 'fault':
      return `fault: ${JSON.stringify(happening.fault)}`
    case 'bridge misses calls':
      return `the next ${happening.times} calls to the bridge: ${happening.how}`
    case 'time passes':
      return `${happening.by / 1000} s pass`
    default:
      return happening.what
  }
}
