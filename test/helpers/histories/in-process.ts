/** A world of histories in this process: no socket, no database, a clock that stands still until it is moved. */
import { readFileSync } from 'node:fs'
import Fastify, { type FastifyInstance } from 'fastify'
import { connectSeed, publisher } from '../../../sandbox/seed.ts'
import { type InProcess, sandboxInProcess } from '../../../sandbox/start.ts'
import { createConnect } from '../../../src/connect/index.ts'
import { Crash } from '../../../src/kit/crash-point.ts'
import type { Http } from '../../../src/kit/http.ts'
import { entraClientId, entraTenantId, type SubscriptionId } from '../../../src/kit/ids.ts'
import { silentLog } from '../../../src/kit/log.ts'
import { earliest, type Instant, type MovableClock, plus, standingClock } from '../../../src/kit/time.ts'
import { createFulfilment, createTokenProof, createTokens, type MicrosoftFulfilment } from '../../../src/microsoft/index.ts'
import {
  type ConvergeDeps,
  confirmOrder,
  createFindSetup,
  discover,
  landPurchase,
  noBrakes,
  notificationRoute,
  operationLook,
  type SalesOf,
  subscriptionLook,
  type WantedAction,
} from '../../../src/subscriptions/index.ts'
import { readSetup } from '../../../src/tenants/index.ts'
import { policies } from '../../../src/tenants/model/policies.ts'
import { desiredOf } from '../../../src/tenants/setup/desired.ts'
import { inProcessHttp } from '../in-process-http.ts'
import {
  createMemory,
  type Memory,
  type MemoryTransaction,
  type MemoryWorker,
  memoryNameOf,
  memoryNoticeStore,
  memoryOperationStore,
  memoryStore,
  startMemoryWorker,
  wakeSubscription,
} from '../memory/index.ts'
import { TENANT, visitorOf } from '../world.ts'
import { createJournal, type Decided, type DeliveryScript, type HistoryWorld, journaled, unreliable } from './world.ts'

const SANDBOX = 'http://sandbox.example'
const BRIDGE = 'http://bridge.example'
/** So many things due are gone through one by one before time passes at once. */
const STEPS_OF_TIME = 3

interface Bridge {
  readonly deps: ConvergeDeps<MemoryTransaction>
  readonly app: FastifyInstance
  readonly worker: MemoryWorker
}

export async function createInProcessWorld(): Promise<HistoryWorld> {
  const clock = standingClock('2030-01-01T00:00:00Z')
  const [journal, deliveries, memory] = [createJournal(), [] as DeliveryScript, createMemory()]
  const decisions = new Map<string, Decided>()
  const salesOf = seedSales(decisions)
  let [armed, bridge]: [string | undefined, Bridge | undefined] = [undefined, undefined]
  const toBridge = unreliable(
    inProcessHttp((url) => (url.origin === BRIDGE ? bridge?.app : undefined), clock),
    deliveries,
  )
  const sandbox = await sandboxInProcess({ url: SANDBOX, clock, bridgeUrl: BRIDGE, http: toBridge })
  const toSandbox = inProcessHttp((url) => (url.origin === SANDBOX ? sandbox.app : undefined), clock)
  const http = journaled(toSandbox, journal, clock)
  const elsewhere = microsoftOf(sandbox, toSandbox, clock)
  const crashPoint = (point: string): void => {
    if (point !== armed) return
    armed = undefined
    throw new Crash(point)
  }
  const start = async (): Promise<Bridge> => startBridge({ sandbox, clock, memory, http, salesOf, crashPoint })
  let running = await start()
  bridge = running

  async function restart(): Promise<void> {
    await running.app.close()
    running = await start()
    bridge = running
  }

  async function runDue(): Promise<number> {
    try {
      return await running.worker.runDue()
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      await restart()
      return 1
    }
  }

  async function rest(): Promise<void> {
    await sandbox.settled()
    while ((await runDue()) > 0) await sandbox.settled()
  }

  async function pass(length: number): Promise<void> {
    const end = plus(clock.now(), length)
    for (let step = 0; step < STEPS_OF_TIME; step++) {
      const next = soonest(sandbox.nextDue(), memory.work.nextDue())
      if (!next || next.getTime() >= end.getTime()) break
      moveTo(clock, next)
      await rest()
    }
    moveTo(clock, end)
    await rest()
  }

  return {
    ...{ sandbox, clock, journal, deliveries, restart, rest, pass },
    crashAt(point) {
      armed = point
    },
    land: (purchaseToken, productId) => landPurchase(running.deps, { tenantId: TENANT, productId, purchaseToken }),
    confirm: (key, order, who) => confirmOrder(running.deps, key, order, visitorOf(who)),
    discover: () => discover(running.deps, TENANT),
    connectChanged(key) {
      if (memory.subscriptions.has(memoryNameOf(key))) wakeSubscription(memory, key, clock.now())
    },
    async decide(productId, decided) {
      decisions.set(productId, decided)
    },
    ask: (key, wanted) => askAnother(elsewhere, key.subscriptionId, wanted),
    async retry(key) {
      const kept = memory.subscriptions.get(memoryNameOf(key))
      if (!kept) return
      memory.subscriptions.set(memoryNameOf(key), { ...kept, retryAskedAt: clock.now() })
      wakeSubscription(memory, key, clock.now())
    },
    async replay({ subscriptionId }) {
      const newest = memory.notices.findLast((notice) => notice.subscriptionId === subscriptionId)
      if (newest) await memoryNoticeStore(memory).replay(newest.id, clock.now())
    },
    load: (key) => running.deps.store.load(key),
    timeline: async ({ tenantId, subscriptionId }) => memory.timelines.get(`${tenantId} ${subscriptionId}`) ?? [],
    async reset() {
      await sandbox.settled()
      sandbox.reset()
      memory.clear()
      journal.entries.length = 0
      journal.broken.length = 0
      deliveries.length = 0
      decisions.clear()
      armed = undefined
    },
    async stop() {
      await running.app.close()
      await sandbox.stop()
    },
  }
}

const soonest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => (a && b ? earliest(a, b) : (a ?? b))
const moveTo = (clock: MovableClock, at: Instant): void => clock.moveBy(Math.max(0, at.getTime() - clock.now().getTime()))

interface BridgeParts {
  readonly sandbox: InProcess
  readonly clock: MovableClock
  readonly memory: Memory
  readonly http: Http
  readonly salesOf: SalesOf
  readonly crashPoint: (point: string) => void
}

async function startBridge({ sandbox, clock, memory, http, salesOf, crashPoint }: BridgeParts): Promise<Bridge> {
  const { login, sts, connect: connectUrl } = sandbox.urls
  const log = silentLog
  const microsoft = microsoftOf(sandbox, http, clock)
  const connect = createConnect({ http, baseUrl: connectUrl, apiKey: connectSeed.provider.token, clock, log })
  const deps: ConvergeDeps<MemoryTransaction> = {
    store: memoryStore(memory),
    clientsFor: async () => ({ microsoft, connect }),
    findSetup: createFindSetup({ salesOf, connectFor: async () => connect, clock }),
    recognizePlan: async () => false,
    brakes: noBrakes,
    ...{ clock, log, crashPoint },
  }
  const operations = memoryOperationStore(memory)
  const looks = [subscriptionLook(deps), operationLook({ ...deps, operations, salesOf })]
  const worker = startMemoryWorker({ work: memory.work, looks, clock, isCrash: (error) => error instanceof Crash })
  return { deps, worker, app: await webhookApp({ sandbox, clock, memory, http, app, loginUrl: login, stsUrl: sts }) }
}

const app = {
  tenantId: entraTenantId.parse(publisher.entraTenantId),
  clientId: entraClientId.parse(publisher.apiApp.clientId),
  credentials: [{ kind: 'secret', secret: publisher.apiApp.secret }] as const,
}

function microsoftOf({ urls }: InProcess, http: Http, clock: MovableClock): MicrosoftFulfilment {
  const tokens = createTokens({ http, loginUrl: new URL(urls.login), clock, log: silentLog })
  return createFulfilment({ http, tokens, baseUrl: new URL(urls.marketplace), app, clock, log: silentLog })
}

/** What is asked for here is kept in the database; without one another system of the publisher's asks, which looks the same to converging. */
function askAnother(microsoft: MicrosoftFulfilment, id: SubscriptionId, wanted: WantedAction): Promise<unknown> {
  switch (wanted.kind) {
    case 'changePlan':
      return microsoft.changePlan(id, wanted.planId)
    case 'changeSeats':
      return microsoft.changeQuantity(id, wanted.seats)
    case 'cancel':
      return microsoft.cancel(id)
  }
}

type WebhookParts = Pick<BridgeParts, 'sandbox' | 'clock' | 'memory' | 'http'> & {
  readonly app: { readonly tenantId: ReturnType<typeof entraTenantId.parse>; readonly clientId: ReturnType<typeof entraClientId.parse> }
  readonly loginUrl: string
  readonly stsUrl: string
}

async function webhookApp({ clock, memory, http, app: receiver, loginUrl, stsUrl }: WebhookParts): Promise<FastifyInstance> {
  const app = Fastify({ routerOptions: { maxParamLength: 1024 } })
  const verifyMicrosoftToken = createTokenProof({ http, loginUrl: new URL(loginUrl), stsUrl: new URL(stsUrl), clock, log: silentLog })
  const receiverOf = async (tenantId: string) => (tenantId === TENANT ? { app: receiver } : 'noTenant')
  await app.register(notificationRoute({ notices: memoryNoticeStore(memory), receiverOf, verifyMicrosoftToken, clock, log: silentLog }))
  await app.ready()
  return app
}

/** What the sandbox's set-up file sells. */
function seedSales(decisions: ReadonlyMap<string, Decided>): SalesOf {
  const reading = readSetup(readFileSync('examples/sandbox.yaml', 'utf8'), {})
  if (!reading.ok) throw new Error('the sandbox is set up wrongly')
  const tenants = desiredOf(reading.setup)
  const offers = tenants.flatMap((tenant) => tenant.offers.map(({ value }) => value))
  const products = tenants.flatMap((tenant) => tenant.products.map(({ value }) => value))
  const plans = tenants.flatMap((tenant) => tenant.plans.map(({ value }) => value))
  return async (_tenantId, id) => {
    const offer = offers.find((one) => one.id === id)
    const product = products.find((one) => one.id === offer?.productId)
    if (!product) return undefined
    const decided = policies.parse({ ...product.policies, ...decisions.get(product.id) })
    return { product: { ...product, policies: decided }, plans: plans.filter(({ offerId }) => offerId === id) }
  }
}
