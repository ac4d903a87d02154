/** The decision table as it really decides: `nextStep` asked about every combination of states that makes a difference. */
import { assetId, itemId, offerId, planId, requestId } from '../../src/kit/ids.ts'
import { instant } from '../../src/kit/time.ts'
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

const failedPurchase = request('purchase', 'failed')
const CASES: readonly ConnectCase[] = [
  { words: 'nothing', connect: connect({}) },
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
  supportsHold: true,
  buyerConfirmed,
  connect: side,
  notices: [],
  refusedPlans: [],
  attempts: [],
  policy: { onVendorFailure: 'attention', onVendorTermination: 'attention' },
  firstSeenAt: instant('2030-01-01T23:58:00Z'),
})

export const nextStepPage = (): string =>
  page(
    'What happens next',
    'One subscription, 5 seats bought, default policies, nothing tried before: what the bridge does for each pair of states. Asked of the rule itself.',
    ...STATUSES.map((status) => `## ${status}\n\n${table(['In Connect', 'Next'], rowsOf(status))}`),
  )

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
