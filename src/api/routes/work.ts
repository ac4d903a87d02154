import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { wakeableKinds, wakeOf } from '../../operator/index.ts'
import type { Callers } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { readInput } from '../input.ts'

const wakeBody = z.strictObject({
  kind: z.enum(wakeableKinds),
  /** Of a subscription its id. */
  key: z.string().max(255).optional(),
  note: z.string().max(1000).optional(),
})

export function workRoutes(app: FastifyInstance, { operator }: ApiDeps, callers: Callers): void {
  app.post('/work/wake', async (request, reply) => {
    const { tenantId, operator: by } = callers.of(request, 'operate')
    const what = readInput(wakeBody, request.body)
    return reply.code(202).send({ woken: await wakeOf(operator, tenantId, what, by) })
  })
}
