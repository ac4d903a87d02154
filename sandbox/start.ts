/**
 * The sandbox: stand-ins for Microsoft Entra, the Microsoft marketplace and CloudBlue Connect in one server, with a storefront to buy in and
 * a desk to be the vendor at. State is in memory; the clock can be moved; calls can be told to go wrong.
 */
import { createServer } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Http } from '../src/kit/http.ts'
import { type Log, silentLog } from '../src/kit/log.ts'
import { type Instant, type MovableClock, movableClock } from '../src/kit/time.ts'
import { type ConnectWorld, createConnectWorld } from './connect/index.ts'
import { controlRoutes } from './control/index.ts'
import { deskPages } from './desk/index.ts'
import { createEntra, type EntraWorld } from './entra/index.ts'
import { applyFaults } from './fault-hooks.ts'
import { type Call, createFaults, type Faults } from './faults.ts'
import { createMarketplace, type MarketplaceWorld } from './marketplace/index.ts'
import { createPartnerCenter, type PartnerCenterWorld } from './partner-center/index.ts'
import { partnerCenterPages } from './partner-center/pages/index.tsx'
import { appOn, close, type Listening, listen } from './server.ts'
import { storefront } from './storefront/index.ts'
import { createTimers, type Timers } from './timers.ts'

export interface SandboxOptions {
  /** Default 127.0.0.1: nobody else should reach it. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  readonly clock?: MovableClock
  /** The publisher's base URL: landing pages and webhooks are below it. Default http://127.0.0.1:3000. */
  readonly bridgeUrl?: string
  readonly log?: Log
  /** Told of each call to the worlds' APIs as it arrives: for tests that count. */
  readonly onCall?: (call: Call) => void
  /** How the worlds' own calls (notices, webhooks) go out; over the network when left out. */
  readonly http?: Http
}

/** Where the worlds are. `marketplace`, `metering`, `login`, `sts`, `connect` and `ingestion` are what the bridge's configuration wants. */
export interface SandboxUrls {
  readonly marketplace: string
  readonly metering: string
  readonly login: string
  readonly sts: string
  readonly connect: string
  /** The Product Ingestion API. */
  readonly ingestion: string
  readonly storefront: string
  readonly desk: string
}

/** For tests and demos in the same process; the same is there over HTTP at `/_sandbox`. */
export interface Worlds {
  readonly marketplace: MarketplaceWorld
  readonly entra: EntraWorld
  readonly connect: ConnectWorld
  readonly partnerCenter: PartnerCenterWorld
  readonly faults: Faults
}

export interface Sandbox {
  readonly url: string
  readonly urls: SandboxUrls
  readonly clock: MovableClock
  /** Tells where the publisher's pages are, and with them where sign-in may lead back to. */
  setBridgeUrl(url: string): void
  readonly worlds: Worlds
  /** When the next thing planned in one of the worlds falls due. */
  nextDue(): Instant | undefined
  /** Resolves when nothing that fell due is still going on, webhook calls included. */
  settled(): Promise<void>
  /** Back to the seed: no purchases, no faults, nobody signed in. The clock stays where it is. */
  reset(): void
  stop(): Promise<void>
}

/** @throws Error when the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const listening = await listen(options.host ?? '127.0.0.1', options.port)
  return open(listening, options)
}

/** The same without a socket: calls come in by `app.inject`, at addresses below `url`. */
export const sandboxInProcess = (options: Omit<SandboxOptions, 'host' | 'port'> & { readonly url: string }): Promise<InProcess> =>
  open({ server: createServer(), url: options.url }, options)

export type InProcess = Sandbox & { readonly app: FastifyInstance }

async function open({ server, url }: Listening, options: Omit<SandboxOptions, 'host' | 'port'>): Promise<InProcess> {
  const { clock = movableClock(), log = silentLog } = options
  const timers = createTimers(clock, log)
  const bridge = bridgeAt(options.bridgeUrl ?? 'http://127.0.0.1:3000')
  const made = createWorlds({ url, clock, log, timers, bridge, http: options.http })
  const app = appOn(server, log)
  mount(app, made, { clock, timers, bridge }, options.onCall)
  await app.ready()
  return {
    ...{ app, url, urls: made.urls, clock, worlds: made.worlds },
    setBridgeUrl: bridge.set,
    settled: timers.settled,
    nextDue: timers.nextDue,
    reset: made.reset,
    async stop() {
      timers.stop()
      await made.close()
      await app.close()
      await close(server)
    },
  }
}

interface Bridge {
  readonly url: () => string
  readonly set: (url: string) => void
  /** Where sign-in may lead back to, and sign-out. */
  readonly redirectUris: () => readonly string[]
}

function bridgeAt(first: string): Bridge {
  const trim = (url: string): string => url.replace(/\/+$/, '')
  let url = trim(first)
  return {
    url: () => url,
    set(to) {
      url = trim(to)
    },
    redirectUris: () => [`${url}/portal/signin`],
  }
}

interface Ground {
  readonly url: string
  readonly clock: MovableClock
  readonly log: Log
  readonly timers: Timers
  readonly bridge: Bridge
  readonly http: Http | undefined
}

function createWorlds({ url, clock, log, timers, bridge, http }: Ground) {
  const urls = urlsOf(url)
  const faults = createFaults()
  const entra = createEntra({ urls, clock, log, redirectUris: bridge.redirectUris })
  const shared = { clock, timers, faults, entra: entra.world, bridgeUrl: bridge.url, http }
  const marketplace = createMarketplace({ ...shared, apiUrl: urls.marketplace })
  const connect = createConnectWorld({ clock, log, timers, http, publicUrl: () => url, strikePoke: faults.strikePoke })
  const partnerCenter = createPartnerCenter({ ...shared, marketplace: marketplace.world, apiUrl: urls.ingestion })
  const worlds: Worlds = {
    ...{ marketplace: marketplace.world, entra: entra.world, connect: connect.world },
    ...{ partnerCenter: partnerCenter.world, faults },
  }
  return {
    ...{ urls, worlds, entra, marketplace, connect, partnerCenter },
    reset() {
      timers.clear()
      faults.clear()
      marketplace.world.reset()
      entra.world.reset()
      connect.world.reset()
      partnerCenter.world.reset()
    },
    async close() {
      await marketplace.close()
      await connect.world.stop()
    },
  }
}

function mount(
  app: FastifyInstance,
  made: ReturnType<typeof createWorlds>,
  { clock, timers, bridge }: Pick<Ground, 'clock' | 'timers' | 'bridge'>,
  onCall: SandboxOptions['onCall'],
): void {
  const { urls, worlds } = made
  const shared = { clock, settled: timers.settled, bridgeUrl: bridge.url }
  applyFaults(app, worlds.faults, timers, onCall)
  app.register(made.entra.plugin, { prefix: '/entra' })
  app.register(made.marketplace.plugin, { prefix: '/marketplace/api/saas' })
  app.register(made.marketplace.metering, { prefix: '/marketplace/api' })
  app.register(made.connect.plugin, { prefix: '/connect' })
  app.register(made.connect.pictures)
  app.register(made.partnerCenter.plugin, { prefix: '/rp/product-ingestion' })
  app.register(deskPages({ world: worlds.connect }), { prefix: '/desk' })
  app.register(partnerCenterPages({ ...shared, world: worlds.partnerCenter }), { prefix: '/partner-center' })
  app.register(storefront({ ...shared, world: worlds.marketplace }))
  app.register(controlRoutes({ ...shared, ...worlds, urls: { ...urls }, setBridgeUrl: bridge.set, reset: made.reset }), {
    prefix: '/_sandbox',
  })
}

const urlsOf = (url: string): SandboxUrls => ({
  marketplace: `${url}/marketplace/api`,
  metering: `${url}/marketplace/api`,
  login: `${url}/entra`,
  sts: `${url}/sts`,
  connect: `${url}/connect/public/v1`,
  ingestion: `${url}/rp/product-ingestion`,
  storefront: `${url}/`,
  desk: `${url}/desk`,
})
