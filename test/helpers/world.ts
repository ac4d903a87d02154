/** The whole bridge over both sandbox worlds and a real PostgreSQL, on one clock that a test moves. Looks happen only when asked. */
import type { Call } from '../../sandbox/faults.ts'
import { connectSeed, people, products } from '../../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { createKeyring, type Keyring } from '../../src/database/index.ts'
import type { CrashPoint } from '../../src/kit/crash-point.ts'
import type { Http } from '../../src/kit/http.ts'
import { entraObjectId, entraTenantId, productId, subscriptionId, tenantId } from '../../src/kit/ids.ts'
import { silentLog } from '../../src/kit/log.ts'
import { type Milliseconds, type MovableClock, movableClock } from '../../src/kit/time.ts'
import { type Bridge, createBridge } from '../../src/main/bridge.ts'
import { applySandboxSetup } from '../../src/main/with-sandbox.ts'
import {
  confirmOrder,
  landPurchase,
  type Order,
  readSubscription,
  type StoredSubscription,
  type SubscriptionKey,
  type Visitor,
  wakeDiscovery,
} from '../../src/subscriptions/index.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const TENANT = tenantId.parse('larkspur')
export const NOTES = productId.parse(products[0]?.id)

export interface World {
  readonly sandbox: Sandbox
  readonly bridge: Bridge
  readonly database: TestDatabase
  readonly clock: MovableClock
  readonly config: Config
  readonly keyring: Keyring
  /** Everything due is looked at, on both sides, until nothing is. */
  rest(): Promise<void>
  /** Moves the clock and lets everything come to rest. */
  pass(length: Milliseconds): Promise<void>
  /** Passes time in steps until it is so. @throws when it never is. */
  until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void>
  /** Everything kept in memory is gone; what is stored stays. */
  restart(): Promise<void>
  read(key: SubscriptionKey): Promise<StoredSubscription>
  stop(): Promise<void>
}

export interface WorldOptions {
  readonly crashPoint?: CrashPoint
  /** Runs with the machine's when left out. */
  readonly clock?: MovableClock
  /** Where the bridge believes to be; it listens only when told to. */
  readonly port?: number
  /** Begins with an empty database: the sandbox's publisher is not set up. */
  readonly fromNothing?: boolean
  /** The installation's own app for sign-in. */
  readonly signInApp?: Config['signInApp']
  /** Looks at the same time. */
  readonly concurrency?: number
  /** Told of each call the bridge makes. */
  readonly onCall?: (call: Call) => void
  /** The way out of the bridge, and of the worlds; over the network when left out. */
  readonly http?: { readonly ofBridge: (clock: MovableClock) => Http; readonly ofWorlds: (clock: MovableClock) => Http }
}

export async function createWorld({
  clock = movableClock(),
  onCall,
  http,
  port,
  signInApp,
  fromNothing = false,
  ...more
}: WorldOptions = {}): Promise<World> {
  const database = await createTestDatabase()
  const keyring = createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] })
  const sandbox = await startSandbox({
    ...{ port: 0, clock, bridgeUrl: 'http://127.0.0.1:9' },
    ...(onCall ? { onCall } : {}),
    ...(http ? { http: http.ofWorlds(clock) } : {}),
  })
  const config = { ...configFor(sandbox, port), signInApp }
  const storage = { ...database, keyring }
  if (!fromNothing) await applySandboxSetup(storage, clock)
  const start = (): Promise<Bridge> =>
    createBridge({ config, storage, clock, log: silentLog, onlyWhenAsked: true, ...(http ? { http: http.ofBridge(clock) } : {}), ...more })
  let bridge = await start()

  await wakeDiscovery(database.db, clock.now())

  const rest = async (): Promise<void> => {
    await sandbox.settled()
    while ((await bridge.worker.runDue()) > 0) await sandbox.settled()
  }
  const pass = async (length: Milliseconds): Promise<void> => {
    clock.moveBy(length)
    await rest()
  }
  return {
    ...{ sandbox, database, clock, config, keyring, rest, pass },
    get bridge() {
      return bridge
    },
    async restart() {
      await bridge.stop()
      bridge = await start()
    },
    async until(what, isSo) {
      for (let step = 0; step < 60; step++) {
        await rest()
        if (await isSo()) return
        clock.moveBy(500 * 1.2 ** step)
      }
      throw new Error(`it never came to this: ${what}`)
    },
    async read(key) {
      const record = await readSubscription(database.db, key)
      if (!record) throw new Error('no such subscription')
      return record
    },
    async stop() {
      await bridge.stop()
      await sandbox.stop()
      await database.drop()
    },
  }
}

export function configFor(sandbox: Sandbox, port = 39_999): Config {
  const reading = readConfig({
    SANDBOX: 'off',
    PORT: String(port),
    MICROSOFT_MARKETPLACE_URL: sandbox.urls.marketplace,
    MICROSOFT_LOGIN_URL: sandbox.urls.login,
    MICROSOFT_INGESTION_URL: sandbox.urls.ingestion,
    MICROSOFT_STS_URL: sandbox.urls.sts,
    CONNECT_API_URL: sandbox.urls.connect,
  })
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.config
}

export const visitorOf = (key: string): Visitor => {
  const person = people.find((one) => one.key === key)
  if (!person) throw new Error(`nobody is called ${key}`)
  return { entraTenantId: entraTenantId.parse(person.tenantId), objectId: entraObjectId.parse(person.objectId), name: person.name }
}

export const anOrder: Order = {
  customer: {
    companyName: 'Fabrikam GmbH',
    addressLine1: 'Hauptstrasse 1',
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
    contact: { firstName: 'Mara', lastName: 'Vogt', email: 'mara.vogt@fabrikam.example' },
  },
  params: [],
}

export interface Bought {
  readonly key: SubscriptionKey
  readonly token: string
}

/** Buys on the storefront's side; the landing page has not been opened yet. */
export function buy(world: World, order: Parameters<Sandbox['worlds']['marketplace']['purchase']>[0]): Bought {
  const { subscriptionId: id, token } = world.sandbox.worlds.marketplace.purchase(order)
  return { key: { tenantId: TENANT, subscriptionId: subscriptionId.parse(id) }, token }
}

export const land = (world: World, { token }: Pick<Bought, 'token'>, product = NOTES) =>
  landPurchase(world.bridge.subscriptions, { tenantId: TENANT, productId: product, purchaseToken: token })

export const confirm = (world: World, { key }: Pick<Bought, 'key'>, order: Order = anOrder, who = 'mara') =>
  confirmOrder(world.bridge.subscriptions, key, order, visitorOf(who))

export { connectSeed }

/** As the sandbox's Connect has it, to be changed there. */
export function catalogueProduct(world: World, id: string) {
  const product = world.sandbox.worlds.connect.state.products.get(id)
  if (!product) throw new Error(`no product ${id}`)
  return product
}
