/** Refusals of the token endpoint, in Entra's words and shape. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Instant } from '../../src/kit/time.ts'

export interface TokenRefusal {
  readonly status: 400 | 401
  readonly error: string
  /** The number behind `AADSTS`. */
  readonly code: number
  readonly description: string
}

export const refusals = {
  missing: (name: string): TokenRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 900144,
    description: `The request body must contain the following parameter: '${name}'.`,
  }),
  grantType: (given: string): TokenRefusal => ({
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    description: `The app requested an unsupported grant type '${given}'.`,
  }),
  tenant: (tenantId: string): TokenRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 90002,
    description: `Tenant '${tenantId}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  }),
  app: (clientId: string, tenantId: string): TokenRefusal => ({
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    description: `Application with identifier '${clientId}' was not found in the directory '${tenantId}'.`,
  }),
  noCredential: (): TokenRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    description: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  }),
  secret: (clientId: string): TokenRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    description: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  }),
  expiredSecret: (clientId: string): TokenRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000222,
    description: `The provided client secret keys for app '${clientId}' are expired.`,
  }),
  assertion: (reason: string): TokenRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 700027,
    description: `The certificate with identifier used to sign the client assertion is not registered on application, or the assertion is invalid: ${reason}.`,
  }),
  resource: (resource: string): TokenRefusal => ({
    status: 400,
    error: 'invalid_resource',
    code: 500011,
    description: `The resource principal named ${resource} was not found in the tenant.`,
  }),
  scope: (scope: string): TokenRefusal => ({
    status: 400,
    error: 'invalid_scope',
    code: 1002012,
    description: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  }),
} as const

export function sendTokenRefusal(reply: FastifyReply, refusal: TokenRefusal, now: Instant): FastifyReply {
  const traceId = randomUUID()
  const correlationId = randomUUID()
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .send({
      error: refusal.error,
      error_description: `AADSTS${refusal.code}: ${refusal.description} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
    })
}
