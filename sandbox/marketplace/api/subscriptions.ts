/** The calls on one subscription: activate, get, available plans, change, cancel. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Answer } from '../answer.ts'
import { activate, cancel } from '../lifecycle.ts'
import { requestChange } from '../operations.ts'
import type { Change } from '../rules.ts'
import type { Operation } from '../types.ts'
import { wirePlans, wireSubscription } from '../wire.ts'
import type { ApiDeps } from './deps.ts'
import { type ById, withSubscription } from './find.ts'
import { operationLocation } from './links.ts'
import { listRoute } from './list.ts'
import { badArgument, sendAnswer, sendRefusal } from './replies.ts'

const plansQuery = z.object({ planId: z.string().optional() })
const patch = z.object({ planId: z.string().nullish(), quantity: z.number().int().nullish() })

export function subscriptionRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { context } = deps
  listRoute(app, deps)

  // The real service does not look at the body.
  app.post<ById>('/subscriptions/:id/activate', (request, reply) =>
    withSubscription(context, request, reply, (found) => sendAnswer(reply, activate(context, found), () => reply.code(200).send())),
  )

  app.get<ById>('/subscriptions/:id', (request, reply) => withSubscription(context, request, reply, (found) => wireSubscription(found)))

  app.get<ById>('/subscriptions/:id/listAvailablePlans', (request, reply) =>
    withSubscription(context, request, reply, (found) =>
      wirePlans(found, plansQuery.parse(request.query).planId, context.state.options.sourceOffers),
    ),
  )

  app.patch<ById>('/subscriptions/:id', (request, reply) =>
    withSubscription(context, request, reply, (found) => {
      const change = readChange(request.body)
      if (typeof change === 'string') return sendRefusal(reply, badArgument(change))
      return accepted(deps, reply, requestChange(context, found, change, 'Partner'))
    }),
  )

  app.delete<ById>('/subscriptions/:id', (request, reply) =>
    withSubscription(context, request, reply, (found) => {
      if (found.status === 'Unsubscribed') return reply.code(200).send()
      return accepted(deps, reply, cancel(context, found, 'Partner'))
    }),
  )
}

const accepted = (deps: ApiDeps, reply: FastifyReply, answer: Answer<Operation>): FastifyReply =>
  sendAnswer(reply, answer, ({ subscriptionId, id }) =>
    reply
      .code(202)
      .header('operation-location', operationLocation(deps, subscriptionId, id))
      .send(),
  )

/** Exactly one of plan and quantity, or the reason why not. */
function readChange(body: unknown): Change | string {
  const read = patch.safeParse(body)
  if (!read.success) return 'The request body is not valid.'
  const { planId, quantity } = read.data
  if (planId != null && quantity != null) return 'Cannot patch more than one field in the same request'
  if (planId != null) return { planId }
  return quantity != null ? { quantity } : 'There is nothing to patch in the request.'
}
