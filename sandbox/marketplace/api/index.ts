/** The SaaS fulfilment API v2 (2018-08-31), mounted at `/marketplace/api/saas`. */
import type { FastifyPluginAsync } from 'fastify'
import type { ApiDeps } from './deps.ts'
import { frame } from './frame.ts'
import { operationRoutes } from './operations.ts'
import { resolveRoute } from './resolve.ts'
import { subscriptionRoutes } from './subscriptions.ts'

export const fulfilmentApi =
  (deps: ApiDeps): FastifyPluginAsync =>
  async (app) => {
    frame(app, deps)
    resolveRoute(app, deps)
    subscriptionRoutes(app, deps)
    operationRoutes(app, deps)
  }
