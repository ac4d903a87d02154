/** Fetches large files as a stream: allowed hosts only, no credentials unless given, no redirects, a cap on the bytes. */
import { type Dispatcher, request as undiciRequest } from 'undici'
import { HttpFailure } from './http.ts'
import { isLoopback, isSafeToCall } from './loopback.ts'
import { type Milliseconds, minutes, seconds } from './time.ts'

export interface DownloadRequest {
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  /** For the whole file. Default 10 minutes. */
  readonly timeout?: Milliseconds
  /** Default 256 MiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal | undefined
}

export interface Download {
  readonly status: number
  /**
   * The bytes as they come. Read it to its end, or leave the loop early: both free the connection.
   * @throws HttpFailure in the middle, when the other side stops or there are more bytes than allowed (`TooLarge`).
   */
  readonly body: AsyncIterable<Uint8Array>
}

/** The file has more bytes than were allowed. */
export class TooLarge extends HttpFailure {
  constructor(maxBytes: number) {
    super('lost', `the file is longer than ${maxBytes} bytes`)
    this.name = 'TooLarge'
  }
}

export type OpenDownload = (request: DownloadRequest) => Promise<Download>

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024

/** @param dispatcher connections to use; the process's own by default. */
export function createDownload(dispatcher?: Dispatcher): OpenDownload {
  return async ({ url, headers = {}, timeout = minutes(10), maxBytes = DEFAULT_MAX_BYTES, signal }) => {
    const limit = AbortSignal.timeout(timeout)
    const either = signal ? AbortSignal.any([signal, limit]) : limit
    try {
      const reply = await undiciRequest(url, {
        method: 'GET',
        headers: { accept: '*/*', ...headers },
        headersTimeout: seconds(20),
        bodyTimeout: seconds(60),
        signal: either,
        ...(dispatcher === undefined ? {} : { dispatcher }),
      })
      return { status: reply.statusCode, body: capped(reply.body, maxBytes, url, signal) }
    } catch (error) {
      signal?.throwIfAborted()
      throw new HttpFailure('lost', `GET ${url.host}: no answer`, error)
    }
  }
}

async function* capped(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  url: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > maxBytes) throw new TooLarge(maxBytes)
      yield chunk
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof HttpFailure ? error : new HttpFailure('lost', `GET ${url.host}: the file broke off`, error)
  }
}

/**
 * Whether a file may be fetched from there: https, and a host of the list. `*.example.com` is any host below it. Hosts of this machine only
 * when the list names one (the sandbox).
 */
export function isAllowedHost(url: URL, hosts: readonly string[]): boolean {
  if (!isSafeToCall(url) || url.username !== '' || url.password !== '') return false
  const host = url.hostname.toLowerCase()
  if (isLoopback(host)) return hosts.some((each) => isLoopback(each))
  return hosts.some((each) => (each.startsWith('*.') ? host.endsWith(each.slice(1).toLowerCase()) : host === each.toLowerCase()))
}
