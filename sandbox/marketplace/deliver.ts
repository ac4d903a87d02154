/**
 * Microsoft's calls to the bridge: signed, and repeated with growing pauses until taken, up to 500 times or 8 hours. The pauses run on the
 * sandbox's clock.
 */
import { HttpFailure } from '../../src/kit/http.ts'
import { between, type Clock, hours, type Milliseconds, plus, seconds, wallClock } from '../../src/kit/time.ts'
import { addressOf } from './address.ts'
import type { Context } from './context.ts'
import type { Delivery, DeliveryAttempt, Offer, Operation } from './types.ts'

const MOST_ATTEMPTS = 500
const LONGEST_TRY: Milliseconds = hours(8)
const PAUSES: readonly Milliseconds[] = [1, 2, 5, 10, 30].map(seconds)
const LONGEST_PAUSE: Milliseconds = seconds(60)

type Body = Readonly<Record<string, unknown>>

/** Sends a notice about an operation, in the background, or as the script of faults wants it. */
export function send(context: Context, offer: Offer, operation: Operation, body: Body): void {
  const id = begin(context, offer, operation, body)
  const go = (): Promise<void> => attempt(context, id, operation, offer)
  const struck = context.faults.strikeWebhook(operation.action)
  switch (struck?.kind) {
    case undefined:
      context.timers.track(go().then(() => releaseHeld(context)))
      break
    case 'duplicate':
      context.timers.track(go().then(() => attempt(context, begin(context, offer, operation, body), operation, offer)))
      break
    case 'late':
      change(context, id, { state: 'waiting', nextAttemptAt: plus(context.clock.now(), struck.delay) })
      context.timers.after(struck.delay, go)
      break
    case 'drop':
      change(context, id, { state: 'lost' })
      context.onOutcome(operation.id, 'taken')
      break
    case 'reorder':
      change(context, id, { state: 'waiting' })
      context.held.push(() => context.timers.track(go()))
      break
  }
}

function releaseHeld({ held }: Context): void {
  for (const go of held.splice(0)) go()
}

function begin({ state, clock, bridgeUrl }: Context, offer: Offer, operation: Operation, body: Body): number {
  const { id: operationId, subscriptionId, action } = operation
  state.lastDeliveryId += 1
  const id = state.lastDeliveryId
  const nothingYet = { state: 'sending', attempts: [], nextAttemptAt: undefined } as const
  const url = addressOf(offer.webhook, bridgeUrl())
  state.deliveries.set(id, { id, operationId, subscriptionId, action, url, body, created: clock.now(), ...nothingYet })
  return id
}

function change({ state }: Context, id: number, by: Partial<Delivery>): Delivery | undefined {
  const before = state.deliveries.get(id)
  if (!before) return undefined // the sandbox was reset meanwhile
  const after = { ...before, ...by }
  state.deliveries.set(id, after)
  return after
}

async function attempt(context: Context, id: number, operation: Operation, offer: Offer): Promise<void> {
  const delivery = change(context, id, { state: 'sending', nextAttemptAt: undefined })
  if (!delivery) return
  const made = await call(context, delivery, offer)
  const after = change(context, id, { attempts: [...delivery.attempts, made] })
  if (after) judge(context, after, operation, offer)
}

function judge(context: Context, delivery: Delivery, operation: Operation, offer: Offer): void {
  const outcome = outcomeOf(delivery.attempts.at(-1)?.outcome, isRefusable(operation))
  if (outcome === 'failing' && !isExhausted(delivery, context.clock)) {
    const pause = PAUSES[delivery.attempts.length - 1] ?? LONGEST_PAUSE
    change(context, delivery.id, { state: 'waiting', nextAttemptAt: plus(context.clock.now(), pause) })
    context.timers.after(pause, () => attempt(context, delivery.id, operation, offer))
    context.onOutcome(operation.id, 'failing')
    return
  }
  change(context, delivery.id, { state: outcome === 'taken' ? 'accepted' : outcome === 'refused' ? 'refused' : 'givenUp' })
  context.onOutcome(operation.id, outcome === 'failing' ? 'givenUp' : outcome)
}

/** 4xx means "no" only where there is something to refuse; elsewhere it is one more failed try. */
export function outcomeOf(status: number | string | undefined, refusable: boolean): 'taken' | 'refused' | 'failing' {
  if (typeof status !== 'number') return 'failing'
  if (status >= 200 && status < 300) return 'taken'
  return refusable && status >= 400 && status < 500 ? 'refused' : 'failing'
}

const isRefusable = ({ action, source }: Operation): boolean =>
  source === 'Azure' && (action === 'ChangePlan' || action === 'ChangeQuantity')

const isExhausted = ({ attempts, created }: Delivery, clock: Clock): boolean =>
  attempts.length >= MOST_ATTEMPTS || between(created, clock.now()) >= LONGEST_TRY

async function call(context: Context, delivery: Delivery, offer: Offer): Promise<DeliveryAttempt> {
  const [at, began] = [context.clock.now(), wallClock.now()]
  const outcome = await post(context, delivery, offer)
  return { at, outcome, took: between(began, wallClock.now()) }
}

async function post({ http, state, findApp, signFor, stopping }: Context, { url, body }: Delivery, offer: Offer): Promise<number | string> {
  const app = findApp(offer.app.clientId)
  if (!app) return 'the app of the technical configuration is not registered'
  const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${await signFor(app)}` }
  const limits = { timeout: state.options.webhookTimeout, maxAttempts: 1, signal: stopping }
  try {
    return (await http.send({ method: 'POST', url: new URL(url), headers, body: JSON.stringify(body), ...limits })).status
  } catch (error) {
    if (stopping.aborted) return 'the sandbox stopped'
    if (error instanceof HttpFailure) return error.message
    throw error
  }
}
