/** The calls on operations: list the pending ones, read one, answer one. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { answerOperation } from '../operations.ts'
import type { Operation, Subscription } from '../types.ts'
import { wireOperation } from '../wire.ts'
import type { ApiDeps } from './deps.ts'
import { type ById, withSubscription } from './find.ts'
import { badArgument, notFound, sendAnswer, sendRefusal } from './replies.ts'

interface ByOperation {
  Params: { id: string; operationId: string }
}

const verdict = z.object({ status: z.enum(['Success', 'Failure']) })
const NOTIFY_ONLY = new Set(['Renew', 'Suspend', 'Unsubscribe', 'Subscribe'])

export function operationRoutes(app: FastifyInstance, { context }: ApiDeps): void {
  const { state } = context

  app.get<ById>('/subscriptions/:id/operations', (request, reply) => {
    if (!state.subscriptions.has(request.params.id.toLowerCase())) return reply.send(listOf(context, [])) // seen: no 404 here
    return withSubscription(context, request, reply, (found) => listOf(context, pendingOf(context, found)))
  })

  app.get<ByOperation>('/subscriptions/:id/operations/:operationId', (request, reply) =>
    withSubscription(context, request, reply, (found) => {
      const operation = find(context, found, request.params.operationId)
      if (!operation) return sendRefusal(reply, badArgument('The operation id is not valid for the subscription.', 'operationId')) // seen: not 404
      return wireOperation(operation, found)
    }),
  )

  app.patch<ByOperation>('/subscriptions/:id/operations/:operationId', (request, reply) =>
    withSubscription(context, request, reply, (found) => {
      const operation = find(context, found, request.params.operationId)
      if (!operation) return sendRefusal(reply, notFound('The operation'))
      const read = verdict.safeParse(request.body)
      if (!read.success) return sendRefusal(reply, badArgument('The status must be Success or Failure.', 'status'))
      return sendAnswer(reply, answerOperation(context, operation, read.data.status), () => reply.code(200).send())
    }),
  )
}

const listOf = ({ state }: Context, operations: readonly unknown[]): unknown =>
  state.options.bareOperationList ? operations : { operations }

const pendingOf = ({ state }: Context, subscription: Subscription): readonly unknown[] =>
  [...state.operations.values()]
    .filter(({ subscriptionId, status }) => subscriptionId === subscription.id && status === 'InProgress')
    .map((operation) => wireOperation(operation, subscription))

function find({ state }: Context, { id }: Subscription, operationId: string): Operation | undefined {
  const operation = state.operations.get(operationId.toLowerCase())
  if (operation?.subscriptionId !== id) return undefined
  const hidden = !state.options.readableNotifyOnlyOperations && NOTIFY_ONLY.has(operation.action)
  return hidden ? undefined : operation
}
