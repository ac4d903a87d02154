/** The request core of all planes: address, version, bearer, ids, one token refresh, status to code. */
import { randomUUID } from 'node:crypto'
import { type Http, HttpFailure, type HttpReply, type HttpRequest } from '../kit/http.ts'
import type { Log } from '../kit/log.ts'
import { between, type Clock, type Instant } from '../kit/time.ts'
import { MARKETPLACE_RESOURCE, type MicrosoftApp } from './app.ts'
import type { CallIds, MicrosoftCall, MicrosoftReply } from './call.ts'
import { badStatus, noAnswer } from './failure.ts'
import type { TokenSource } from './token/source.ts'
import type { CallRecord, Traced } from './trace.ts'
import { below } from './url.ts'

export const API_VERSION = '2018-08-31'

/** One of Microsoft's APIs: whose token it takes, and what every address of it has. */
export interface Plane {
  readonly resource: string
  readonly query: Readonly<Record<string, string>>
}

const MARKETPLACE: Plane = { resource: MARKETPLACE_RESOURCE, query: { 'api-version': API_VERSION } }

/** Everything a call needs; made once for a publisher. */
export interface MicrosoftApi {
  readonly http: Http
  readonly tokens: TokenSource
  /** Such as `https://marketplaceapi.microsoft.com/api`. The bearer token goes to this host only. */
  readonly baseUrl: URL
  readonly app: MicrosoftApp
  readonly clock: Clock
  readonly log: Log
  readonly traced?: Traced
  /** Default: fulfilment and metering. */
  readonly plane?: Plane
}

/**
 * Sends one call and returns its 2xx answer, whatever is in it.
 * @throws ApiError with the code of the status; `ERR_MS_UNAVAILABLE` when no answer came. `outcomeUnknown` is true where a changing
 *   call may have taken effect. `facts.retryAfter` (ms) is Microsoft's wish, when it had one.
 */
export async function send(api: MicrosoftApi, call: MicrosoftCall): Promise<MicrosoftReply> {
  const ids: CallIds = { requestId: randomUUID(), correlationId: api.traced?.correlationId ?? randomUUID() }
  const startedAt = api.clock.now()
  const end = await exchange(api, call, ids)
  tell(api, call, ids, startedAt, end)
  if (end instanceof HttpFailure) throw noAnswer(call, end, ids)
  if (end.status < 200 || end.status > 299) throw badStatus(call, end, ids, api.clock.now())
  return { call: call.call, status: end.status, headers: end.headers, text: end.text, ids }
}

async function exchange(api: MicrosoftApi, call: MicrosoftCall, ids: CallIds): Promise<HttpReply | HttpFailure> {
  try {
    return await sendWithToken(api, call, ids)
  } catch (error) {
    if (error instanceof HttpFailure) return error
    throw error
  }
}

/** A token refused with 401 had no effect yet: any call may be sent once more with a fresh one. */
async function sendWithToken(api: MicrosoftApi, call: MicrosoftCall, ids: CallIds): Promise<HttpReply> {
  const { resource } = api.plane ?? MARKETPLACE
  const token = await api.tokens.get(api.app, resource, call.signal)
  const reply = await api.http.send(toRequest(api, call, ids, token))
  if (reply.status !== 401) return reply
  api.tokens.forget(api.app, resource, token)
  const fresh = await api.tokens.get(api.app, resource, call.signal)
  const second = await api.http.send(toRequest(api, call, ids, fresh))
  return { ...second, attempts: reply.attempts + second.attempts - 1 } // the refused one does not count: it could have no effect
}

function toRequest(api: MicrosoftApi, call: MicrosoftCall, ids: CallIds, token: string): HttpRequest {
  return {
    method: call.method,
    url: addressOf(api, call),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-ms-requestid': ids.requestId,
      'x-ms-correlationid': ids.correlationId,
      ...(call.purchaseToken === undefined ? {} : { 'x-ms-marketplace-token': call.purchaseToken }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.timeout === undefined ? {} : { timeout: call.timeout }),
    ...(call.maxAttempts === undefined ? {} : { maxAttempts: call.maxAttempts }),
    repeatable: call.repeatable ?? call.method === 'GET',
    signal: call.signal,
  }
}

function addressOf({ baseUrl, plane = MARKETPLACE }: MicrosoftApi, call: MicrosoftCall): URL {
  const url = below(baseUrl, call.path)
  const query = Object.entries({ ...plane.query, ...call.query })
  url.search = query.map(([name, value]) => `${name}=${value}`).join('&')
  return url
}

function tell(api: MicrosoftApi, call: MicrosoftCall, ids: CallIds, startedAt: Instant, end: HttpReply | HttpFailure): void {
  const answer = end instanceof HttpFailure ? undefined : end
  const record: CallRecord = {
    call: call.call,
    ...ids,
    activityId: answer?.headers['x-ms-activityid'],
    startedAt,
    took: between(startedAt, api.clock.now()),
    status: answer?.status,
  }
  api.log.debug({ microsoft: record }, 'called Microsoft')
  api.traced?.onCall?.(record)
}
