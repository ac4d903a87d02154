/** The marketplace's memory. Everything in it is replaced, never changed in place, so a copy somebody holds stays what it was. */
import { randomBytes, randomUUID } from 'node:crypto'
import { type Clock, hours, type Instant, isBefore, plus } from '../../src/kit/time.ts'
import { seedOffers } from './catalogue.ts'
import type { RecordedUsage } from './metering/types.ts'
import { defaultOptions, type MarketplaceOptions } from './options.ts'
import type { Delivery, Offer, Operation, Subscription } from './types.ts'

/** A purchase token lives a day. */
const TOKEN_LIFETIME = hours(24)

export interface State {
  options: MarketplaceOptions
  /** What is sold. */
  readonly offers: Map<string, Offer>
  /** What its preview audience can buy. */
  readonly previews: Map<string, Offer>
  readonly subscriptions: Map<string, Subscription>
  readonly operations: Map<string, Operation>
  readonly deliveries: Map<number, Delivery>
  /** Goes on over a reset, so that a call still in flight finds no namesake. */
  lastDeliveryId: number
  /** Accepted usage by slot. */
  readonly usage: Map<string, RecordedUsage>
  readonly tokens: Map<string, { readonly subscriptionId: string; readonly expires: Instant }>
}

export function createState(): State {
  const state: State = {
    options: defaultOptions,
    offers: new Map(),
    previews: new Map(),
    subscriptions: new Map(),
    operations: new Map(),
    deliveries: new Map(),
    lastDeliveryId: 0,
    usage: new Map(),
    tokens: new Map(),
  }
  resetState(state)
  return state
}

/** Back to the seed: all offers, no purchase. */
export function resetState(state: State): void {
  state.options = defaultOptions
  for (const map of [state.offers, state.previews, state.subscriptions, state.operations, state.deliveries, state.usage, state.tokens])
    map.clear()
  for (const offer of seedOffers()) {
    state.offers.set(offer.offerId, offer)
    state.previews.set(offer.offerId, offer)
  }
}

/** The offer as it is from now on. Who bought it before sees its present plans. */
export function putOffer(state: State, offer: Offer, preview: boolean): void {
  const catalogue = preview ? state.previews : state.offers
  catalogue.set(offer.offerId, offer)
  for (const [id, subscription] of state.subscriptions)
    if (
      subscription.preview === preview &&
      subscription.offer.offerId === offer.offerId &&
      subscription.offer.publisherId === offer.publisherId
    )
      state.subscriptions.set(id, { ...subscription, offer })
}

export function updateSubscription(state: State, clock: Clock, id: string, change: Partial<Subscription>): Subscription {
  const before = state.subscriptions.get(id)
  if (!before) throw new RangeError(`no subscription ${id}`)
  const after = { ...before, ...change, lastModified: clock.now() }
  state.subscriptions.set(id, after)
  return after
}

export function updateOperation(state: State, id: string, change: Partial<Operation>): Operation {
  const before = state.operations.get(id)
  if (!before) throw new RangeError(`no operation ${id}`)
  const after = { ...before, ...change }
  state.operations.set(id, after)
  return after
}

export const pendingOperation = (state: State, subscriptionId: string): Operation | undefined =>
  [...state.operations.values()].find((operation) => operation.subscriptionId === subscriptionId && operation.status === 'InProgress')

export type NewOperation = Pick<Operation, 'action' | 'source' | 'status'> & Partial<Pick<Operation, 'planId' | 'quantity'>>

export function addOperation(state: State, clock: Clock, subscription: Subscription, given: NewOperation): Operation {
  const id = randomUUID()
  const operation: Operation = {
    planId: subscription.planId,
    quantity: subscription.quantity,
    ...given,
    id,
    activityId: id,
    subscriptionId: subscription.id,
    created: clock.now(),
    answer: undefined,
    answeredEarly: false,
  }
  state.operations.set(id, operation)
  return operation
}

/** Makes a purchase token: opaque base64 that always holds the two characters a careless URL decoding breaks. */
export function addToken(state: State, clock: Clock, subscriptionId: string): string {
  let token: string
  do token = randomBytes(96).toString('base64')
  while (!token.includes('+') || !token.includes('/'))
  state.tokens.set(token, { subscriptionId, expires: plus(clock.now(), TOKEN_LIFETIME) })
  return token
}

export function readToken(state: State, clock: Clock, token: string): Subscription | 'expired' | undefined {
  const known = state.tokens.get(token)
  if (!known) return undefined
  if (!isBefore(clock.now(), known.expires)) return 'expired'
  return state.subscriptions.get(known.subscriptionId)
}
