/** Things that have happened already and the publisher is told of, the end among them. */
import type { Context } from './context.ts'
import { send } from './deliver.ts'
import type { Source } from './rules.ts'
import { addOperation, pendingOperation, updateOperation, updateSubscription } from './state.ts'
import type { Operation, OperationAction, Subscription } from './types.ts'
import { wireNotice } from './wire.ts'

/** @param before the subscription before it happened: that is what the notice shows. */
export function inform(context: Context, before: Subscription, action: OperationAction, source: Source = 'Azure'): Operation {
  const operation = addOperation(context.state, context.clock, before, { action, source, status: 'Succeeded' })
  send(context, before.offer, operation, wireNotice(operation, before))
  return operation
}

/** Unsubscribed, for good. */
export function end(context: Context, subscription: Subscription): Operation {
  abandon(context, subscription.id)
  updateSubscription(context.state, context.clock, subscription.id, { status: 'Unsubscribed', activating: false })
  return inform(context, subscription, 'Unsubscribe')
}

/** Drops the change that is pending, if any: it will never be in force. */
export function abandon({ state }: Context, subscriptionId: string): void {
  const pending = pendingOperation(state, subscriptionId)
  if (pending) updateOperation(state, pending.id, { status: 'Failed' })
}
