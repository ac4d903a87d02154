/** Who calls: the key of each request, its scopes, and how often it may. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ApiKey, recognizeApiKey, type Scope } from '../identity/index.ts'
import { AppError } from '../kit/errors/index.ts'
import { type Milliseconds, seconds } from '../kit/time.ts'
import type { Operator } from '../operator/index.ts'
import type { ApiDeps } from './deps.ts'

/** Per key. */
const REQUESTS: number = 600
/** Per address, whatever key it sends: nobody may try keys for long. */
const FROM_ADDRESS: number = 1200
const WINDOW: Milliseconds = seconds(60)

export interface Callers {
  /** @throws AppError `ERR_API_SCOPE` */
  of(request: FastifyRequest, scope: Scope): Caller
}

export interface Caller extends Pick<ApiKey, 'tenantId'> {
  readonly operator: Operator
}

/** Every route of this app asks for a key from now on. */
export function recognizeCallers(app: FastifyInstance, { operator: { db, clock } }: ApiDeps): Callers {
  const keys = new WeakMap<FastifyRequest, ApiKey>()
  const perAddress = app.createRateLimit({ max: FROM_ADDRESS, timeWindow: WINDOW, keyGenerator: ({ ip }) => `address ${ip}` })
  const perKey = app.createRateLimit({ max: REQUESTS, timeWindow: WINDOW, keyGenerator: (request) => `key ${keys.get(request)?.id}` })

  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    await assertNotTooMany(request, perAddress, (wait) => reply.header('retry-after', wait))
    const key = await recognizeApiKey(db, bearer(request), clock.now())
    if (!key) throw new AppError('ERR_API_KEY_INVALID')
    keys.set(request, key)
    await assertNotTooMany(request, perKey, (wait) => reply.header('retry-after', wait))
  })

  return {
    of(request, scope) {
      const key = keys.get(request)
      if (!key) throw new AppError('ERR_API_KEY_INVALID')
      if (!key.scopes.includes(scope)) {
        throw new AppError('ERR_API_SCOPE', { message: `This needs the scope "${scope}".`, facts: { scope } })
      }
      return { tenantId: key.tenantId, operator: { via: 'api', name: key.name } }
    },
  }
}

async function assertNotTooMany(
  request: FastifyRequest,
  check: ReturnType<FastifyInstance['createRateLimit']>,
  tellWait: (seconds: number) => void,
): Promise<void> {
  const limit = await check(request)
  if (limit.isAllowed || !limit.isExceeded) return
  tellWait(limit.ttlInSeconds)
  throw new AppError('ERR_API_TOO_MANY_REQUESTS')
}

const bearer = ({ headers: { authorization } }: FastifyRequest): string => /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
