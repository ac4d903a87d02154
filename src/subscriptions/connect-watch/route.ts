/**
 * POST /connect/:tenantId/events: Connect says that something has changed. It does not say what: once its signature is proved, the tenant's
 * watch reads Connect. The body is not read, for it is neither signed nor needed.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { proveWebhook } from '../../connect/index.ts'
import { type Db, inTransaction } from '../../database/index.ts'
import type { Keyring } from '../../database/secrets.ts'
import { wake } from '../../database/work/index.ts'
import { AppError, errorCatalogue } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import { type Clock, type Milliseconds, plus } from '../../kit/time.ts'
import { CONNECT_WATCH_WORK } from '../work-kinds.ts'
import { recordPoke } from './store.ts'
import { secretsOf } from './webhook-store.ts'

export interface EventsDeps {
  readonly db: Db
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Log
}

/** Several calls about one change, and a stolen one sent over and over, are one reading. */
const GATHERED_FOR: Milliseconds = 200

interface Address {
  Params: { tenantId: string }
}

export const connectEventsRoute =
  (deps: EventsDeps): FastifyPluginAsync =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', async (_request: FastifyRequest, payload: FastifyRequest['raw']) => void payload.resume())
    app.setErrorHandler((error, request, reply) => refuse(deps, error, request, reply))
    app.post<Address>('/connect/:tenantId/events', {
      onRequest: async (request) => {
        await prove(deps, request)
        request.raw.headers['content-type'] = 'application/octet-stream' // an odd one would be refused
      },
      handler: async (request) => {
        await hear(deps, tenantId.parse(request.params.tenantId))
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

const hear = ({ db, clock }: EventsDeps, tenant: TenantId): Promise<void> =>
  inTransaction(db, async (tx) => {
    const now = clock.now()
    await recordPoke(tx, tenant, now)
    await wake(tx, { tenantId: tenant, kind: CONNECT_WATCH_WORK, key: tenant }, plus(now, GATHERED_FOR))
  })

function refuse({ log }: EventsDeps, error: unknown, { params }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code = error instanceof AppError && error.code === 'ERR_CONNECT_EVENT_NOT_PROVED' ? error.code : 'ERR_INTERNAL'
  const facts = { code, params, ...(error instanceof AppError ? error.facts : {}) }
  if (code === 'ERR_INTERNAL')
    log.error({ ...facts, err: error }, 'a call of Connect’s webhook could not be heard; Connect is read all the same')
  else log.warn(facts, 'a call to the address of Connect’s webhook was refused')
  const { status, what } = errorCatalogue[code]
  return reply.code(status).send({ code, message: what })
}
