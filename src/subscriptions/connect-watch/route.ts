/**
 * POST /connect/:tenantId/events: Connect says that something has changed. It does not say what: once its signature is proved, the tenant's
 * watch reads Connect. The body is not read, for it is neither signed nor needed.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { proveWebhook } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import type { Keyring } from '../../database/secrets.ts'
import { AppError, errorCatalogue } from '../../kit/errors/index.ts'
import { tenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import type { Clock } from '../../kit/time.ts'
import { together } from '../../kit/together.ts'
import { type Poke, recordPokes } from './store.ts'
import { secretsOf } from './webhook-store.ts'

export interface EventsDeps {
  readonly db: Db
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Log
}

/** Connect calls once for each request that changes, all of a tenant about the same row. */
const HEARD_TOGETHER = { most: 100, atOnce: 1 }

interface Address {
  Params: { tenantId: string }
}

export const connectEventsRoute =
  (deps: EventsDeps): FastifyPluginAsync =>
  async (app) => {
    const hear = together({ run: (pokes: readonly Poke[]) => recordPokes(deps.db, pokes), ...HEARD_TOGETHER })
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', async (_request: FastifyRequest, payload: FastifyRequest['raw']) => void payload.resume())
    app.setErrorHandler((error, request, reply) => refuse(deps, error, request, reply))
    app.post<Address>('/connect/:tenantId/events', {
      onRequest: async (request) => {
        await prove(deps, request)
        request.raw.headers['content-type'] = 'application/octet-stream' // an odd one would be refused
      },
      handler: async (request) => {
        await hear({ tenantId: tenantId.parse(request.params.tenantId), at: deps.clock.now() })
        return { outcome: 'heard' }
      },
    })
  }

/** An unknown tenant and one without a webhook answer as a forged signature does, so that nobody learns which tenants there are. */
async function prove({ db, keyring, clock }: EventsDeps, request: FastifyRequest<Address>): Promise<void> {
  const tenant = tenantId.safeParse(request.params.tenantId)
  const secrets = tenant.success ? await secretsOf(db, keyring, tenant.data) : []
  const proof =
    secrets.length === 0
      ? ({ proved: false, reason: 'nobodys' } as const)
      : await proveWebhook(request.headers.authorization, secrets, clock.now())
  if (!proof.proved) throw new AppError('ERR_CONNECT_EVENT_NOT_PROVED', { facts: { reason: proof.reason } })
}

function refuse({ log }: EventsDeps, error: unknown, { params }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code = error instanceof AppError && error.code === 'ERR_CONNECT_EVENT_NOT_PROVED' ? error.code : 'ERR_INTERNAL'
  const facts = { code, params, ...(error instanceof AppError ? error.facts : {}) }
  if (code === 'ERR_INTERNAL')
    log.error({ ...facts, err: error }, 'a call of Connect’s webhook could not be heard; Connect is read all the same')
  else log.warn(facts, 'a call to the address of Connect’s webhook was refused')
  const { status, what } = errorCatalogue[code]
  return reply.code(status).send({ code, message: what })
}
