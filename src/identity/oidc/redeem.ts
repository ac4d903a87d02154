/** The authorization code, exchanged for the ID token. */
import {
  AuthorizationResponseError,
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  customFetch,
  OperationProcessingError,
  UnsupportedOperationError,
  validateAuthResponse,
} from 'oauth4webapi'
import { z } from 'zod'
import type { Http } from '../../kit/http.ts'
import type { SignInApp } from '../deps.ts'
import type { Metadata } from './authority.ts'
import { fetchBy } from './fetch.ts'
import { entraNumber, refusalOf, type SignInRefusal } from './refusals.ts'

export interface RedeemRequest {
  readonly http: Http
  readonly metadata: Metadata
  readonly app: SignInApp
  /** The query Entra sent the browser back with. */
  readonly callback: URLSearchParams
  readonly state: string
  readonly codeVerifier: string
  readonly redirectUri: string
}

/** `detail` is a short code for the log. */
export type Redeemed =
  | { readonly ok: true; readonly idToken: string }
  | { readonly ok: false; readonly refusal: SignInRefusal; readonly detail: string }

const tokenReply = z.object({ id_token: z.string().min(1) })
const errorReply = z.object({ error: z.string(), error_description: z.string().optional() })

/**
 * Checks the answer and trades its code, with each live secret of the app in turn.
 * @throws AppError `ERR_SIGN_IN_UNAVAILABLE` when Entra does not answer.
 */
export async function redeemCode(request: RedeemRequest): Promise<Redeemed> {
  const answer = readAnswer(request)
  if (answer instanceof URLSearchParams) return redeemWithSecrets(request, answer)
  return answer
}

async function redeemWithSecrets(request: RedeemRequest, answer: URLSearchParams): Promise<Redeemed> {
  let outcome: Redeemed = { ok: false, refusal: 'appRefused', detail: 'no secret' }
  for (const secret of request.app.secrets) {
    outcome = await redeemOnce(request, answer, secret)
    if (outcome.ok || outcome.refusal !== 'appRefused') return outcome
  }
  return outcome
}

function readAnswer({ metadata, app, callback, state }: RedeemRequest): URLSearchParams | Redeemed {
  const parameters = new URLSearchParams(callback)
  parameters.delete('iss') // RFC 9207 guards against mixing up several providers; there is one, and its issuer is a template
  try {
    return validateAuthResponse(serverOf(metadata), { client_id: app.clientId }, parameters, state)
  } catch (error) {
    if (error instanceof AuthorizationResponseError) return refused({ error: error.error, description: error.error_description })
    if (error instanceof OperationProcessingError || error instanceof UnsupportedOperationError) return refused({ error: error.code ?? '' })
    throw error
  }
}

async function redeemOnce(request: RedeemRequest, answer: URLSearchParams, secret: string): Promise<Redeemed> {
  const { metadata, app, http, redirectUri, codeVerifier } = request
  if (!answer.has('code')) return refused({ error: 'no_code' })
  const client = { client_id: app.clientId }
  const reply = await authorizationCodeGrantRequest(
    serverOf(metadata),
    client,
    ClientSecretPost(secret),
    answer,
    redirectUri,
    codeVerifier,
    {
      [customFetch]: fetchBy(http),
      [allowInsecureRequests]: metadata.tokenEndpoint.protocol === 'http:', // the configuration accepts that for loopback hosts only
    },
  )
  const body: unknown = await reply.json().catch(() => undefined)
  const token = tokenReply.safeParse(body)
  if (reply.status === 200 && token.success) return { ok: true, idToken: token.data.id_token }
  const error = errorReply.safeParse(body)
  return refused(
    error.success ? { error: error.data.error, description: error.data.error_description } : { error: `status ${reply.status}` },
  )
}

const refused = (refusal: { error: string; description?: string | undefined }): Redeemed => ({
  ok: false,
  refusal: refusalOf(refusal),
  detail: entraNumber(refusal.description) ?? refusal.error.slice(0, 60),
})

/** As far as the library needs it; its own check of the ID token's issuer cannot work with a template and is not used. */
const serverOf = (metadata: Metadata): AuthorizationServer => ({
  issuer: metadata.tokenEndpoint.origin,
  token_endpoint: metadata.tokenEndpoint.href,
})
