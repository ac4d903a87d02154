/** The one way out: a request core with timeout, bounded retries and a size limit. What an answer means is the client's business. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, type Dispatcher, request as undiciRequest } from 'undici'
import { type Log, silentLog } from './log.ts'
import { pauseBeforeRetry, readRetryAfter, type TryFailure } from './retry.ts'
import { type Clock, type Milliseconds, seconds, wallClock } from './time.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** For one try, connection included. Default 20 s. */
  readonly timeout?: Milliseconds
  /** A repeat changes nothing more. Default: true for GET and PUT only. */
  readonly repeatable?: boolean
  /** Tries in all. Default 3. */
  readonly maxAttempts?: number
  /** Gives up at once, for good. */
  readonly signal?: AbortSignal | undefined
}

export interface HttpReply {
  readonly status: number
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** How many tries it took. */
  readonly attempts: number
}

export interface Http {
  /**
   * Sends, repeats what may be repeated, and returns the last answer whatever its status. Redirects are not followed.
   * @throws HttpFailure when there was no answer at all, or it was too long.
   * @throws the signal's reason when aborted.
   */
  send(request: HttpRequest): Promise<HttpReply>
  /** Closes idle connections. */
  close(): Promise<void>
}

export interface HttpOptions {
  readonly clock?: Clock
  readonly log?: Log
  readonly userAgent?: string
  /** Longest answer in bytes. Default 16 MiB. */
  readonly maxReplyBytes?: number
  readonly dispatcher?: Dispatcher
  /** One try in place of the network's: for worlds in this process. */
  readonly tryOnce?: TryOnce
  readonly random?: () => number
  /** Waits between tries; tests make it instant. */
  readonly pause?: (length: Milliseconds, signal?: AbortSignal) => Promise<unknown>
}

/** One try: what came of it, whatever the status. @throws the signal's reason when aborted. */
export type TryOnce = (request: HttpRequest) => Promise<Omit<HttpReply, 'attempts'> | HttpFailure>

/** No answer came. `lost`: it may have arrived and taken effect; `notSent`: it did not leave this machine. */
export class HttpFailure extends Error {
  readonly kind: 'notSent' | 'lost'

  constructor(kind: 'notSent' | 'lost', message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'HttpFailure'
    this.kind = kind
  }
}

export const DEFAULT_TIMEOUT: Milliseconds = seconds(20)
const DEFAULT_ATTEMPTS = 3
const DEFAULT_MAX_REPLY_BYTES = 16 * 1024 * 1024

export function createHttp(options: HttpOptions = {}): Http {
  const clock = options.clock ?? wallClock
  const log = options.log ?? silentLog
  const random = options.random ?? Math.random
  const pause = options.pause ?? ((length, signal) => sleep(length, undefined, signal ? { signal } : {}))
  const { tryOnce, close } = options.tryOnce ? { tryOnce: options.tryOnce, close: async () => {} } : overNetwork(options)

  async function send(request: HttpRequest): Promise<HttpReply> {
    const repeatable = request.repeatable ?? (request.method === 'GET' || request.method === 'PUT')
    for (let attempt = 1; ; attempt++) {
      const tried = await tryOnce(request)
      const outcome = tried instanceof HttpFailure ? tried : { ...tried, attempts: attempt }
      const failure = failureOf(outcome, clock)
      if (!failure) return outcome as HttpReply
      request.signal?.throwIfAborted()
      const wait = pauseBeforeRetry({
        failure,
        attempt,
        repeatable,
        maxAttempts: request.maxAttempts ?? DEFAULT_ATTEMPTS,
        chance: random(),
      })
      if (wait === undefined) {
        if (outcome instanceof HttpFailure) throw outcome
        return outcome
      }
      log.debug({ method: request.method, host: request.url.host, path: request.url.pathname, attempt, failure, wait }, 'call repeated')
      await pause(wait, request.signal)
    }
  }

  return { send, close }
}

function overNetwork(options: HttpOptions): { readonly tryOnce: TryOnce; readonly close: () => Promise<void> } {
  const dispatcher = options.dispatcher ?? new Agent({ connections: 64, keepAliveTimeout: seconds(20), connect: { timeout: seconds(10) } })
  const settings = {
    dispatcher,
    userAgent: options.userAgent ?? 'marketplace-bridge',
    maxReplyBytes: options.maxReplyBytes ?? DEFAULT_MAX_REPLY_BYTES,
  }
  return { tryOnce: (request) => tryOnNetwork(request, settings), close: () => dispatcher.close() }
}

function failureOf(outcome: HttpReply | HttpFailure, clock: Clock): TryFailure | undefined {
  if (outcome instanceof HttpFailure) return { kind: outcome.kind }
  if (outcome.status < 400) return undefined
  return { kind: 'status', status: outcome.status, retryAfter: readRetryAfter(outcome.headers['retry-after'], clock.now()) }
}

interface Settings {
  readonly dispatcher: Dispatcher
  readonly userAgent: string
  readonly maxReplyBytes: number
}

async function tryOnNetwork(request: HttpRequest, settings: Settings): ReturnType<TryOnce> {
  const timeout = request.timeout ?? DEFAULT_TIMEOUT
  const limit = AbortSignal.timeout(timeout)
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
  try {
    const reply = await undiciRequest(request.url, {
      method: request.method,
      headers: { 'user-agent': settings.userAgent, accept: 'application/json', ...request.headers },
      body: request.body ?? null,
      dispatcher: settings.dispatcher,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal,
    })
    const text = await readText(reply.body, settings.maxReplyBytes)
    return { status: reply.statusCode, headers: flatten(reply.headers), text }
  } catch (error) {
    request.signal?.throwIfAborted()
    if (error instanceof HttpFailure) return error
    return new HttpFailure(
      neverLeft(error) ? 'notSent' : 'lost',
      `${request.method} ${request.url.host}: ${reasonOf(error, limit, timeout)}`,
      error,
    )
  }
}

async function readText(body: AsyncIterable<Uint8Array> & { destroy(): unknown }, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) {
      body.destroy()
      throw new HttpFailure('lost', `the answer is longer than ${maxBytes} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ENETUNREACH', 'EHOSTUNREACH'])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERR_UNKNOWN'

const neverLeft = (error: unknown): boolean => NEVER_LEFT.has(codeOf(error))

const reasonOf = (error: unknown, limit: AbortSignal, timeout: Milliseconds): string =>
  limit.aborted ? `no answer within ${timeout} ms` : codeOf(error)
