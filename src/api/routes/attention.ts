import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { attentionStates, isAttentionCode, listAttention, subjectKinds } from '../../attention/index.ts'
import { attentionItemId } from '../../kit/ids.ts'
import { acknowledge, itemRecord, itemViewOf, itemViews, resolution, snooze, theItem } from '../../operator/index.ts'
import type { Callers } from '../caller.ts'
import { carryOut } from '../carry-out.ts'
import type { ApiDeps } from '../deps.ts'
import { note, pageQuery, readInput, time } from '../input.ts'
import { pageOf } from '../page.ts'

const one = z.object({ id: z.string() })

const listQuery = z.strictObject({
  ...pageQuery,
  cursor: attentionItemId.optional(),
  /** Left out: open and acknowledged. */
  state: z.enum(attentionStates).optional(),
  code: z.string().refine(isAttentionCode, 'not a code of an attention item').optional(),
  subjectKind: z.enum(subjectKinds).optional(),
  subjectId: z.string().max(255).optional(),
  /** Only those that have waited since then, or longer. */
  sinceBefore: time.optional(),
})

const acknowledgeBody = z.strictObject({ note }).default({})
const snoozeBody = z.strictObject({ until: time, note })
const resolveBody = z.strictObject({ action: z.string().max(100), note, dryRun: z.boolean().default(false) })

export function attentionRoutes(app: FastifyInstance, { operator }: ApiDeps, callers: Callers): void {
  const { db, clock } = operator

  app.get('/attention', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    const { limit, cursor, state, code, ...filter } = readInput(listQuery, request.query)
    const wanted = { ...filter, tenantId, after: cursor, limit: limit + 1, states: state && [state] }
    const found = await listAttention(db, code !== undefined && isAttentionCode(code) ? { ...wanted, code } : wanted, clock.now())
    const views = await itemViews(db, found, clock.now())
    return pageOf(
      views,
      limit,
      ({ id }) => id,
      (view) => view,
    )
  })

  app.get('/attention/:id', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    return itemRecord(operator, await theItem(db, readInput(one, request.params).id, tenantId))
  })

  app.post('/attention/:id/acknowledge', async (request) => {
    const caller = callers.of(request, 'operate')
    const item = await theItem(db, readInput(one, request.params).id, caller.tenantId)
    const body = readInput(acknowledgeBody, request.body ?? {})
    return itemViewOf(db, await acknowledge(operator, item, caller.operator, body.note), clock.now())
  })

  app.post('/attention/:id/snooze', async (request) => {
    const caller = callers.of(request, 'operate')
    const item = await theItem(db, readInput(one, request.params).id, caller.tenantId)
    const body = readInput(snoozeBody, request.body)
    return itemViewOf(db, await snooze(operator, item, caller.operator, body.until, body.note), clock.now())
  })

  app.post('/attention/:id/resolve', async (request, reply) => {
    const caller = callers.of(request, 'operate')
    const item = await theItem(db, readInput(one, request.params).id, caller.tenantId)
    const body = readInput(resolveBody, request.body)
    return carryOut(reply, await resolution(operator, item, body.action, caller.operator, body.note), body.dryRun)
  })
}
