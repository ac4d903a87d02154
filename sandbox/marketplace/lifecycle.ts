/** Activation, suspension, cancellation, and what happens by itself when nobody acts. */
import { days, plus } from '../../src/kit/time.ts'
import { type Answer, no, yes } from './answer.ts'
import type { Context } from './context.ts'
import { send } from './deliver.ts'
import { abandon, end, inform } from './ending.ts'
import { planRenewal } from './renewal.ts'
import { type Source, whyNotActivate, whyNotCancel, whyNotIn } from './rules.ts'
import { addOperation, pendingOperation, updateOperation, updateSubscription } from './state.ts'
import { termFrom } from './term.ts'
import type { Operation, Subscription } from './types.ts'
import { wireMinimalNotice, wireNotice } from './wire.ts'

/** A purchase nobody activates is cancelled after so long, and so is a subscription that stays suspended. */
const LAPSE = days(30)

/** Starts the 30 days of a new purchase. */
export function planLapse(context: Context, { id, created }: Subscription): void {
  context.timers.at(plus(created, LAPSE), () => {
    const subscription = context.state.subscriptions.get(id)
    if (subscription?.status === 'PendingFulfillmentStart') end(context, subscription)
  })
}

/** Accepted at once, in force a little later. */
export function activate(context: Context, subscription: Subscription): Answer<Subscription> {
  const refusal = whyNotActivate(subscription)
  if (refusal) return no(refusal)
  if (subscription.activating) return yes(subscription)
  const { state, clock, timers } = context
  timers.after(state.options.activationDelay, () => takeEffect(context, subscription.id))
  return yes(updateSubscription(state, clock, subscription.id, { activating: true }))
}

function takeEffect(context: Context, id: string): void {
  const { state, clock } = context
  const subscription = state.subscriptions.get(id)
  if (subscription?.status !== 'PendingFulfillmentStart') return
  if (state.options.paymentFailsAtActivation) {
    end(context, subscription)
    return
  }
  const term = termFrom(clock.now(), subscription.termUnit)
  const active = updateSubscription(state, clock, id, { status: 'Subscribed', activating: false, term })
  planRenewal(context, active)
  if (state.options.subscribeNotice !== 'none') tellSubscribed(context, active)
}

function tellSubscribed(context: Context, subscription: Subscription): void {
  const { state, clock } = context
  const operation = addOperation(state, clock, subscription, { action: 'Subscribe', source: 'Azure', status: 'Succeeded' })
  const full = state.options.subscribeNotice === 'full'
  send(context, subscription.offer, operation, full ? wireNotice(operation, subscription) : wireMinimalNotice(operation))
}

/** A payment failed. Unpaid for 30 days it is cancelled. */
export function suspend(context: Context, subscription: Subscription): Answer<Operation> {
  const refusal = whyNotIn(subscription, 'Subscribed')
  if (refusal) return no(refusal)
  abandon(context, subscription.id)
  const { state, clock, timers } = context
  const { lastModified: since } = updateSubscription(state, clock, subscription.id, { status: 'Suspended' })
  timers.at(plus(since, LAPSE), () => {
    const later = state.subscriptions.get(subscription.id)
    if (later?.status === 'Suspended' && later.lastModified === since) end(context, later)
  })
  return yes(inform(context, subscription, 'Suspend'))
}

/** By the buyer it is at once; by the publisher it is an operation that takes its time. */
export function cancel(context: Context, subscription: Subscription, source: Source): Answer<Operation> {
  const refusal = whyNotCancel(subscription, source, pendingOperation(context.state, subscription.id))
  if (refusal) return no(refusal)
  return yes(source === 'Azure' ? end(context, subscription) : cancelLater(context, subscription))
}

function cancelLater(context: Context, subscription: Subscription): Operation {
  const { state, clock, timers } = context
  const operation = addOperation(state, clock, subscription, { action: 'Unsubscribe', source: 'Partner', status: 'InProgress' })
  timers.after(state.options.operationDelay, () => {
    const before = state.subscriptions.get(subscription.id)
    if (state.operations.get(operation.id)?.status !== 'InProgress' || !before) return
    const done = updateOperation(state, operation.id, { status: 'Succeeded' })
    updateSubscription(state, clock, before.id, { status: 'Unsubscribed', activating: false })
    send(context, before.offer, done, wireNotice(done, before))
  })
  return operation
}
