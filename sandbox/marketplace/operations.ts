/** Changes that take their time: begun by the buyer or the publisher, answered or left alone, then in force or dropped. */
import type { Clock } from '../../src/kit/time.ts'
import { type Answer, no, yes } from './answer.ts'
import type { Context, DeliveryOutcome } from './context.ts'
import { send } from './deliver.ts'
import { planRenewal } from './renewal.ts'
import { type Change, type Source, whyNotChange, whyNotIn } from './rules.ts'
import { addOperation, pendingOperation, type State, updateOperation, updateSubscription } from './state.ts'
import type { Operation, OperationAction, Subscription } from './types.ts'
import { wireNotice } from './wire.ts'

/** Plan or seats, one at a time. */
export function requestChange(context: Context, subscription: Subscription, change: Change, source: Source): Answer<Operation> {
  const refusal = whyNotChange(subscription, change, source, pendingOperation(context.state, subscription.id))
  if (refusal) return no(refusal)
  const operation = begin(context, subscription, 'planId' in change ? 'ChangePlan' : 'ChangeQuantity', source, change)
  if (source === 'Partner') context.timers.after(context.state.options.operationDelay, () => finish(context, operation.id, 'Succeeded'))
  return yes(operation)
}

/** Payment was made: the subscription stays suspended during the call. */
export function reinstate(context: Context, subscription: Subscription): Answer<Operation> {
  const refusal = whyNotIn(subscription, 'Suspended')
  return refusal ? no(refusal) : yes(begin(context, subscription, 'Reinstate', 'Azure'))
}

type Target = Partial<Pick<Operation, 'planId' | 'quantity'>>

function begin(context: Context, subscription: Subscription, action: OperationAction, source: Source, target: Target = {}): Operation {
  const operation = addOperation(context.state, context.clock, subscription, { action, source, status: 'InProgress', ...target })
  send(context, subscription.offer, operation, wireNotice(operation, subscription))
  return operation
}

/** The publisher's PATCH. A reinstatement cannot be refused. */
export function answerOperation(context: Context, operation: Operation, verdict: 'Success' | 'Failure'): Answer<Operation> {
  if (operation.status !== 'InProgress') return no({ status: 409, code: 'Conflict', message: 'The operation is already final.' })
  if (operation.source === 'Partner') return no({ status: 500, code: 'UnexpectedError', message: 'An unexpected error occurred.' })
  updateOperation(context.state, operation.id, { answer: verdict, answeredEarly: !wasTaken(context, operation.id) })
  const refused = verdict === 'Failure' && operation.action !== 'Reinstate' && !context.state.options.ignoreRefusals
  return yes(finish(context, operation.id, refused ? 'Failed' : 'Succeeded') ?? operation)
}

const wasTaken = ({ state }: Context, operationId: string): boolean =>
  [...state.deliveries.values()].some((delivery) => delivery.operationId === operationId && delivery.state === 'accepted')

/** What became of a webhook call: silence after it was taken is consent, 4xx is refusal, a reinstatement goes on whatever was answered. */
export function delivered(context: Context, operationId: string, outcome: DeliveryOutcome): void {
  const operation = inProgress(context, operationId)
  if (!operation || operation.source === 'Partner') return
  if (operation.action === 'Reinstate') finish(context, operationId, 'Succeeded')
  else if (outcome === 'taken') context.timers.after(context.state.options.acceptWindow, () => finish(context, operationId, 'Succeeded'))
  else if (outcome !== 'failing') finish(context, operationId, 'Failed')
}

const inProgress = ({ state }: Context, id: string): Operation | undefined => {
  const operation = state.operations.get(id)
  return operation?.status === 'InProgress' ? operation : undefined
}

function finish(context: Context, operationId: string, status: 'Succeeded' | 'Failed'): Operation | undefined {
  const operation = inProgress(context, operationId)
  const subscription = operation && context.state.subscriptions.get(operation.subscriptionId)
  if (!operation || !subscription) return undefined
  const ended = updateOperation(context.state, operationId, { status })
  if (status === 'Succeeded') putInForce(context, operation)
  else if (context.state.options.revertAfterRefusal && operation.answer === 'Failure')
    begin(context, subscription, operation.action, 'Azure')
  return ended
}

function putInForce(context: Context, { action, subscriptionId, planId, quantity }: Operation): void {
  const { state, clock } = context
  if (action === 'ChangePlan') changePlan(state, clock, subscriptionId, planId)
  else if (action === 'ChangeQuantity') updateSubscription(state, clock, subscriptionId, { quantity })
  else if (action === 'Reinstate') planRenewal(context, updateSubscription(state, clock, subscriptionId, { status: 'Subscribed' }))
}

/** The plan before is remembered: usage of its last hours may still come. */
function changePlan(state: State, clock: Clock, id: string, planId: string): void {
  const before = state.subscriptions.get(id)
  if (!before) return
  updateSubscription(state, clock, id, { planId, formerPlans: [...before.formerPlans, { planId: before.planId, until: clock.now() }] })
}
