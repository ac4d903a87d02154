/** The buyer's pages as one Fastify plugin: `app.register(buyerPages(deps))`. */
import cookie from '@fastify/cookie'
import formBody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { AppError } from '../kit/errors/index.ts'
import { seconds } from '../kit/time.ts'
import { actionRoute } from './routes/actions.ts'
import { sendFailure } from './routes/answer.ts'
import { assetRoute } from './routes/assets.ts'
import { continueRoutes } from './routes/continue.ts'
import type { BuyerDeps } from './routes/deps.ts'
import { manageRoutes } from './routes/manage.ts'
import { orderRoute } from './routes/order.ts'
import { PREFIX } from './routes/paths.ts'
import { contentSecurityPolicy, PERMISSIONS_POLICY } from './routes/security-headers.ts'
import { signInRoute } from './routes/sign-in.ts'
import { signOutRoutes } from './routes/sign-out.ts'
import { startRoute } from './routes/start.ts'
import { statusRoutes } from './routes/status.ts'
import { subscriptionPageRoutes } from './routes/subscription-page.ts'

export type { BuyerDeps } from './routes/deps.ts'

/** Of one client address. A whole office may sit behind one, with a living page each. */
const REQUESTS_PER_MINUTE = 1_200

/**
 * Everything below `/portal` that a buyer's browser asks for. Silences the server's own request log for its routes, because that writes
 * addresses with their query; each answer is logged here by its route's pattern instead.
 */
export const buyerPages =
  (deps: BuyerDeps): FastifyPluginAsync =>
  async (app) => {
    await app.register(async (portal) => assemble(portal, deps), { prefix: PREFIX, logLevel: 'silent' })
  }

async function assemble(app: FastifyInstance, deps: BuyerDeps): Promise<void> {
  const { log } = deps.identity
  await guard(app, deps)
  app.setErrorHandler((error, request, reply) => sendFailure(log, request, reply, error))
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    sendFailure(log, request, reply, new AppError('ERR_NOT_FOUND')),
  )
  app.addHook('onResponse', async (request, reply) => {
    const level = /\/(status|fragment)$|\/assets\//.test(request.routeOptions.url ?? '') ? 'debug' : 'info'
    const { method, routeOptions } = request
    log[level]({ method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  startRoute(app, deps)
  signInRoute(app, deps)
  continueRoutes(app, deps)
  subscriptionPageRoutes(app, deps)
  orderRoute(app, deps)
  manageRoutes(app, deps)
  statusRoutes(app, deps)
  actionRoute(app, deps)
  signOutRoutes(app, deps)
  assetRoute(app)
}

async function guard(app: FastifyInstance, { identity }: BuyerDeps): Promise<void> {
  const secure = identity.publicUrl.startsWith('https:')
  await app.register(cookie)
  await app.register(formBody)
  await app.register(helmet, {
    contentSecurityPolicy: false, // set below and again by each page, for its product's logo
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    hsts: secure && { maxAge: 31_536_000, includeSubDomains: false },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(),
      'permissions-policy': PERMISSIONS_POLICY,
      ...(isSecretAddress(request) ? { 'referrer-policy': 'no-referrer' } : {}),
    })
  })
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: seconds(60),
    errorResponseBuilder: () => new AppError('ERR_TOO_MANY_REQUESTS'),
  })
}

/** Purchase token, sign-in code and ticket stand in queries only. */
const isSecretAddress = (request: FastifyRequest): boolean => request.raw.url?.includes('?') ?? false
