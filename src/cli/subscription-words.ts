/** A subscription on a terminal: both sides, what is next, what asks for attention, and what happened, in sentences. */
import type { Instant } from '../kit/time.ts'
import type { SubscriptionRecord } from '../operator/index.ts'
import { type StoredSubscription, type TimelineEntry, tell } from '../subscriptions/index.ts'
import { itemLines, time } from './attention-words.ts'
import { plain } from './table.ts'

export const describeSubscription = (one: StoredSubscription, record: SubscriptionRecord, now: Instant): readonly string[] => [
  `${one.subscriptionId}  ${one.offerId} / ${one.planId}${one.quantity === undefined ? '' : `, ${one.quantity} seats`}  (${purchaseInWords(one)})`,
  `tenant ${one.tenantId}, product ${one.productId ?? 'none: unmanaged'}`,
  ...originLines(record),
  '',
  `Microsoft  ${one.microsoft.status}, seen ${time(one.microsoftObservedAt)}`,
  `Connect    ${connectInWords(one)}`,
  ...tierLines(one),
  `Next       ${nextInWords(one)}${one.next?.until ? `, looked at again ${time(one.next.until)}` : ''}`,
  ...record.attention.flatMap((item) => ['', `ATTENTION ${item.id}`, ...itemLines(item, now)]),
  ...(record.asked.length === 0 ? [] : ['', 'Asked for at Microsoft', ...record.asked.map(askedLine)]),
  '',
  'What happened (UTC)',
  ...record.timeline.flatMap(entryLines),
]

/** A plan customized for the customer, and the private offers behind it. */
function originLines({ planId, soldAs, privateOffers }: SubscriptionRecord): readonly string[] {
  const offers = privateOffers.map(({ id, name }) => (name === undefined ? id : `“${name}” (${id})`)).join(', ')
  return [
    ...(soldAs === null ? [] : [`the plan ${planId} is customized for this customer: it is sold as ${soldAs}`]),
    ...(offers === '' ? [] : [`by the private offer ${offers}`]),
  ].map(plain)
}

const askedLine = ({ wanted, askedBy, askedByName, askedAt, outcome }: SubscriptionRecord['asked'][number]): string => {
  const what = { changePlan: 'another plan', changeSeats: 'other seats', cancel: 'its end' }[wanted.kind]
  const to = wanted.kind === 'changePlan' ? `: ${wanted.planId}` : wanted.kind === 'changeSeats' ? `: ${wanted.seats}` : ''
  return `${time(askedAt)}  ${plain(askedByName ?? `the ${askedBy}`)}  ${what}${to}  (${outcome === 'underWay' ? 'under way' : outcome})`
}

export function nextInWords({ productId, openAttention, next }: StoredSubscription): string {
  const unresolved = openAttention.filter(({ state }) => state !== 'resolved')
  if (unresolved.length > 0) return unresolved.map(({ code }) => code).join(', ')
  if (productId === undefined) return 'unmanaged'
  if (!next) return 'not looked at yet'
  if (next.kind === 'attention') return 'seen to by an operator'
  if (next.kind === 'wait') return `waits for ${next.waitsFor ?? ''}`
  return next.note === undefined ? next.kind : `${next.kind}: ${plain(next.note)}`
}

function connectInWords({ connect }: StoredSubscription): string {
  const asset = connect.asset ? `${connect.asset.id} ${connect.asset.status}` : 'no asset'
  const vendorsOwn = connect.asset?.reconciliationId ? `, the vendor’s own id ${plain(connect.asset.reconciliationId)}` : ''
  const request = connect.openRequest ? `, ${connect.openRequest.type} ${connect.openRequest.id} ${connect.openRequest.status}` : ''
  return `${asset}${vendorsOwn}${request}`
}

/** What an order that waits for its reseller's set-up waits for. */
function tierLines({ connect: { openRequest } }: StoredSubscription): readonly string[] {
  const tier = openRequest?.tierRequest
  if (!tier) return []
  const whose = [tier.level === undefined ? '' : `tier ${tier.level}`, tier.account ?? ''].filter((word) => word !== '').join(', ')
  return [
    `           waits for the set-up of the reseller: ${plain(tier.id)} ${tier.status}${whose === '' ? '' : ` (${plain(whose)})`}`,
    `           ${plain(tier.link)}`,
  ]
}

/** The sentence, and below it the ids a support case asks for. */
export function entryLines(entry: TimelineEntry): readonly string[] {
  const { sentence, details } = tell(entry)
  const head = `${time(entry.at)}  ${entry.actor.padEnd(9)}  `
  const ids = details.map(([name, value]) => `${name} ${plain(value)}`).join(', ')
  return [`${head}${plain(sentence)}`, ...(ids === '' ? [] : [`${' '.repeat(head.length)}${ids}`])]
}

const TEST_REASONS = {
  preview: 'bought in the preview',
  isTest: 'Microsoft calls it a test',
  sandboxType: 'in a sandbox of a partner',
  sessionMode: 'a dry run',
} as const

function purchaseInWords({ environment, microsoft: { testReason } }: StoredSubscription): string {
  return environment === 'test' && testReason !== undefined ? `test: ${TEST_REASONS[testReason]}` : environment
}
