/** Tells Entra's refusals apart. Source: "Microsoft Entra authentication and authorization error codes" (AADSTS numbers). */
import { ApiError, type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'
import type { HttpFailure, HttpReply } from '../../kit/http.ts'
import { tokenRefusal } from '../wire/token-reply.ts'

const CODE_OF_AADSTS: ReadonlyMap<number, ErrorCode> = new Map([
  [7000215, 'ERR_MS_CREDENTIAL_WRONG'], // not the secret
  [700027, 'ERR_MS_CREDENTIAL_WRONG'], // the certificate is not registered
  [50012, 'ERR_MS_CREDENTIAL_WRONG'],
  [7000222, 'ERR_MS_CREDENTIAL_EXPIRED'], // secret
  [1000502, 'ERR_MS_CREDENTIAL_EXPIRED'], // certificate
  [700016, 'ERR_MS_APP_UNKNOWN'], // not in that directory
  [7000112, 'ERR_MS_APP_UNKNOWN'], // disabled
  [7000229, 'ERR_MS_APP_UNKNOWN'], // no service principal in that directory
  [90002, 'ERR_MS_DIRECTORY_UNKNOWN'],
  [900023, 'ERR_MS_DIRECTORY_UNKNOWN'],
  [90033, 'ERR_MS_LOGIN_UNAVAILABLE'], // passing fault of Entra's own
])

type Refusal = { readonly [Key in 'error' | 'error_description' | 'trace_id' | 'correlation_id']?: string | undefined } & {
  readonly error_codes?: readonly number[] | undefined
}

export function refusal(reply: HttpReply): ApiError {
  const read = tokenRefusal.safeParse(reply.text)
  const said: Refusal = read.success ? read.data : {}
  const aadsts = numbersOf(said)
  const code = codeOf(reply.status, said.error, aadsts)
  return new ApiError(code, {
    message: `${errorCatalogue[code].what} (HTTP ${reply.status}${aadsts.map((number) => `, AADSTS${number}`).join('')})`,
    status: reply.status,
    ...(said.trace_id === undefined ? {} : { requestId: said.trace_id }),
    ...(said.correlation_id === undefined ? {} : { correlationId: said.correlation_id }),
    facts: { call: 'token', aadsts },
  })
}

export const loginUnavailable = (failure: HttpFailure): ApiError =>
  new ApiError('ERR_MS_LOGIN_UNAVAILABLE', {
    message: `No answer from Microsoft Entra (${failure.message})`,
    cause: failure,
    facts: { call: 'token' },
  })

export const unreadableToken = (reply: HttpReply): ApiError =>
  new ApiError('ERR_MS_UNEXPECTED_ANSWER', {
    message: 'Microsoft Entra answered without a token that can be read. Check MICROSOFT_LOGIN_URL.',
    status: reply.status,
    facts: { call: 'token' },
  })

const numbersOf = (said: Refusal): readonly number[] =>
  said.error_codes ?? [...(said.error_description ?? '').matchAll(/AADSTS(\d+)/g)].map((match) => Number(match[1]))

function codeOf(status: number, error: string | undefined, aadsts: readonly number[]): ErrorCode {
  const known = aadsts.map((number) => CODE_OF_AADSTS.get(number)).find((code) => code !== undefined)
  if (known) return known
  if (status >= 500 || status === 429 || status === 408 || error === 'temporarily_unavailable') return 'ERR_MS_LOGIN_UNAVAILABLE'
  return error === 'invalid_client' && aadsts.length === 0 ? 'ERR_MS_CREDENTIAL_WRONG' : 'ERR_MS_LOGIN_REFUSED'
}
