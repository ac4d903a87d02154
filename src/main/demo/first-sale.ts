/** The first sale without a browser: every step through the same doors a buyer, a vendor and Microsoft use. */
import { createBuyer } from '../../../sandbox/testing/buyer.ts'
import { type SubscriptionId, subscriptionId } from '../../kit/ids.ts'
import { readSubscription, readTimeline, type StoredSubscription, sentenceOf } from '../../subscriptions/index.ts'
import { ADDRESS, type DemoDeps, seen, TENANT } from './stage.ts'

const SEATS = 12

/** @returns whether both sides agree at the end. */
export async function firstSale(deps: DemoDeps): Promise<boolean> {
  const { sandbox, narrator } = deps
  const { connect, marketplace } = sandbox.worlds

  narrator.step('A buyer chooses a product on Microsoft’s marketplace')
  const { subscriptionId: bought, landingUrl } = marketplace.purchase({
    offerId: 'larkspur-notes',
    planId: 'team',
    quantity: SEATS,
    buyer: 'mara',
  })
  const id = subscriptionId.parse(bought)
  narrator.say(`Mara Vogt of Fabrikam buys Larkspur Notes, plan Team, ${SEATS} seats: subscription ${id}`)
  narrator.say(`At Microsoft it is ${statusOf(deps, id)}: nothing is billed yet.`)

  narrator.step('She presses "Configure account" and lands on the publisher’s page')
  const mara = createBuyer('mara')
  const order = await mara.open(landingUrl)
  narrator.say(`Signed in with her work account; the token is gone from the address: ${order.url.pathname}`)

  narrator.step('She fills in what Connect needs and Microsoft did not give, and confirms')
  const waiting = await mara.submit(order, '/order', ADDRESS)
  if (waiting.status !== 200) throw new Error(`the order form was answered with ${waiting.status}`)
  const request = await seen(() => connect.requests({ externalUid: id, type: 'purchase', open: true })[0], 'an order at the vendor')
  narrator.say(`The bridge places one order at the vendor: ${request.id}, ${request.status}`)

  narrator.step('The vendor approves the order')
  connect.approve(request.id)
  narrator.say('Larkspur Software has delivered; the bridge looks, sees it, and activates the subscription at Microsoft.')
  const record = await seen(async () => settled(await read(deps, id)), 'an active subscription on both sides')

  narrator.step('What the buyer reads now')
  const page = await mara.open(order.url)
  narrator.say(headingOf(page.html))

  return compare(deps, id, record)
}

async function compare({ narrator, storage, sandbox }: DemoDeps, id: SubscriptionId, record: StoredSubscription): Promise<boolean> {
  const atMicrosoft = sandbox.worlds.marketplace.subscription(id)
  const [asset] = sandbox.worlds.connect.assets({ externalUid: id })
  const requests = sandbox.worlds.connect.requests({ externalUid: id, type: 'purchase' })
  narrator.step('Both sides, asked themselves')
  narrator.say(`Microsoft: ${atMicrosoft?.status}, ${atMicrosoft?.quantity} seats`)
  narrator.say(`Connect:   ${asset?.id} ${asset?.status}, ${requests.length} purchase request`)
  narrator.step('The timeline an operator sees')
  for (const entry of await readTimeline(storage.db, record)) {
    narrator.say(
      `${entry.at.toISOString().slice(11, 23)}  ${entry.actor.padEnd(9)}  ${sentenceOf(entry.event)}${stepOf(entry.facts['step'])}`,
    )
  }
  return atMicrosoft?.status === 'Subscribed' && asset?.status === 'active' && requests.length === 1 && atMicrosoft.quantity === SEATS
}

const stepOf = (step: unknown): string => (typeof step === 'string' ? ` (${step})` : '')

const statusOf = ({ sandbox }: DemoDeps, id: SubscriptionId): string => sandbox.worlds.marketplace.subscription(id)?.status ?? 'unknown'

const read = ({ storage }: DemoDeps, id: SubscriptionId) => readSubscription(storage.db, { tenantId: TENANT, subscriptionId: id })

const settled = (record: StoredSubscription | undefined): StoredSubscription | undefined =>
  record?.next?.kind === 'settled' && record.microsoft.status === 'Subscribed' ? record : undefined

const headingOf = (html: string): string =>
  /<h1[^>]*>([\s\S]*?)<\/h1>/
    .exec(html)?.[1]
    ?.replaceAll(/<[^>]*>/g, '')
    .trim() ?? ''
