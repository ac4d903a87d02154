import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { planId } from '../../kit/ids.ts'
import { subscriptionAction, subscriptionRecord, subscriptionView, theSubscription } from '../../operator/index.ts'
import { listSubscriptions } from '../../subscriptions/index.ts'
import type { Callers } from '../caller.ts'
import { carryOut } from '../carry-out.ts'
import type { ApiDeps } from '../deps.ts'
import { flag, pageQuery, readInput } from '../input.ts'
import { pageOf } from '../page.ts'

const one = z.object({ id: z.string() })

const listQuery = z.strictObject({
  ...pageQuery,
  /** At Microsoft: `Subscribed`, … */
  status: z.string().max(50).optional(),
  /** Only those that ask for attention. */
  attention: flag.optional(),
})

const dryRun = z.boolean().default(false)
const actionBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('retry'), dryRun }),
  z.strictObject({ action: z.literal('changePlan'), planId, dryRun }),
  z.strictObject({ action: z.literal('changeSeats'), seats: z.number().int().min(1).max(1_000_000), dryRun }),
  z.strictObject({ action: z.literal('cancel'), dryRun }),
])

export function subscriptionRoutes(app: FastifyInstance, { operator }: ApiDeps, callers: Callers): void {
  app.get('/subscriptions', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    const { limit, cursor, ...filter } = readInput(listQuery, request.query)
    const found = await listSubscriptions(operator.db, { ...filter, tenantId, after: cursor, limit: limit + 1 })
    return pageOf(found, limit, ({ subscriptionId }) => subscriptionId, subscriptionView)
  })

  app.get('/subscriptions/:id', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    return subscriptionRecord(operator, await theSubscription(operator.db, readInput(one, request.params).id, tenantId))
  })

  app.post('/subscriptions/:id/actions', async (request, reply) => {
    const caller = callers.of(request, 'operate')
    const found = await theSubscription(operator.db, readInput(one, request.params).id, caller.tenantId)
    const body = readInput(actionBody, request.body)
    return carryOut(reply, subscriptionAction(operator, found, wantedOf(body), caller.operator), body.dryRun)
  })
}

type Body = z.infer<typeof actionBody>

function wantedOf(body: Body) {
  switch (body.action) {
    case 'changePlan':
      return { kind: body.action, planId: body.planId } as const
    case 'changeSeats':
      return { kind: body.action, seats: body.seats } as const
    case 'retry':
    case 'cancel':
      return { kind: body.action } as const
  }
}
