/** One call to Connect: the address, the token, one place for what an answer means. */
import type { z } from 'zod'
import type { OpenDownload } from '../kit/download.ts'
import type { Http, HttpReply } from '../kit/http.ts'
import type { Log } from '../kit/log.ts'
import { between, type Clock, type Milliseconds, seconds } from '../kit/time.ts'
import { withNumbersAsText } from './exact-json.ts'
import { failureOfReply, noAnswer, tokenUnusable, unreadable } from './failures.ts'
import { type Query, queryString } from './rql.ts'

export interface ConnectApi {
  readonly http: Http
  readonly download: OpenDownload
  /** Where files behind Connect's links may lie, besides its own host; `*.example.com` is any host below. */
  readonly fileHosts: readonly string[]
  /** Ends in `/public/v1`. */
  readonly baseUrl: URL
  /** Where people open a reseller's set-up request, `{id}` in it; absent: its address in the API. */
  readonly tierRequestUrl?: string | undefined
  /** The whole header value: `ApiKey SU-…:…`. */
  readonly apiKey: string
  readonly clock: Clock
  readonly log: Log
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Made with `path`, so that every id is encoded. */
  readonly path: Path
  readonly query?: Query
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The answer's numbers are given to the reader as text: they must stay exact. */
  readonly exactNumbers?: boolean
  readonly signal?: AbortSignal | undefined
}

/** Longest time one try of a call may take. A lease that guards a changing call must last longer. */
export const CONNECT_CALL_TIMEOUT: Milliseconds = seconds(20)

/** A path below the base address. */
export interface Path {
  readonly text: string
}

/**
 * Builds a path with its ids encoded.
 * @throws RangeError for an empty id or one that would climb the path.
 */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): Path {
  return { text: parts.reduce((whole, part, at) => whole + segment(ids[at - 1] ?? '') + part) }
}

function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new RangeError('not an id')
  return encodeURIComponent(id)
}

/**
 * Sends one call and returns the answer whatever its status. GET and PUT are repeated after a lost answer; a POST only when it
 * certainly had no effect (429, or it never left).
 * @throws ApiError `ERR_CONNECT_UNAVAILABLE` when no answer came; `outcomeUnknown` when a change may have taken effect.
 */
export async function exchange(api: ConnectApi, call: Call): Promise<HttpReply> {
  const authorization = authorizationOf(api)
  const begun = api.clock.now()
  const reply = await api.http
    .send({
      method: call.method,
      url: addressOf(api, call),
      headers: { authorization, ...(call.body === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      timeout: CONNECT_CALL_TIMEOUT,
      signal: call.signal,
    })
    .catch((error: unknown) => {
      throw noAnswer(call, error)
    })
  const { status, attempts } = reply
  api.log.debug({ method: call.method, path: call.path.text, status, attempts, took: between(begun, api.clock.now()) }, 'connect call')
  return reply
}

/**
 * Sends a call and reads its JSON answer.
 * @throws ApiError with the code of the status (`ERR_CONNECT_UNAUTHORIZED`, `…_FORBIDDEN`, `…_NOT_FOUND`, `…_INVALID`, `…_CONFLICT`,
 *   `…_UNAVAILABLE`), or `ERR_CONNECT_UNEXPECTED_ANSWER` for what cannot be read.
 */
export async function send<T>(api: ConnectApi, call: Call, reader: z.ZodType<T>): Promise<T> {
  return read(call, await exchange(api, call), reader)
}

/** Reads a good answer, or throws what a bad one means. */
export function read<T>(call: Call, reply: HttpReply, reader: z.ZodType<T>): T {
  assertGood(call, reply)
  const result = reader.safeParse(parseJson(call, reply))
  if (!result.success) throw unreadable(call, reply, result.error)
  return result.data
}

/** @throws ApiError when the status is not a 2xx. */
export function assertGood(call: Call, reply: HttpReply): void {
  if (reply.status < 200 || reply.status > 299) throw failureOfReply(call, reply)
}

function parseJson(call: Call, reply: HttpReply): unknown {
  try {
    return JSON.parse(call.exactNumbers ? withNumbersAsText(reply.text) : reply.text)
  } catch {
    throw unreadable(call, reply)
  }
}

/** The token goes to the configured host and below the configured path only: the address is never taken from an answer. */
export function addressOf(api: ConnectApi, call: Call): URL {
  const url = new URL(api.baseUrl)
  url.pathname = api.baseUrl.pathname.replace(/\/+$/, '') + call.path.text
  url.search = call.query ? queryString(call.query) : ''
  return url
}

/** The header that proves who we are. @throws ApiError `ERR_CONNECT_UNAUTHORIZED` when the stored token is none. */
export function authorizationOf({ apiKey }: ConnectApi): string {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(apiKey)) throw tokenUnusable()
  return apiKey
}
