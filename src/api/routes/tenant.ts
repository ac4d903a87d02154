import type { FastifyInstance } from 'fastify'
import { AppError } from '../../kit/errors/index.ts'
import { tenantRecord } from '../../operator/index.ts'
import type { Callers } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'

export function tenantRoutes(app: FastifyInstance, { operator, publicUrl }: ApiDeps, callers: Callers): void {
  app.get('/tenant', async (request) => {
    const { tenantId } = callers.of(request, 'read')
    const tenant = await tenantRecord(operator, tenantId, publicUrl)
    if (!tenant) throw new AppError('ERR_TENANT_NOT_FOUND')
    return tenant
  })
}
