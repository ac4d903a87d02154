/** Lets the OIDC libraries speak through our own request core: its timeouts, retries, size limit and log. */

import { AppError } from '../../kit/errors/index.ts'
import { type Http, HttpFailure } from '../../kit/http.ts'
import { seconds } from '../../kit/time.ts'

interface FetchOptions {
  readonly method: string
  readonly headers: Headers | Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** @throws AppError `ERR_SIGN_IN_UNAVAILABLE` when no answer came, or only 429 and 5xx. */
export const fetchBy =
  (http: Http) =>
  async (url: string, { method, headers, body, signal }: FetchOptions): Promise<Response> => {
    const reply = await send(http, {
      method: method === 'POST' ? 'POST' : 'GET',
      url: new URL(url),
      headers: headers instanceof Headers ? plain(headers) : headers,
      timeout: seconds(10),
      signal,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
    })
    if (reply.status === 429 || reply.status >= 500) throw unavailable(`answered ${reply.status}`)
    return new Response(reply.text, { status: reply.status, headers: { 'content-type': reply.headers['content-type'] ?? '' } })
  }

function plain(headers: Headers): Record<string, string> {
  const all: Record<string, string> = {}
  headers.forEach((value, name) => {
    all[name] = value
  })
  return all
}

async function send(http: Http, request: Parameters<Http['send']>[0]) {
  try {
    return await http.send(request)
  } catch (error) {
    if (error instanceof HttpFailure) throw unavailable(error.message, error)
    throw error
  }
}

export const unavailable = (reason: string, cause?: unknown): AppError =>
  new AppError('ERR_SIGN_IN_UNAVAILABLE', { cause, facts: { reason } })
