/** Turns a bad end of a call into our error: code, ids, Microsoft's own code; the answer is kept, cut and without the purchase token. */
import { ApiError, type ErrorCode, errorCatalogue } from '../kit/errors/index.ts'
import type { HttpFailure, HttpReply } from '../kit/http.ts'
import { readRetryAfter } from '../kit/retry.ts'
import type { Instant } from '../kit/time.ts'
import type { CallIds, MicrosoftCall, MicrosoftReply } from './call.ts'
import { codeOfStatus, isOutcomeUnknown } from './outcome.ts'
import { readErrorBody } from './wire/error-body.ts'

const LONGEST_KEPT_BODY = 4000

export function badStatus(call: MicrosoftCall, reply: HttpReply, ids: CallIds, now: Instant): ApiError {
  const code = codeOfStatus(reply.status)
  const body = keptBody(withoutToken(reply.text, call.purchaseToken), call.longestKeptBody ?? LONGEST_KEPT_BODY)
  const microsoftCode = wordOf(readErrorBody(body).code)
  return new ApiError(code, {
    message: `${errorCatalogue[code].what} (${call.call}: HTTP ${reply.status}${microsoftCode ? `, ${microsoftCode}` : ''})`,
    status: reply.status,
    ...ids,
    body,
    outcomeUnknown: isOutcomeUnknown({ changes: changes(call), repeated: reply.attempts > 1, end: reply.status }),
    facts: {
      call: call.call,
      microsoftCode,
      activityId: reply.headers['x-ms-activityid'],
      retryAfter: readRetryAfter(reply.headers['retry-after'], now),
    },
  })
}

export function noAnswer(call: MicrosoftCall, failure: HttpFailure, ids: CallIds): ApiError {
  return new ApiError('ERR_MS_UNAVAILABLE', {
    message: `No answer from Microsoft (${call.call}: ${failure.message})`,
    cause: failure,
    ...ids,
    outcomeUnknown: isOutcomeUnknown({ changes: changes(call), repeated: call.repeatable ?? false, end: failure.kind }),
    facts: { call: call.call },
  })
}

/** A 2xx answer that is not what was promised. `what` names the fault, never a value. */
export function unexpectedAnswer(reply: MicrosoftReply, what: string, cause?: unknown): ApiError {
  return new ApiError('ERR_MS_UNEXPECTED_ANSWER', {
    message: `${errorCatalogue.ERR_MS_UNEXPECTED_ANSWER.what} (${reply.call}: ${what})`,
    cause,
    status: reply.status,
    ...reply.ids,
    facts: { call: reply.call },
  })
}

const changes = (call: MicrosoftCall): boolean => call.changes ?? call.method !== 'GET'

const withoutToken = (text: string, token: string | undefined): string => (token ? text.replaceAll(token, '[purchase token]') : text)

function keptBody(text: string, longest: number): unknown {
  if (text.length > longest) return `${text.slice(0, longest)}…`
  try {
    return JSON.parse(text)
  } catch {
    return text === '' ? undefined : text // Microsoft's gateways answer in plain text or HTML now and then
  }
}

/** Only what looks like a code may go into messages and logs. */
const wordOf = (code: string | undefined): string | undefined => (code !== undefined && /^[\w.-]{1,64}$/.test(code) ? code : undefined)

/** What Microsoft itself said to a call it refused: for operators. Cut to a sensible length. */
export const microsoftsWords = ({ body }: Pick<ApiError, 'body'>): string | undefined => readErrorBody(body).message?.slice(0, 300)

/** The same failure under a more telling code, where the call gives the status a meaning of its own. */
export function withCode(code: ErrorCode, error: ApiError): ApiError {
  const { status, requestId, correlationId, body, outcomeUnknown, facts } = error
  return new ApiError(code, {
    cause: error,
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    body,
    outcomeUnknown,
    facts,
  })
}
