import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { dimensionId, productId, subscriptionId } from '../../kit/ids.ts'
import { readQuantity } from '../../kit/quantity.ts'
import {
  decidedView,
  heldView,
  manualUsage,
  resumeUsage,
  slotView,
  stopsView,
  stopUsage,
  theSubscription,
  usageDecision,
  usageDecisions,
  usageView,
} from '../../operator/index.ts'
import { cursorOf, listDecided, listHeldOf, listSlots, listStopActs, listStops, slotStates, usageOf } from '../../usage/index.ts'
import type { Callers } from '../caller.ts'
import { carryOut } from '../carry-out.ts'
import type { ApiDeps } from '../deps.ts'
import { note, pageQuery, readInput, time } from '../input.ts'
import { pageOf } from '../page.ts'

const one = z.object({ id: z.string() })
const dryRun = z.boolean().default(false)

const slotsQuery = z.strictObject({
  ...pageQuery,
  cursor: z
    .string()
    .refine((text) => cursorOf(text) !== undefined, 'expected `next` of the page before')
    .optional(),
  subscriptionId: subscriptionId.optional(),
  productId: productId.optional(),
  dimension: dimensionId.optional(),
  state: z.enum(slotStates).optional(),
  /** Only those Microsoft takes no longer in so many hours. */
  hoursLeft: z.coerce.number().int().min(0).max(24).optional(),
})

const decisionBody = z.strictObject({
  decision: z.enum(usageDecisions),
  dimension: dimensionId.optional(),
  hour: time.optional(),
  key: z.string().max(255).optional(),
  note,
  dryRun,
})

const quantity = z.union([z.string(), z.number()]).transform((told, context) => {
  const read = readQuantity(String(told))
  if (!read.ok || read.quantity <= 0n) context.addIssue({ code: 'custom', message: 'expected a decimal above 0, with at most 8 decimals' })
  return read.ok ? read.quantity : 0n
})
const addBody = z.strictObject({
  ...{ dimension: dimensionId, quantity, consumedAt: time.optional() },
  ...{ key: z.string().min(1).max(200).optional(), note, dryRun },
})
const stopBody = z.strictObject({ productId: productId.optional(), note, dryRun }).prefault({})

export function usageRoutes(app: FastifyInstance, { operator }: ApiDeps, callers: Callers): void {
  const { db, clock } = operator

  app.get('/usage/slots', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    const { limit, cursor, state, ...filter } = readInput(slotsQuery, request.query)
    const wanted = { ...filter, tenantId, after: cursor, limit: limit + 1, states: state && [state] }
    return pageOf(
      await listSlots(db, wanted, clock.now()),
      limit,
      (slot) => slot.cursor,
      (slot) => slotView(slot, clock.now()),
    )
  })

  app.get('/subscriptions/:id/usage', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    const key = await theSubscription(db, readInput(one, request.params).id, tenantId)
    const usage = await usageOf(db, key)
    return {
      usage: usage ? usageView(usage) : null,
      held: (await listHeldOf(db, key)).map(heldView),
      decided: (await listDecided(db, key)).map(decidedView),
    }
  })

  app.post('/subscriptions/:id/usage/decisions', async (request, reply) => {
    const { tenantId, operator: by } = callers.of(request, 'operate')
    const key = await theSubscription(db, readInput(one, request.params).id, tenantId)
    const body = readInput(decisionBody, request.body)
    const { decision, dryRun: only, note: noted, ...part } = body
    const about = { tenantId, subscriptionId: key.subscriptionId, ...part }
    return carryOut(reply, usageDecision(operator, about, decision, by, noted), only)
  })

  app.post('/subscriptions/:id/usage/events', async (request, reply) => {
    const { tenantId, operator: by } = callers.of(request, 'operate')
    const { subscriptionId: subscription } = await theSubscription(db, readInput(one, request.params).id, tenantId)
    const { dryRun: only, consumedAt = clock.now(), ...event } = readInput(addBody, request.body)
    return carryOut(reply, manualUsage(operator, { tenantId, subscriptionId: subscription, consumedAt, ...event }, by), only)
  })

  app.get('/usage/stops', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    return stopsView(await listStops(db, tenantId), await listStopActs(db, tenantId))
  })

  app.post('/usage/stop', async (request, reply) => {
    const { tenantId, operator: by } = callers.of(request, 'operate')
    const { dryRun: only, ...what } = readInput(stopBody, request.body)
    return carryOut(reply, stopUsage(operator, { tenantId, ...what }, by), only)
  })

  app.post('/usage/resume', async (request, reply) => {
    const { tenantId, operator: by } = callers.of(request, 'operate')
    const { dryRun: only, ...what } = readInput(stopBody, request.body)
    return carryOut(reply, resumeUsage(operator, { tenantId, ...what }, by), only)
  })
}
