/** The metering API (2018-08-31), mounted at `/marketplace/api`. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify'
import { z } from 'zod'
import { callerOf } from '../api/caller.ts'
import type { ApiDeps } from '../api/deps.ts'
import { frame } from '../api/frame.ts'
import { badArgument, foreign, sendBareText, sendRefusal } from '../api/replies.ts'
import { take } from './take.ts'
import { totalsRoute } from './totals.ts'
import type { Verdict } from './types.ts'
import { readUsage, wireConflict, wireEvent, wireVerdict } from './wire.ts'

const MOST_EVENTS = 25

const batch = z.object({ request: z.array(z.unknown()).min(1) })

export const meteringApi =
  (deps: ApiDeps): FastifyPluginAsync =>
  async (app) => {
    frame(app, deps)
    singleRoute(app, deps)
    batchRoute(app, deps)
    totalsRoute(app, deps)
  }

function singleRoute(app: FastifyInstance, { context }: ApiDeps): void {
  app.post('/usageEvent', async (request, reply) => {
    const caller = callerOf(request)
    const verdict = take(context, readUsage(request.body), caller)
    if (verdict?.status === 'Accepted' && verdict.recorded) return wireEvent(verdict.recorded, 'Accepted')
    if (verdict?.status === 'Duplicate') return reply.code(409).send(wireConflict(verdict))
    if (verdict?.status === 'ResourceNotAuthorized') return sendBareText(reply, 403, foreign(caller.clientId))
    return verdict && verdict.status !== 'Error' ? refuse(reply, verdict) : reply.code(500).send({ error: { code: 'UnexpectedError' } })
  })
}

/** One word for the caller, the reason as its detail. */
function refuse(reply: FastifyReply, { status, message }: Verdict): FastifyReply {
  return reply.code(400).send({
    code: 'BadArgument',
    message: 'One or more errors have occurred.',
    target: 'usageEventRequest',
    details: [{ code: status, message, target: TARGETS[status] ?? 'usageEventRequest' }],
  })
}

const TARGETS: Readonly<Record<string, string>> = {
  Expired: 'effectiveStartTime',
  ResourceNotFound: 'resourceId',
  ResourceNotActive: 'resourceId',
  InvalidDimension: 'dimension',
  InvalidQuantity: 'quantity',
}

function batchRoute(app: FastifyInstance, { context }: ApiDeps): void {
  app.post('/batchUsageEvent', async (request, reply) => {
    const read = batch.safeParse(request.body)
    if (!read.success) return sendRefusal(reply, badArgument('The batch has no usage events.', 'request'))
    const { request: events } = read.data
    if (events.length > MOST_EVENTS) return sendRefusal(reply, badArgument('The batch contained more than 25 usage events.', 'request'))
    const caller = callerOf(request)
    const result = events.flatMap((event) => take(context, readUsage(event), caller) ?? []).map(wireVerdict)
    return { count: result.length, result: context.state.options.verdictOrder === 'reversed' ? result.toReversed() : result }
  })
}
