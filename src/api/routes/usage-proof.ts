import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { productId, subscriptionId } from '../../kit/ids.ts'
import { readBackView, riskView } from '../../operator/index.ts'
import { amountsInWords, asCsv, asJson, listReadBack, readRisk, traceUsage } from '../../usage/index.ts'
import type { Callers } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { readInput, time } from '../input.ts'

const exportQuery = z.strictObject({
  format: z.enum(['json', 'csv']).default('json'),
  productId: productId.optional(),
  subscriptionId: subscriptionId.optional(),
  from: time.optional(),
  to: time.optional(),
})
const nothing = z.strictObject({})

export function usageProofRoutes(app: FastifyInstance, { operator: { db, clock } }: ApiDeps, callers: Callers): void {
  app.get('/usage/export', async (request, reply) => {
    const { tenantId } = callers.of(request, 'read')
    const { format, ...filter } = readInput(exportQuery, request.query)
    const records = traceUsage(db, { ...filter, tenantId })
    reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
    return reply.send(Readable.from(format === 'csv' ? asCsv(records) : asJson(records), { objectMode: false }))
  })

  app.get('/usage/read-back', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    readInput(nothing, request.query)
    return { items: (await listReadBack(db, tenantId)).map(readBackView) }
  })

  app.get('/usage/risk', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    readInput(nothing, request.query)
    const risks = await readRisk(db, tenantId, clock.now())
    return { items: risks.map(riskView), notAccepted: amountsInWords(risks) }
  })
}
