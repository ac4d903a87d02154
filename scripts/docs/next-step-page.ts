/** The decision table as it really decides: `nextStep` asked about every combination of states that makes a difference. */
import { assetId, itemId, offerId, planId, requestId } from '../../src/kit/ids.ts'
import { days, hours, instant, type Milliseconds, minutes, plus } from '../../src/kit/time.ts'
import type { Next } from '../../src/subscriptions/rules/next.ts'
import { nextStep } from '../../src/subscriptions/rules/next-step.ts'
import type { AssetStatus, MicrosoftStatus, RequestView, SubscriptionView } from '../../src/subscriptions/rules/view.ts'
import { page, table } from './page.ts'

const now = instant('2030-01-02T00:00:00Z')
const seat = itemId.parse('SEAT')

const STATUSES: readonly MicrosoftStatus[] = ['PendingFulfillmentStart', 'Subscribed', 'Suspended', 'Unsubscribed', 'NotStarted', 'Unknown']

interface ConnectCase {
  readonly words: string
  readonly connect: SubscriptionView['connect']
}

const request = (type: RequestView['type'], status: RequestView['status']): RequestView => ({
  id: requestId.parse('PR-1'),
  type,
  status,
  items: [{ itemId: seat, quantity: 5 }],
  reason: undefined,
  createdAt: instant('2030-01-01T23:59:00Z'),
})

const asset = (status: AssetStatus, quantity = 5) => ({ id: assetId.parse('AS-1'), status, items: [{ itemId: seat, quantity }] })
const connect = (part: Partial<SubscriptionView['connect']>): SubscriptionView['connect'] => ({
  asset: undefined,
  openRequest: undefined,
  finishedRequests: [],
  lastPurchase: undefined,
  ...part,
})

const tierRequest = { id: 'TCR-1', status: 'inquiring', level: 1, account: 'TA-1', link: 'https://connect.example/TCR-1' } as const
const failedPurchase = request('purchase', 'failed')
const CASES: readonly ConnectCase[] = [
  { words: 'nothing', connect: connect({}) },
  {
    words: 'order waits for its reseller, who is asked',
    connect: connect({ asset: asset('processing'), openRequest: { ...request('purchase', 'tiers_setup'), tierRequest } }),
  },
  { words: 'request open', connect: connect({ asset: asset('processing'), openRequest: request('purchase', 'pending') }) },
  { words: 'request scheduled', connect: connect({ asset: asset('active'), openRequest: request('change', 'scheduled') }) },
  { words: 'asset active, items as bought', connect: connect({ asset: asset('active') }) },
  { words: 'asset active, other items', connect: connect({ asset: asset('active', 3) }) },
  {
    words: 'asset active, other items, change failed',
    connect: connect({ asset: asset('active', 3), finishedRequests: [request('change', 'failed')] }),
  },
  { words: 'asset active, cancel failed', connect: connect({ asset: asset('active'), finishedRequests: [request('cancel', 'failed')] }) },
  { words: 'asset suspended', connect: connect({ asset: asset('suspended') }) },
  {
    words: 'asset suspended, resume failed',
    connect: connect({ asset: asset('suspended'), finishedRequests: [request('resume', 'failed')] }),
  },
  { words: 'asset terminating', connect: connect({ asset: asset('terminating') }) },
  {
    words: 'purchase failed, asset terminated',
    connect: connect({ asset: asset('terminated'), finishedRequests: [failedPurchase], lastPurchase: failedPurchase }),
  },
  { words: 'asset terminated by the vendor', connect: connect({ asset: asset('terminated') }) },
]

const view = (status: MicrosoftStatus, side: SubscriptionView['connect'], buyerConfirmed: boolean): SubscriptionView => ({
  microsoft: {
    kind: 'seen',
    status,
    offerId: offerId.parse('offer'),
    planId: planId.parse('team'),
    quantity: 5,
    createdAt: instant('2030-01-01T23:58:00Z'),
    termEndDate: instant('2030-01-31T00:00:00Z'),
    mayCancel: true,
  },
  managed: true,
  plan: { items: [{ itemId: seat, kind: 'reservation' }], archived: false },
  mappedItems: [seat],
  connection: 'present',
  sendWith: '',
  supportsHold: true,
  buyerConfirmed,
  connect: side,
  notices: [],
  refusedPlans: [],
  brakes: { confirmed: true, paused: false },
  proposedAsset: undefined,
  attempts: [],
  policy: { onVendorFailure: 'attention', onVendorTermination: 'attention' },
  firstSeenAt: instant('2030-01-01T23:58:00Z'),
})

export const nextStepPage = (): string =>
  page(
    'What happens next',
    'One subscription, 5 seats bought, default policies, nothing tried before: what the bridge does for each pair of states. Asked of the rule itself.',
    noticeSection(),
    ...STATUSES.map((status) => `## ${status}\n\n${table(['In Connect', 'Next'], rowsOf(status))}`),
  )

const NOTICE_AGES: readonly (readonly [string, Milliseconds])[] = [
  ['less than 10 minutes', minutes(1)],
  ['10 minutes to a day', hours(1)],
  ['a day to 30 days', days(2)],
  ['30 days', days(30)],
]

/** A plan change whose effect does not show, while both sides agree, and while a step is due. */
function noticeSection(): string {
  const noticeOf = (age: Milliseconds): SubscriptionView['notices'][number] => ({
    id: 'notice',
    action: 'ChangePlan',
    operationId: undefined,
    target: { planId: planId.parse('enterprise'), quantity: 5 },
    before: { planId: planId.parse('team'), quantity: 5, termEndDate: undefined },
    receivedAt: plus(now, -age),
    overtaken: false,
    operation: 'InProgress',
  })
  const answers = (side: SubscriptionView['connect'], age: Milliseconds): string =>
    inWords(nextStep({ ...view('Subscribed', side, true), notices: [noticeOf(age)] }, now))
  const agree = connect({ asset: asset('active') })
  const differ = connect({ asset: asset('active', 3) })
  const rows = NOTICE_AGES.map(([words, age]) => [words, answers(agree, age), answers(differ, age)])
  return [
    '## While a notice has no visible effect',
    'Microsoft told of a change which its subscription does not show yet. The subscription is looked at again after 0.2, 0.5, 1, 2, 5 and 30 seconds, then every 5 minutes.',
    table(['The notice came … ago', 'Both sides agree', 'A change is due'], rows),
  ].join('\n\n')
}

function rowsOf(status: MicrosoftStatus): readonly (readonly string[])[] {
  const rows = CASES.map(({ words, connect: side }) => [words, inWords(nextStep(view(status, side, true), now))])
  if (status !== 'PendingFulfillmentStart') return rows
  return [['nothing, buyer has not confirmed', inWords(nextStep(view(status, connect({}), false), now))], ...rows]
}

function inWords(next: Next): string {
  switch (next.kind) {
    case 'step':
      return `**${next.step.kind}**`
    case 'wait':
      return `wait for ${next.for}`
    case 'settled':
      return next.final ? 'settled, for good' : `settled${next.note ? ` (${next.note})` : ''}`
    case 'attention':
      return `attention \`${next.attention.code}\``
  }
}
