/** The sandbox's Microsoft marketplace: the buyer's actions for tests and the storefront, and the publisher's API. */
import type { FastifyPluginAsync } from 'fastify'
import { createHttp, type Http } from '../../src/kit/http.ts'
import type { Clock } from '../../src/kit/time.ts'
import type { EntraWorld } from '../entra/index.ts'
import type { Faults } from '../faults.ts'
import type { Timers } from '../timers.ts'
import { type Answer, no } from './answer.ts'
import { fulfilmentApi } from './api/index.ts'
import type { Context } from './context.ts'
import { cancel, suspend } from './lifecycle.ts'
import { meteringApi } from './metering/api.ts'
import { billed, setProcessed, usageOf } from './metering/books.ts'
import type { BilledLine, Processed, RecordedUsage } from './metering/types.ts'
import { delivered, reinstate, requestChange } from './operations.ts'
import { changeOptions, type MarketplaceOptions, type OptionsChange } from './options.ts'
import { arrival, type Order, type Purchase, purchase } from './purchase.ts'
import { renew } from './renewal.ts'
import { createState, pendingOperation, putOffer, resetState } from './state.ts'
import type { Delivery, Offer, Operation, Subscription } from './types.ts'

/** What the buyer (or Microsoft) does, and a look at everything. Ids are subscription ids. */
export interface MarketplaceWorld {
  purchase(order: Order): Purchase
  /** A fresh token, as "Manage account" makes one. @throws RangeError for an unknown subscription. */
  newToken(id: string): { readonly token: string; readonly landingUrl: string }
  changePlan(id: string, planId: string): Answer<Operation>
  changeQuantity(id: string, quantity: number): Answer<Operation>
  suspend(id: string): Answer<Operation>
  reinstate(id: string): Answer<Operation>
  renew(id: string): Answer<Operation>
  cancel(id: string): Answer<Operation>
  setAutoRenew(id: string, autoRenew: boolean): void
  offers(): readonly Offer[]
  /** Another offer, or one in place of its namesake: other publishers, private plans. On sale and in preview. */
  addOffer(offer: Offer): void
  /** What the preview audiences can buy. */
  previews(): readonly Offer[]
  /** As Partner Center publishes it: those who have it see its present plans. */
  publish(offer: Offer, target: 'preview' | 'live'): void
  subscription(id: string): Subscription | undefined
  subscriptions(): readonly Subscription[]
  operation(id: string): Operation | undefined
  /** Of one subscription, oldest first. */
  operations(id: string): readonly Operation[]
  pendingOperation(id: string): Operation | undefined
  /** Webhook calls, oldest first; of one subscription when given. */
  deliveries(id?: string): readonly Delivery[]
  /** Accepted usage events, oldest hour first; of one subscription when given. */
  usage(id?: string): readonly RecordedUsage[]
  /** What is on the bill: exact sums by subscription, plan and dimension. */
  billed(id?: string): readonly BilledLine[]
  /** What becomes of an event when Microsoft processes it, other than what was submitted. @throws RangeError for an unknown event. */
  setProcessed(usageEventId: string, processed: Processed): void
  options(): MarketplaceOptions
  /** @throws ZodError for values out of bounds. */
  setOptions(change: OptionsChange): MarketplaceOptions
  reset(): void
}

export interface MarketplaceDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly faults: Faults
  readonly entra: EntraWorld
  readonly bridgeUrl: () => string
  readonly apiUrl: string
  /** How notices go out; over the network when left out. Whoever gave it closes it. */
  readonly http?: Http | undefined
}

export interface Marketplace {
  readonly world: MarketplaceWorld
  /** The publisher's API; mounted at `/marketplace/api/saas`. */
  readonly plugin: FastifyPluginAsync
  /** The metering API; mounted at `/marketplace/api`. */
  readonly metering: FastifyPluginAsync
  close(): Promise<void>
}

export function createMarketplace({ clock, timers, faults, entra, bridgeUrl, apiUrl, ...deps }: MarketplaceDeps): Marketplace {
  const http = deps.http ?? createHttp({ userAgent: 'sandbox-marketplace' })
  const stop = new AbortController()
  const context: Context = {
    ...{ clock, timers, faults, http, bridgeUrl },
    stopping: stop.signal,
    state: createState(),
    held: [],
    findApp: entra.apps.find,
    signFor: entra.tokens.forWebhook,
    onOutcome: (operationId, outcome) => delivered(context, operationId, outcome),
  }
  return {
    world: worldOf(context),
    plugin: fulfilmentApi({ context, entra, apiUrl }),
    metering: meteringApi({ context, entra, apiUrl }),
    async close() {
      stop.abort()
      if (!deps.http) await http.close()
    },
  }
}

function worldOf(context: Context): MarketplaceWorld {
  const { state } = context
  const act = (id: string, action: (subscription: Subscription) => Answer<Operation>): Answer<Operation> => {
    const subscription = state.subscriptions.get(id)
    return subscription ? action(subscription) : no({ status: 404, code: 'NotFound', message: 'There is no such subscription.' })
  }
  return {
    ...views(context),
    purchase: (order) => purchase(context, order),
    newToken: (id) => arrival(context, existing(context, id)),
    changePlan: (id, planId) => act(id, (found) => requestChange(context, found, { planId }, 'Azure')),
    changeQuantity: (id, quantity) => act(id, (found) => requestChange(context, found, { quantity }, 'Azure')),
    suspend: (id) => act(id, (found) => suspend(context, found)),
    reinstate: (id) => act(id, (found) => reinstate(context, found)),
    renew: (id) => act(id, (found) => renew(context, found)),
    cancel: (id) => act(id, (found) => cancel(context, found, 'Azure')),
    setAutoRenew: (id, autoRenew) => void state.subscriptions.set(id, { ...existing(context, id), autoRenew }),
    addOffer(offer) {
      state.offers.set(offer.offerId, offer)
      state.previews.set(offer.offerId, offer)
    },
    publish: (offer, target) => putOffer(state, offer, target === 'preview'),
    setProcessed: (usageEventId, processed) => setProcessed(state, usageEventId, processed),
    setOptions(change) {
      state.options = changeOptions(state.options, change)
      return state.options
    },
    reset() {
      context.held.length = 0
      resetState(state)
    },
  }
}

type Views = Pick<
  MarketplaceWorld,
  | 'offers'
  | 'previews'
  | 'subscription'
  | 'subscriptions'
  | 'operation'
  | 'operations'
  | 'pendingOperation'
  | 'deliveries'
  | 'usage'
  | 'billed'
  | 'options'
>

const views = ({ state }: Context): Views => ({
  offers: () => [...state.offers.values()],
  previews: () => [...state.previews.values()],
  subscription: (id) => state.subscriptions.get(id),
  subscriptions: () => [...state.subscriptions.values()],
  operation: (id) => state.operations.get(id),
  operations: (id) => [...state.operations.values()].filter(({ subscriptionId }) => subscriptionId === id),
  pendingOperation: (id) => pendingOperation(state, id),
  deliveries: (id) => [...state.deliveries.values()].filter(({ subscriptionId }) => id === undefined || subscriptionId === id),
  usage: (id) => usageOf(state, id),
  billed: (id) => billed(state, id),
  options: () => state.options,
})

function existing({ state }: Context, id: string): Subscription {
  const subscription = state.subscriptions.get(id)
  if (!subscription) throw new RangeError(`there is no subscription ${id}`)
  return subscription
}
