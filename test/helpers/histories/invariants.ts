/**
 * What always holds (`src/subscriptions/README.md`), judged while a history is told: at each changing call, by what is so on both sides at
 * that moment, and after each happening. Numbers are those of the README.
 */

import type { HttpRequest } from '../../../src/kit/http.ts'
import { minutes, seconds } from '../../../src/kit/time.ts'
import type { StoredSubscription } from '../../../src/subscriptions/index.ts'
import { MOST_SEATS } from './happenings.ts'
import type { Bought } from './tell.ts'
import { itemsAgree, productOf, type Truth, truthOf } from './truth.ts'
import type { HistoryWorld, JournalEntry } from './world.ts'

export class Broken extends Error {
  constructor(rule: string, facts: unknown = {}) {
    super(`${rule} ${JSON.stringify(facts)}`)
    this.name = 'Broken'
  }
}

const must = (holds: boolean, rule: string, facts?: unknown): void => {
  if (!holds) throw new Broken(rule, facts)
}

type Change =
  | { readonly kind: 'purchase' | 'change' | 'suspend' | 'resume' | 'cancel'; readonly connection: string | undefined }
  | { readonly kind: 'revoke' | 'activate' | 'cancelAtMicrosoft' | 'changeAtMicrosoft' }
  | { readonly kind: 'answer'; readonly operationId: string; readonly answer: 'Success' | 'Failure' }

/** What a call changes; drafts and readings change nothing. */
export function changeOf({ method, url, body }: HttpRequest): Change | undefined {
  if (method === 'GET') return undefined
  const sent = body === undefined || !body.startsWith('{') ? {} : JSON.parse(body)
  const path = url.pathname
  if (path.endsWith('/requests') && sent.status !== 'draft') return { kind: sent.type, connection: sent.asset?.connection?.id }
  if (path.endsWith('/revoke')) return { kind: 'revoke' }
  if (path.endsWith('/activate')) return { kind: 'activate' }
  const operationId = /\/operations\/([^/]+)$/.exec(path)?.[1]
  if (method === 'PATCH' && operationId !== undefined) return { kind: 'answer', operationId, answer: sent.status }
  if (/\/subscriptions\/[^/]+$/.test(path) && !path.endsWith('/resolve'))
    return { kind: method === 'DELETE' ? 'cancelAtMicrosoft' : 'changeAtMicrosoft' }
  return undefined
}

/** From now on each changing call about this subscription is judged before it leaves. */
export function watch(world: HistoryWorld, bought: Bought): void {
  world.journal.before = async (request) => {
    const change = changeOf(request)
    if (!change) return
    const known = await world.load(bought.key)
    const truth = truthOf(world.sandbox, bought.key.subscriptionId)
    if (change.kind === 'answer') judgeAnswer(world, bought, change)
    else judgeStep(change, truth, known, bought)
    notTooSoon(world, request)
  }
}

function judgeStep(
  change: Exclude<Change, { kind: 'answer' }>,
  truth: Truth,
  known: StoredSubscription | undefined,
  { asked, ways }: Bought,
): void {
  if (isAskedFor(change, asked)) return

  const { microsoft, asset, open, requests } = truth
  const facts = { change, microsoft: microsoft.status, asset: asset?.status, open: open.map(({ type, status }) => `${type} ${status}`) }
  if (known?.microsoft.status === 'Unsubscribed') {
    must(['revoke', 'resume', 'cancel'].includes(change.kind), '5: after the end only revoke, resume-to-cancel and cancel are sent', facts)
    must(asset !== undefined && asset.status !== 'terminated', '5: nothing is sent once Connect is terminated or empty', facts)
    must(change.kind !== 'resume' || asset?.status === 'suspended', '5: resumed is only what is suspended', facts)
  }
  must(open.length === 0 || change.kind === 'revoke', '2: nothing is sent while a request is open at the vendor', facts)
  must(change.kind !== 'revoke' || open[0]?.status === 'scheduled', '2: only what is scheduled is revoked', facts)
  switch (change.kind) {
    case 'activate': {
      const approved = requests.some(({ type, status }) => type === 'purchase' && status === 'approved')
      must(approved && asset?.status === 'active', '3: billing starts only after the vendor has approved', facts)
      must(itemsAgree(truth), '3: billing starts only with exactly the items bought', facts)
      break
    }
    case 'purchase': {
      must(known?.confirmed !== undefined, '4: an order is placed only for a confirmed purchase', facts)
      must(requests.length === 0, '4: an order is placed only with nothing at the vendor', facts)
      const { connections } = productOf(microsoft.offer.offerId)
      must(
        change.connection === (microsoft.preview ? connections.test : connections.production),
        '11: previews go to the test connection',
        facts,
      )
      break
    }
    case 'cancelAtMicrosoft': {
      const byPolicy =
        microsoft.status === 'PendingFulfillmentStart'
          ? microsoft.offer.offerId === 'larkspur-backup'
          : ways.decided.onVendorTermination === 'cancelAtMicrosoft'
      const vendorIsOut = (asset === undefined || asset.status === 'terminated') && requests.length > 0
      must(byPolicy && vendorIsOut, '8: Microsoft is cancelled only by policy', facts)
      break
    }
    case 'changeAtMicrosoft':
      throw new Broken('16: nobody has asked for a change at Microsoft', facts)
    default:
      break
  }
}

/** 16: it is the one thing that may be asked of Microsoft beside what converging does. */
const isAskedFor = ({ kind }: Change, asked: Bought['asked']): boolean =>
  kind === 'cancelAtMicrosoft' ? asked.has('cancel') : kind === 'changeAtMicrosoft' && (asked.has('changeSeats') || asked.has('changePlan'))

/** Read before it is answered, never before our 200 has left, and refused only for a reason and in time. */
function judgeAnswer(
  { sandbox, journal, clock }: HistoryWorld,
  bought: Bought,
  { operationId, answer }: Change & { kind: 'answer' },
): void {
  const { marketplace } = sandbox.worlds
  const operation = marketplace.operation(operationId)
  const deliveries = marketplace.deliveries(bought.key.subscriptionId).filter((delivery) => delivery.operationId === operationId)
  const facts = { answer, operation }
  must(operation !== undefined, '13: an operation that is answered exists', facts)
  const read = journal.entries.some(
    ({ request }) => request.method === 'GET' && request.url.pathname.endsWith(`/operations/${operationId}`),
  )
  must(read, '13: no operation is answered by guess: it is read first', facts)
  must(operation?.source === 'Azure', '16: what the publisher began is not answered', facts)
  must(
    deliveries.some(({ attempts }) => attempts.length > 0),
    '14: no answer overtakes our 200',
    facts,
  )
  if (answer === 'Success') return
  const planIsSold = productOf(bought.offerId).items.some(({ planId }) => planId === operation?.planId)
  const byPlanMap = operation?.action === 'ChangePlan' && !planIsSold
  must(byPlanMap || refusedByPolicy(bought.ways, operation), '13: refused is only what policy or plan map refuse', facts)
  const told = Math.max(...deliveries.flatMap(({ attempts }) => attempts.map(({ at }) => at.getTime())))
  must(clock.now().getTime() - told < seconds(10), '14: nothing is refused when the ten seconds are over', facts)
}

function refusedByPolicy(
  { decided }: Bought['ways'],
  operation: { readonly action: string; readonly quantity?: number | undefined } | undefined,
): boolean {
  const policy = decided.operations?.changePlan
  if (policy === 'refuse') return true
  return policy === 'rules' && (operation?.action === 'ChangePlan' || (operation?.quantity ?? 0) > MOST_SEATS)
}

/** 9: a call whose outcome is unknown is not repeated within 30 s, an accepted activation not within ten minutes. */
function notTooSoon({ journal, clock }: HistoryWorld, request: HttpRequest): void {
  const kind = changeOf(request)?.kind
  if (kind === undefined || kind === 'answer') return
  const before = journal.entries.findLast((entry) => changeOf(entry.request)?.kind === kind && entry.request.body === request.body)
  if (!before) return
  const age = clock.now().getTime() - before.at.getTime()
  must(!isUnknown(before) || age >= seconds(30), '9: a step whose outcome is unknown is not repeated within 30 seconds', { kind, age })
  const accepted = kind === 'activate' && before.ended === 200
  must(!accepted || age >= minutes(10), '9: an accepted activation is not repeated within ten minutes', { age })
}

const isUnknown = ({ ended }: JournalEntry): boolean => ended === 'lost' || (ended >= 500 && ended <= 599)

export interface Before {
  readonly observedAt: number
  readonly status: string | undefined
}
export const nothingBefore: Before = { observedAt: 0, status: undefined }

/** After each happening. @returns what to hand in after the next. */
export async function judgeMoment(world: HistoryWorld, bought: Bought, before: Before): Promise<Before> {
  const [broken] = world.journal.broken
  if (broken) throw broken
  const { open, requests, assets } = truthOf(world.sandbox, bought.key.subscriptionId)
  must(
    open.length <= 1,
    '2: never two open requests',
    open.map(({ type, status }) => ({ type, status })),
  )
  const purchases = requests.filter(({ type, status }) => type === 'purchase' && status !== 'failed' && status !== 'revoked')
  must(purchases.length <= 1, '4: at most one purchase is open or approved', purchases.length)
  must(assets.filter(({ status }) => status !== 'terminated').length <= 1, '4: at most one asset lives', assets.length)
  const record = await world.load(bought.key)
  if (!record) return before
  const after = { observedAt: record.microsoftObservedAt.getTime(), status: record.microsoft.status }
  must(after.observedAt >= before.observedAt, 'an observation begun earlier never replaces one begun later', { before, after })
  must(before.status !== 'Unsubscribed' || after.status === 'Unsubscribed', 'the end is never left', { before, after })
  const wasActive = before.status === 'Subscribed' || before.status === 'Suspended'
  must(!wasActive || after.status !== 'PendingFulfillmentStart', 'what was activated never returns to pending', { before, after })
  return after
}
