/** The buyer's pages on a real PostgreSQL and the sandbox's real sign-in; the rooms below are a small world a test can set. */
import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { afterAll } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start.ts'
import { buyerPages } from '../../src/buyer/http.ts'
import type { BuyerPorts, ChangeRequest, DraftVerdict, Landing } from '../../src/buyer/ports.ts'
import type { AskedChange } from '../../src/buyer/rules/change.ts'
import type { UsedInTerm } from '../../src/buyer/rules/usage.ts'
import type { ConnectParameter } from '../../src/connect/index.ts'
import { createKeyring, type Db } from '../../src/database/index.ts'
import { createSignIn, type IdentityDeps, type SignInApp } from '../../src/identity/index.ts'
import { createHttp } from '../../src/kit/http.ts'
import { type ProductId, type SubscriptionId, tenantId } from '../../src/kit/ids.ts'
import { createLog } from '../../src/kit/log.ts'
import { type MovableClock, movableClock } from '../../src/kit/time.ts'
import { type Choices, mayRead, type NotPossible, type Order, type SubscriptionRecord } from '../../src/subscriptions/index.ts'
import { bought, choices } from '../helpers/buyer-records.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, type Door as BrowserDoor, createBrowser } from './browser.ts'

/** Nobody listens there: requests are injected. */
export const PUBLIC_URL = 'http://127.0.0.1:39901'
export const TENANT = tenantId.parse(publisher.tenantId)

type Refusal = 'foreignToken' | 'notManaged'

/** What the rooms below would say; a test changes it as it likes. */
export interface World {
  readonly records: Map<SubscriptionId, SubscriptionRecord>
  /** What each purchase token resolves to; others are refused. */
  readonly tokens: Map<string, SubscriptionId | Refusal | Error>
  /** Every token that reached the marketplace, as it arrived. */
  readonly resolved: string[]
  readonly orders: Order[]
  /** Changes asked for. */
  readonly changes: ChangeRequest[]
  choices: Choices | Error
  /** Why a change is not possible, if so. */
  refusal: NotPossible | undefined
  asked: AskedChange | undefined
  usage: UsedInTerm | undefined
  parameters: readonly ConnectParameter[] | Error
  verdict: DraftVerdict
  actionLink: string
  signInApp: SignInApp | undefined
}

export interface Door {
  readonly db: Db
  readonly clock: MovableClock
  readonly sandbox: Sandbox
  readonly world: World
  readonly identity: IdentityDeps
  /** Everything logged so far, the server's own lines included. */
  readonly logged: () => string
  browser(): Browser
  readonly inject: BrowserDoor['inject']
}

export const aToken = (): string => `a+b/${randomBytes(60).toString('base64')}+/==`

const PRODUCTS: readonly string[] = [bought().productId ?? '', 'PRD-417-220-901']

export interface DoorOptions {
  /** Another door's sandbox, for a door with nothing in its caches. */
  readonly sandbox?: Sandbox
  /** Instead of the sandbox's Entra. */
  readonly loginUrl?: string
}

export async function openDoor(options: DoorOptions = {}): Promise<Door> {
  const { db } = await testDatabase()
  const clock = movableClock()
  const sandbox = options.sandbox ?? (await startSandbox({ port: 0, clock, bridgeUrl: PUBLIC_URL }))
  const now = new Date(clock.now().getTime())
  await db
    .insertInto('tenants')
    .values({ id: TENANT, name: 'Larkspur', status: 'active', connect_api_url: null, created_at: now, updated_at: now })
    .execute()

  const lines: string[] = []
  const log = createLog('trace', { write: (line) => lines.push(line) })
  const http = createHttp({ clock, log, pause: async () => undefined })
  const world = createWorld()
  const identity: IdentityDeps = {
    ...{ db, clock, http, log, publicUrl: PUBLIC_URL },
    keyring: createKeyring({ keys: [{ key: randomBytes(32) }] }),
    loginUrl: options.loginUrl ?? sandbox.urls.login,
    signInApp: async (tenant) => (tenant === TENANT ? world.signInApp : undefined),
  }
  const app = Fastify({ loggerInstance: log })
  await app.register(buyerPages({ identity, signIn: createSignIn(identity), ports: portsOf(world, clock) }))
  await app.ready()
  const door: BrowserDoor = { inject: (request) => app.inject(request) }
  afterAll(async () => {
    await app.close()
    await http.close()
    if (!options.sandbox) await sandbox.stop()
  })
  return {
    ...{ db, clock, sandbox, world, identity },
    logged: () => lines.join(''),
    browser: () => createBrowser(door, PUBLIC_URL),
    inject: door.inject,
  }
}

const createWorld = (): World => ({
  records: new Map(),
  tokens: new Map(),
  resolved: [],
  orders: [],
  changes: [],
  choices,
  refusal: undefined,
  asked: undefined,
  usage: undefined,
  parameters: [],
  verdict: { outcome: 'skipped' },
  actionLink: 'https://vendor.example/open?signed=1',
  signInApp: { clientId: publisher.signInApp.clientId, secrets: [publisher.signInApp.secret] },
})

const portsOf = (world: World, clock: MovableClock): BuyerPorts => ({
  findProduct: async ({ tenantId: tenant, productId }) =>
    tenant === TENANT && PRODUCTS.includes(productId)
      ? {
          face: { name: 'Larkspur Projects', publisherName: 'Larkspur', iconUrl: 'https://logo.example/a.svg' },
          onVendorFailure: 'attention',
        }
      : undefined,
  planFacts: async () => ({ orderable: true, planName: 'Professional' }),
  async landPurchase({ tenantId: tenant, productId, purchaseToken }): Promise<Landing> {
    world.resolved.push(purchaseToken)
    const meant = world.tokens.get(purchaseToken)
    if (meant instanceof Error) throw meant
    if (meant === undefined) return { outcome: 'tokenRefused' }
    if (isRefusal(meant)) return { outcome: meant }
    const record = world.records.get(meant)
    if (!record) throw new Error('a token of nothing')
    if (record.productId !== productId) return { outcome: 'otherProduct', productId: known<ProductId>(record.productId) }
    return { outcome: 'landed', key: { tenantId: tenant, subscriptionId: meant }, record }
  },
  readSubscription: async ({ tenantId: tenant, subscriptionId }) => (tenant === TENANT ? world.records.get(subscriptionId) : undefined),
  mayRead,
  async orderingParameters() {
    if (world.parameters instanceof Error) throw world.parameters
    return world.parameters
  },
  validateDraft: async () => world.verdict,
  async confirmOrder({ subscriptionId }, order, { entraTenantId, objectId }) {
    const record = world.records.get(subscriptionId)
    if (!record || record.confirmed) return { outcome: 'alreadyConfirmed' }
    world.orders.push(order)
    world.records.set(subscriptionId, { ...record, confirmed: { at: clock.now(), entraTenantId, objectId } })
    return { outcome: 'confirmed' }
  },
  actionsOf: async () => [{ id: 'open', title: 'Open' }],
  actionLink: async () => world.actionLink,
  async choices() {
    if (world.choices instanceof Error) throw world.choices
    return world.choices
  },
  async preview({ subscriptionId }, wanted) {
    const { planId, microsoft } = known(world.records.get(subscriptionId))
    return world.refusal ?? { possible: true, wanted, from: { planId, quantity: microsoft.quantity }, effect: [] }
  },
  async askFor(request) {
    if (world.refusal) return { outcome: 'refused', ...world.refusal }
    world.changes.push(request)
    return { outcome: world.changes.length > 1 ? 'underWay' : 'asked' }
  },
  lastAsked: async () => world.asked,
  usage: async () => world.usage,
  nudge: async () => undefined,
})

const isRefusal = (meant: SubscriptionId | Refusal): meant is Refusal => meant === 'foreignToken' || meant === 'notManaged'

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing is known of it')
  return value
}
