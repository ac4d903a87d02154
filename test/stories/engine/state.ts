/** What there is after a happening, in words a support person reads: no ids, no times. */
import type { RequestRecord } from '../../../sandbox/connect/records.ts'
import { presentAttention } from '../../../src/attention/index.ts'
import { listNotices, readTimeline, type StoredSubscription, sentenceOf, type TimelineEntry } from '../../../src/subscriptions/index.ts'
import { boughtIn } from './deed.ts'
import type { Scene } from './stage.ts'

/** @param told how many lines of the timeline were told before. */
export async function stateOf(scene: Scene, told: number): Promise<{ readonly state: object; readonly told: number }> {
  const timeline = await readTimeline(scene.world.database.db, boughtIn(scene).key, 10_000)
  const state = { ...(await outcomeOf(scene)), 'what happened': timeline.slice(told).map(entryInWords) }
  scene.answered = undefined
  return { state, told: timeline.length }
}

/** Both sides and our record, however it came to this. */
export async function outcomeOf(scene: Scene): Promise<object> {
  const { key } = boughtIn(scene)
  const record = await scene.world.read(key).catch(() => undefined)
  const ofPublisher = await presentAttention(scene.world.database.db, key.tenantId, { kind: 'tenant', id: key.tenantId })
  const notices = (await listNotices(scene.world.database.db, key)).toReversed()
  return {
    Microsoft: microsoft(scene),
    Connect: connect(scene),
    bridge: {
      ...(scene.answered === undefined ? {} : { answered: scene.answered }),
      ...(record ? ours(record) : { knows: 'nothing of it' }),
      ...(notices.length > 0 ? { notices: notices.map(noticeInWords) } : {}),
      ...(ofPublisher.length > 0 ? { 'attention of the publisher': ofPublisher.map(itemInWords) } : {}),
    },
  }
}

function microsoft(scene: Scene): object {
  const { marketplace } = scene.world.sandbox.worlds
  const { subscriptionId } = boughtIn(scene).key
  const found = marketplace.subscription(subscriptionId)
  const operations = marketplace.operations(subscriptionId)
  return {
    subscription: found ? inWords(found.status, found.planId, found.quantity) : 'none',
    ...(operations.length > 0
      ? {
          operations: operations.map(
            ({ action, status, answer, answeredEarly }) =>
              `${action} ${status}${answer ? `, we answered ${answer}` : ''}${answeredEarly ? ' too early' : ''}`,
          ),
        }
      : {}),
  }
}

function connect(scene: Scene): object {
  const { connect: world } = scene.world.sandbox.worlds
  const uid = { externalUid: scene.assetUid ?? boughtIn(scene).key.subscriptionId }
  const assets = world.assets(uid).filter(({ status }) => status !== 'draft')
  const requests = world.requests(uid).filter(({ status }) => status !== 'draft')
  if (assets.length === 0) return { asset: 'none' }
  const items = (quantities: Iterable<readonly [string, unknown]>): string =>
    [...quantities]
      .filter(([, quantity]) => quantity !== 0)
      .map(
        ([id, quantity]) => `${scene.product.items.find((item) => item.id === id)?.name ?? id} ${quantity === -1 ? 'unlimited' : quantity}`,
      )
      .join(', ')
  const requestInWords = ({ type, status, items: lines, reason }: RequestRecord): string =>
    `${type} ${status}${type === 'purchase' || type === 'change' ? `: ${items(lines.map((line) => [line.itemId, line.quantity]))}` : ''}${
      reason ? ` (${reason})` : ''
    }`
  return {
    ...(assets.length === 1 ? {} : { assets: assets.length }),
    asset: assets.map((asset) => `${asset.status}${asset.environment === 'test' ? ', test' : ''}, ${items(asset.quantities)}`).at(-1),
    requests: requests.map(requestInWords),
  }
}

const ours = ({ microsoft: seen, connect: side, next, openAttention }: StoredSubscription): object => ({
  knows: inWords(seen.status, seen.planId, seen.quantity),
  'sees at Connect': side.asset?.status ?? 'nothing',
  ...(side.openRequest?.tierRequest ? { 'the reseller’s set-up': side.openRequest.tierRequest.status } : {}),
  next:
    next?.kind === 'wait' ? `waits for ${next.waitsFor}` : `${next?.kind}${next?.kind === 'settled' && next.note ? `: ${next.note}` : ''}`,
  ...(openAttention.length > 0 ? { attention: openAttention.map(itemInWords) } : {}),
})

const itemInWords = ({ code, facts }: Pick<StoredSubscription['openAttention'][number], 'code' | 'facts'>): string => {
  const why = facts['reason'] ?? facts['error']
  return why ? `${code}: ${why}` : code
}

const inWords = (status: string, plan: string, seats: number | undefined): string =>
  [status, plan, ...(seats === undefined ? [] : [`${seats} seats`])].join(', ')

const noticeInWords = ({ action, outcome, repeatOf }: Awaited<ReturnType<typeof listNotices>>[number]): string =>
  `${action ?? 'unreadable'}: ${repeatOf === undefined ? (outcome ?? 'waited for') : 'a repeat'}`

/** Facts that are neither an id nor a time. */
const TOLD_FACTS = [
  'step',
  'from',
  'to',
  'type',
  'status',
  'tierStatus',
  'assetStatus',
  'action',
  'outcome',
  'because',
  'code',
  'reason',
  'reasons',
]

function entryInWords({ actor, event, facts }: TimelineEntry): string {
  const told = TOLD_FACTS.flatMap((name) => {
    const fact = facts[name]
    if (fact === undefined) return []
    return [name === 'step' ? String(fact).replace(/:.*/, '') : String(fact)]
  }).filter((fact) => !/^\d{4}-\d\d-\d\dT/.test(fact))
  return `${actor}: ${sentenceOf(event)}${told.length > 0 ? ` (${told.join('; ')})` : ''}`
}
