import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { operationId, subscriptionId } from '../../kit/ids.ts'
import { noticeRecord, replay, theNotice } from '../../operator/index.ts'
import { listNotices } from '../../subscriptions/index.ts'
import type { Callers } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { flag, pageQuery, readInput } from '../input.ts'
import { pageOf } from '../page.ts'

const one = z.object({ id: z.string() })

const listQuery = z.strictObject({
  ...pageQuery,
  cursor: z.guid().optional(),
  subscriptionId: subscriptionId.optional(),
  operationId: operationId.optional(),
  /** Only those whose effect is still waited for. */
  open: flag.optional(),
  unreadable: flag.optional(),
})

export function noticeRoutes(app: FastifyInstance, { operator }: ApiDeps, callers: Callers): void {
  const { db } = operator

  app.get('/notices', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    const { limit, cursor, ...filter } = readInput(listQuery, request.query)
    const found = await listNotices(db, { ...filter, tenantId, after: cursor, limit: limit + 1 })
    return pageOf(
      found,
      limit,
      ({ id }) => id,
      (notice) => notice,
    )
  })

  app.get('/notices/:id', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    return noticeRecord(await theNotice(db, readInput(one, request.params).id, tenantId))
  })

  app.post('/notices/:id/replay', async (request, reply) => {
    const caller = callers.of(request, 'operate')
    const { id } = readInput(one, request.params)
    const notice = await replay(operator, { id, tenantId: caller.tenantId }, caller.operator)
    return reply.code(202).send({ replayed: { id, subscriptionId: notice.subscriptionId, operationId: notice.operationId ?? null } })
  })
}
