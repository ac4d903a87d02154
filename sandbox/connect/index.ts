/** The sandbox's CloudBlue Connect: `world` for tests and the desk, `plugin` for the server (mounted at `/connect`), `pictures` for its root. */
import type { FastifyPluginAsync } from 'fastify'
import { createHttp, type Http } from '../../src/kit/http.ts'
import { type Log, silentLog } from '../../src/kit/log.ts'
import type { MovableClock } from '../../src/kit/time.ts'
import type { Faults } from '../faults.ts'
import { createTimers, type Timers } from '../timers.ts'
import { pictureRoutes } from './catalogue/pictures.ts'
import { listingRoutes } from './listings/routes.ts'
import { type ConnectOptions, defaultOptions } from './options.ts'
import { unauthorized } from './refusal.ts'
import { billingRoutes } from './routes/billing.ts'
import { controlRoutes } from './routes/control.ts'
import { formRoutes } from './routes/form.tsx'
import { roleOf, speakJson } from './routes/http.ts'
import { placeRoutes } from './routes/places.ts'
import { productRoutes } from './routes/products.ts'
import { assetRoutes, requestRoutes } from './routes/requests.ts'
import { tierRoutes } from './routes/tiers.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { freshData, type State } from './state.ts'
import { linkRoutes } from './usage/links.ts'
import { usageRoutes } from './usage/routes.ts'
import { onChange } from './vendor/automation.ts'
import { createPoker, type Poker } from './webhooks/poke.ts'
import { type ConnectWorld, createWorld } from './world.ts'

export type { ConnectOptions } from './options.ts'
export type { AssetRecord, RequestRecord, RequestStatus, RequestType, TierConfigRequest } from './records.ts'
export { Refusal } from './refusal.ts'
export type { Approval, Inquiry } from './requests/vendor.ts'
export type { UsageFileRecord, UsageRecordRecord, UsageRow } from './usage/types.ts'
export type { UsageReport, Used } from './usage/world.ts'
export type { VendorMode } from './vendor/modes.ts'
export type { ConnectWorld, Counts, RequestFilter } from './world.ts'

export interface ConnectWorldOptions {
  readonly clock: MovableClock
  readonly log?: Log
  /** Where the sandbox's server is reached, without path. Default `http://127.0.0.1:3100`. */
  readonly publicUrl?: () => string
  /** The sandbox's timers, when they are to be shared; its own otherwise. */
  readonly timers?: Timers
  readonly options?: Partial<ConnectOptions>
  /** How webhooks go out; over the network when left out. Whoever gave it closes it. */
  readonly http?: Http | undefined
  /** What is to go wrong with the webhook calls. */
  readonly strikePoke?: Faults['strikePoke']
}

export function createConnectWorld(given: ConnectWorldOptions): {
  readonly world: ConnectWorld
  readonly plugin: FastifyPluginAsync
  readonly pictures: FastifyPluginAsync
} {
  const log = given.log ?? silentLog
  const timers = given.timers ?? createTimers(given.clock, log)
  const http = given.http ?? createHttp({ clock: given.clock, log, userAgent: 'connect-webhook' })
  const state: State = {
    ...freshData(given.clock.now()),
    clock: given.clock,
    timers,
    log,
    options: { ...defaultOptions(), ...given.options },
    publicUrl: given.publicUrl ?? (() => 'http://127.0.0.1:3100'),
    listeners: new Set(),
  }
  const poker = createPoker(state, http, given.strikePoke ?? (() => undefined))
  state.listeners.add((change) => poker.onChange(change))
  state.listeners.add((change) => onChange(state, change))
  const world = createWorld(state, async () => {
    if (!given.timers) timers.stop()
    if (!given.http) await http.close()
  })
  return { world, plugin: plugin(state, world, poker), pictures: async (app) => pictureRoutes(app, state) }
}

function plugin(state: State, world: ConnectWorld, poker: Poker): FastifyPluginAsync {
  return async (app) => {
    speakJson(app)
    await app.register(
      async (api) => {
        api.addHook('onRequest', async (call) => {
          if (roleOf(call) === 'provider' && state.options.providerToken === 'expired') throw unauthorized()
        })
        productRoutes(api, state)
        placeRoutes(api, state)
        listingRoutes(api, state)
        requestRoutes(api, state)
        assetRoutes(api, state)
        tierRoutes(api, state)
        webhookRoutes(api, state, poker)
        billingRoutes(api, state)
        await api.register(async (usage) => usageRoutes(usage, state))
      },
      { prefix: '/public/v1' },
    )
    controlRoutes(app, world)
    linkRoutes(app, state)
    await app.register(async (pages) => formRoutes(pages, state))
  }
}
