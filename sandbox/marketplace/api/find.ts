/** Finds the subscription a call is about, and sees that the caller may ask. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { Subscription } from '../types.ts'
import { callerOf, isOwner } from './caller.ts'
import { foreign, notFound, sendBareText, sendRefusal } from './replies.ts'

export interface ById {
  Params: { id: string }
}

/** Runs `then` with the subscription of the path; 404 and 403 are answered here. */
export async function withSubscription(
  { state }: Context,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  then: (subscription: Subscription) => unknown,
): Promise<unknown> {
  const subscription = state.subscriptions.get(request.params.id.toLowerCase())
  if (!subscription) return sendRefusal(reply, notFound('The subscription'))
  const caller = callerOf(request)
  return isOwner(caller, subscription.offer) ? then(subscription) : sendBareText(reply, 403, foreign(caller.clientId))
}
