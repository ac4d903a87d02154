/** The REST API as one Fastify plugin: `app.register(apiRoutes(deps))`. The same things as on the command line, for one tenant: that of the key. */
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { AppError } from '../kit/errors/index.ts'
import { recognizeCallers } from './caller.ts'
import type { ApiDeps } from './deps.ts'
import { sendProblem } from './problem.ts'
import { attentionRoutes } from './routes/attention.ts'
import { noticeRoutes } from './routes/notices.ts'
import { subscriptionRoutes } from './routes/subscriptions.ts'
import { tenantRoutes } from './routes/tenant.ts'
import { usageRoutes } from './routes/usage.ts'
import { usageEventRoutes } from './routes/usage-events.ts'
import { usageProofRoutes } from './routes/usage-proof.ts'
import { workRoutes } from './routes/work.ts'

export type { ApiDeps } from './deps.ts'

export const PREFIX = '/api/v1'

export const apiRoutes =
  (deps: ApiDeps): FastifyPluginAsync =>
  async (app) => {
    await app.register(async (api) => assemble(api, deps), { prefix: PREFIX, logLevel: 'silent' })
  }

async function assemble(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const { log } = deps
  await app.register(rateLimit, { global: false })
  app.setErrorHandler((error, request, reply) => sendProblem(log, request, reply, error))
  const callers = recognizeCallers(app, deps)
  app.setNotFoundHandler((request, reply) => sendProblem(log, request, reply, new AppError('ERR_NOT_FOUND')))
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    log.info({ method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  tenantRoutes(app, deps, callers)
  subscriptionRoutes(app, deps, callers)
  attentionRoutes(app, deps, callers)
  noticeRoutes(app, deps, callers)
  usageEventRoutes(app, deps, callers)
  usageRoutes(app, deps, callers)
  usageProofRoutes(app, deps, callers)
  workRoutes(app, deps, callers)
}
