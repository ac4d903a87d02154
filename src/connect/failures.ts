/** What a bad answer of Connect means: one error code for each thing somebody can do about it. */
import type { z } from 'zod'
import { ApiError, type ErrorCode } from '../kit/errors/index.ts'
import { HttpFailure, type HttpReply } from '../kit/http.ts'
import { isObject } from './model/read.ts'

interface CallLike {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: { readonly text: string }
}

/** Connect's error body: `{ error_code, errors, params? }`. Gateways answer HTML instead; then all is empty. */
export interface ErrorBody {
  readonly code?: string | undefined
  /** Connect's own words, e.g. `asset.items: This list may not be empty.` E-mail addresses are masked. */
  readonly messages: readonly string[]
  readonly params: Readonly<Record<string, unknown>>
}

const MAX_MESSAGES = 20
const MAX_MESSAGE_LENGTH = 300

export function errorBody(reply: Pick<HttpReply, 'text'>): ErrorBody {
  const body = jsonOrNothing(reply.text)
  if (!isObject(body)) return { messages: [], params: {} }
  const code = body['error_code']
  return {
    code: typeof code === 'string' ? code : undefined,
    messages: texts(body['errors']).slice(0, MAX_MESSAGES).map(tidy),
    params: isObject(body['params']) ? body['params'] : {},
  }
}

/** A list of sentences; a lone one and `{ field: [sentence] }` are read too. */
const texts = (errors: unknown): readonly string[] => {
  if (typeof errors === 'string') return [errors]
  if (Array.isArray(errors)) return errors.filter((one) => typeof one === 'string')
  if (!isObject(errors)) return []
  return Object.entries(errors).flatMap(([field, told]) => (isObject(told) ? [] : texts(told).map((text) => `${field}: ${text}`)))
}

/** Connect may echo what the buyer typed: mail addresses are masked, the rest is cut. */
const tidy = (message: string): string =>
  message
    .slice(0, 2 * MAX_MESSAGE_LENGTH) // first: looking for addresses in endless text takes endless time
    .replace(/[^\s"'<>]+@[^\s"'<>]+/g, '[e-mail]')
    .slice(0, MAX_MESSAGE_LENGTH)

const jsonOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The error of an answer that is not a 2xx. */
export function failureOfReply(call: CallLike, reply: HttpReply): ApiError {
  const body = errorBody(reply)
  const code = codeOf(reply.status)
  return new ApiError(code, {
    message: `Connect answered ${call.method} ${call.path.text} with ${reply.status}${body.messages[0] ? `: ${body.messages[0]}` : '.'}`,
    status: reply.status,
    ...idsOf(reply),
    body: { errorCode: body.code, messages: body.messages },
    facts: { ...factsOf(call), status: reply.status, errorCode: body.code, messages: body.messages },
    outcomeUnknown: code === 'ERR_CONNECT_UNAVAILABLE' && reply.status !== 429 && call.method !== 'GET',
  })
}

/** The error of a call that got no answer. An abort or a fault of our own is passed on as it is. */
export function noAnswer(call: CallLike, error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error
  return new ApiError('ERR_CONNECT_UNAVAILABLE', {
    message: `Connect did not answer ${call.method} ${call.path.text}.`,
    cause: error,
    facts: factsOf(call),
    outcomeUnknown: error.kind === 'lost' && call.method !== 'GET',
  })
}

/** The error of a 2xx that is no JSON, or not of the shape we need. Names the fields, never their values. */
export function unreadable(call: CallLike, reply: HttpReply, why?: z.ZodError): ApiError {
  const fields = why?.issues.slice(0, MAX_MESSAGES).map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? ['not JSON']
  return new ApiError('ERR_CONNECT_UNEXPECTED_ANSWER', {
    message: `Connect's answer to ${call.method} ${call.path.text} cannot be read (${fields[0]}).`,
    status: reply.status,
    ...idsOf(reply),
    facts: { ...factsOf(call), status: reply.status, contentType: reply.headers['content-type'], length: reply.text.length, fields },
    outcomeUnknown: call.method !== 'GET',
  })
}

/** The stored token cannot even be put into a header. */
export const tokenUnusable = (): ApiError =>
  new ApiError('ERR_CONNECT_UNAUTHORIZED', {
    message: 'The stored Connect token has line breaks, spaces around it or other characters no header can carry.',
  })

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 400:
    case 422:
      return 'ERR_CONNECT_INVALID'
    case 401:
      return 'ERR_CONNECT_UNAUTHORIZED'
    case 403:
      return 'ERR_CONNECT_FORBIDDEN'
    case 404:
      return 'ERR_CONNECT_NOT_FOUND'
    case 409:
      return 'ERR_CONNECT_CONFLICT'
  }
  return status === 408 || status === 429 || status >= 500 ? 'ERR_CONNECT_UNAVAILABLE' : 'ERR_CONNECT_UNEXPECTED_ANSWER'
}

const factsOf = (call: CallLike) => ({ method: call.method, path: call.path.text })

/** None is documented; these are what gateways and frameworks commonly send. */
function idsOf(reply: HttpReply): { requestId?: string; correlationId?: string } {
  const requestId = reply.headers['x-request-id'] ?? reply.headers['request-id']
  const correlationId = reply.headers['x-correlation-id']
  return { ...(requestId === undefined ? {} : { requestId }), ...(correlationId === undefined ? {} : { correlationId }) }
}
