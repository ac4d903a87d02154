/**
 * POST /portal/:tenantId/:productId/notification: prove the sender, store the notice, answer. The work happens elsewhere.
 *
 * Microsoft reads a 4xx as "no" to a plan or seat change. Only a token proved bad gets one: 401. What we cannot tell now is 503, what we
 * cannot store 500, and both are sent again; everything else is 200, whatever the body is. No limit of any kind applies here.
 * Source: Partner Center docs, "Implementing a webhook on the SaaS service".
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { WorkObject } from '../../database/work/index.ts'
import { AppError, type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import type { Clock, Instant } from '../../kit/time.ts'
import { type ExpectedToken, readNotice, type TokenProof, type VerifyMicrosoftToken } from '../../microsoft/index.ts'
import { type ReceivedBody, readBody, withoutPurchaseToken } from './body.ts'
import { keptHeaders } from './headers.ts'
import type { NoticeStore } from './notice-store.ts'
import { firstLook } from './work.ts'

export interface NotificationDeps {
  readonly notices: NoticeStore
  /** The tenant's app, and whether there is such a tenant at all. */
  readonly receiverOf: (tenantId: TenantId, now: Instant) => Promise<Receiver>
  readonly verifyMicrosoftToken: VerifyMicrosoftToken
  readonly clock: Clock
  readonly log: Log
}

export type Receiver = { readonly app: ExpectedToken } | 'noTenant' | 'noCredential'

/** One call, from the proof of its sender to the reply. */
interface Call {
  readonly tenantId: TenantId
  readonly proof: Extract<TokenProof, { ok: true }>
  readonly receivedAt: Instant
  readonly headers: Readonly<Record<string, string>>
  stored?: { readonly id: string; readonly wakes: WorkObject | undefined }
}

interface Address {
  Params: { tenantId: string; productId: string }
}

/** With a slash at the end too: a slip in Partner Center must not refuse anybody's change. */
const ADDRESSES = ['/portal/:tenantId/:productId/notification', '/portal/:tenantId/:productId/notification/']

export const notificationRoute =
  (deps: NotificationDeps): FastifyPluginAsync =>
  async (app) => {
    const calls = new WeakMap<FastifyRequest, Call>()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request: FastifyRequest, payload: FastifyRequest['raw']) => readBody(payload))
    app.setErrorHandler((error, request, reply) => refuse(deps, error, request, reply))
    for (const address of ADDRESSES) {
      app.post<Address>(address, {
        onRequest: async (request) => {
          calls.set(request, await proveSender(deps, request))
          request.raw.headers['content-type'] = 'application/octet-stream' // theirs is kept with the notice; an odd one would be refused here
        },
        handler: async (request) => {
          await store(deps, request, calls.get(request))
          return { outcome: 'stored' }
        },
        onResponse: async (request, reply) => afterReply(deps, calls.get(request), reply),
      })
    }
  }

async function proveSender(deps: NotificationDeps, request: FastifyRequest<Address>): Promise<Call> {
  const receivedAt = deps.clock.now()
  const headers = keptHeaders(request.headers)
  const { tenant, app } = await appOf(deps, request.params.tenantId, receivedAt)
  const proof = await deps.verifyMicrosoftToken(request.headers.authorization, app)
  if (proof.ok) return { tenantId: tenant, proof, receivedAt, headers }
  throw new AppError(proof.refused === 'bad' ? 'ERR_NOTICE_TOKEN_BAD' : 'ERR_NOTICE_TOKEN_UNVERIFIABLE', {
    facts: { tenantId: tenant, reason: proof.reason },
  })
}

/** An address without a tenant is nobody's: nothing sent there can be authentic. A tenant without its app is for an operator to repair. */
async function appOf({ receiverOf }: NotificationDeps, text: string, now: Instant): Promise<{ tenant: TenantId; app: ExpectedToken }> {
  const read = tenantId.safeParse(text)
  const receiver = read.success ? await receiverOf(read.data, now) : 'noTenant'
  if (!read.success || receiver === 'noTenant') throw new AppError('ERR_TENANT_NOT_FOUND')
  if (receiver === 'noCredential')
    throw new AppError('ERR_NOTICE_TOKEN_UNVERIFIABLE', { facts: { tenantId: read.data, reason: 'noCredential' } })
  return { tenant: read.data, app: receiver.app }
}

async function store({ notices, clock }: NotificationDeps, request: FastifyRequest<Address>, call: Call | undefined): Promise<void> {
  if (!call) throw new TypeError('the sender is proved before the body is read')
  const body = receivedBody(request.body)
  const reading = readNotice(body.text)
  const { tenantId, receivedAt, headers, proof } = call
  const { claims, version } = proof
  const kept = { ...body, text: withoutPurchaseToken(body.text) }
  const { productId } = request.params
  const delivery = { tenantId, productId, receivedAt, headers, body: kept, reading, claims, version }
  const id = await notices.add(delivery, clock.now())
  call.stored = { id, wakes: reading.readable ? firstLook(tenantId, reading.notice) : undefined }
}

/** Without any body there is nothing to parse. */
const receivedBody = (body: unknown): ReceivedBody => (isReceived(body) ? body : { text: '', bytes: 0, truncated: false })

const isReceived = (body: unknown): body is ReceivedBody => typeof body === 'object' && body !== null && 'truncated' in body

/** The reply has left: what waited for that may go on. Nobody waits for this, and nothing depends on it. */
async function afterReply({ notices, clock, log }: NotificationDeps, call: Call | undefined, reply: FastifyReply): Promise<void> {
  if (!call?.stored) return
  const { tenantId, stored } = call
  try {
    const { id, wakes: held } = stored
    await notices.replyHasLeft({ tenantId, id, status: reply.statusCode, took: reply.elapsedTime, held, leftAt: clock.now() })
  } catch (error) {
    log.warn({ err: error, tenantId, notice: stored.id }, 'what was answered to a notice could not be recorded')
  }
}

const CLEAR_NO: readonly ErrorCode[] = ['ERR_NOTICE_TOKEN_BAD', 'ERR_TENANT_NOT_FOUND']

/** In the query of calls of `bridge doctor`. */
export const PREFLIGHT_MARK = 'preflight'

/** Only what carries no token at all: one that is not good is told however the call is marked. Nothing else rests on it. */
const isOwnProbe = ({ query, headers }: FastifyRequest): boolean =>
  headers.authorization === undefined && typeof query === 'object' && query !== null && PREFLIGHT_MARK in query

/** Whatever goes wrong on our side is a 5xx, even what would be a 4xx elsewhere. */
function refuse({ log }: NotificationDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code: ErrorCode = error instanceof AppError ? error.code : 'ERR_INTERNAL'
  const status = CLEAR_NO.includes(code) || errorCatalogue[code].status === 503 ? errorCatalogue[code].status : 500
  const facts = { code, status, ...(error instanceof AppError ? error.facts : {}) }
  if (code === 'ERR_NOTICE_TOKEN_BAD' && isOwnProbe(request))
    log.info(facts, 'the preflight called the notification address, and was refused as it should be')
  else if (CLEAR_NO.includes(code)) log.warn(facts, 'a call to the notification address was refused')
  else log.error({ ...facts, ...faultOf(error) }, 'a notice could not be taken; Microsoft sends it again')
  if (status === 401) reply.header('www-authenticate', request.headers.authorization ? 'Bearer error="invalid_token"' : 'Bearer')
  return reply.code(status).send({ code, message: errorCatalogue[code].what })
}

/** Without what the database tells of the row it did not take: that is the notice itself, people and all. */
const faultOf = (error: unknown) => (error instanceof Error ? { fault: error.name, stack: error.stack } : { fault: typeof error })
