/** The ten-second window under load: notices taken through the real door (proof, storing, wakes), beside the least a server can do. */
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import { sql } from 'kysely'
import { publisher } from '../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import type { Database, Db } from '../src/database/index.ts'
import { productId, type SubscriptionId, subscriptionId } from '../src/kit/ids.ts'
import { type Milliseconds, seconds } from '../src/kit/time.ts'
import type { Bridge } from '../src/main/bridge.ts'
import { landPurchase } from '../src/subscriptions/index.ts'
import { BRIDGE_URL, startBridge, TENANT } from './bridge.ts'
import { type Child, startChild } from './child.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import type { Posted, PostOrder } from './poster.ts'
import { quantile } from './quantile.ts'

const CONNECTIONS = 64
const ROUNDS = 4
const ROUND: Milliseconds = seconds(2)
const WARM_UP: Milliseconds = seconds(1)
const SUBSCRIPTIONS = 2_000
/** As many as a round may use: for the measurement in which no token comes twice. */
const TOKENS = 3_000
const PRODUCT = productId.parse('PRD-417-220-902')
const DOOR = `/portal/${TENANT}/${PRODUCT}/notification`

export const noticesBench: Bench = {
  name: 'notices',
  about: `notices durably stored, each about another change, over ${CONNECTIONS} connections; baseline: a bare handler that inserts the same body as one row`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  const sandbox = await startSandbox({ port: 0, bridgeUrl: BRIDGE_URL })
  const bridge = await startBridge(database, sandbox.urls, { onlyDoors: true })
  const bare = await startBare(database)
  const poster = startChild('poster.ts')
  try {
    return await inTurns(poster, bare.url, await notices(sandbox, bridge), sandbox)
  } finally {
    await poster.end()
    await bare.stop()
    await bridge.stop()
    await sandbox.stop()
  }
}

/** Round by round, so that a slow moment of the machine strikes all of them. */
async function inTurns(poster: Child, bareUrl: string, bodies: readonly string[], sandbox: Sandbox): Promise<BenchResult> {
  const few = await tokens(sandbox, 1)
  const many = await tokens(sandbox, TOKENS)
  const orders = [
    { name: 'bare handler, one insert', url: bareUrl, tokens: few },
    { name: 'notices, the sender keeps its token', url: BRIDGE_URL + DOOR, tokens: few },
    { name: 'notices, each with a token of its own', url: BRIDGE_URL + DOOR, tokens: many },
  ].map((order) => ({ ...order, took: [] as Milliseconds[], lasted: 0 }))
  const post = async (order: Pick<PostOrder, 'url' | 'tokens'>, lasts: Milliseconds): Promise<Posted> => {
    poster.tell({ ...order, bodies, connections: CONNECTIONS, lasts } satisfies PostOrder)
    return poster.hear<Posted>()
  }
  for (const { url } of orders) await post({ url, tokens: few }, WARM_UP)
  for (let round = 0; round < ROUNDS; round++) {
    for (const order of orders) {
      const share = order.tokens.length / ROUNDS
      const { took, lasted } = await post({ ...order, tokens: order.tokens.slice(round * share, (round + 1) * share + 1) }, ROUND)
      order.took.push(...took)
      order.lasted += lasted
    }
  }
  const [baseline, ...measured] = orders.map(
    ({ name, took, lasted }): Measurement => ({ name, unit: 'requests', rate: (took.length * 1000) / lasted, p99: quantile(took, 0.99) }),
  )
  if (!baseline) throw new TypeError('the first is the baseline')
  return { baseline, measured }
}

async function startBare({ db }: Database): Promise<{ readonly url: string; stop(): Promise<void> }> {
  await sql`create table bare_insert (id bigint generated always as identity primary key, body text not null)`.execute(db)
  const app = Fastify()
  app.post('/', async ({ body }) => {
    await insertInto(db, JSON.stringify(body))
    return { outcome: 'stored' }
  })
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), stop: () => app.close() }
}

const insertInto = (db: Db, body: string) => sql`insert into bare_insert (body) values (${body})`.execute(db)

async function tokens({ worlds: { entra } }: Sandbox, count: number): Promise<readonly string[]> {
  const app = entra.apps.find(publisher.apiApp.clientId)
  if (!app) throw new TypeError('the sandbox has its publisher')
  return Promise.all(Array.from({ length: count }, () => entra.tokens.forWebhook(app)))
}

/** As Microsoft words them, about subscriptions the bridge knows. */
async function notices({ worlds: { marketplace } }: Sandbox, { subscriptions }: Bridge): Promise<readonly string[]> {
  const order = { offerId: 'larkspur-projects', planId: 'professional', quantity: 30 }
  const { token, subscriptionId: first } = marketplace.purchase(order)
  await landPurchase(subscriptions, { tenantId: TENANT, productId: PRODUCT, purchaseToken: token })
  const stored = await subscriptions.store.load({ tenantId: TENANT, subscriptionId: subscriptionId.parse(first) })
  const subscription = marketplace.subscription(first)
  if (!stored || !subscription) throw new TypeError('bought a moment ago')
  const body = JSON.stringify(changeOf(subscription))
  const ids = Array.from({ length: SUBSCRIPTIONS }, () => subscriptionId.parse(randomUUID()))
  const { productId, environment, microsoft, microsoftObservedAt: observedAt } = stored
  const insert = (id: SubscriptionId) =>
    subscriptions.store.insertIfAbsent(
      { tenantId: TENANT, subscriptionId: id, productId, environment, microsoft, observedAt },
      [],
      observedAt,
    )
  await Promise.all(ids.map(insert))
  return ids.map((id) => body.replaceAll(first, id))
}

type Bought = NonNullable<ReturnType<Sandbox['worlds']['marketplace']['subscription']>>

const changeOf = ({ offer, ...subscription }: Bought) => ({
  id: 'NEW-ID',
  activityId: randomUUID(),
  publisherId: offer.publisherId,
  offerId: offer.offerId,
  planId: subscription.planId,
  quantity: 40,
  subscriptionId: subscription.id,
  timeStamp: '2030-04-15T20:17:31.7350641Z',
  action: 'ChangeQuantity',
  status: 'InProgress',
  operationRequestSource: 'Azure',
  subscription: { ...subscription, offerId: offer.offerId, saasSubscriptionStatus: 'Subscribed' },
  purchaseToken: null,
})
