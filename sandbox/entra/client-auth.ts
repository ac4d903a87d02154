/** Whether an app is who it says: by client secret, or by an assertion signed with a registered certificate. */
import { timingSafeEqual } from 'node:crypto'
import { importJWK, type JWK, jwtVerify } from 'jose'
import { type Instant, isBefore } from '../../src/kit/time.ts'
import type { App } from './apps.ts'
import { refusals, type TokenRefusal } from './errors.ts'

/** The fields of the token request that matter here, as posted. */
export interface Credential {
  readonly client_secret?: string | undefined
  readonly client_assertion?: string | undefined
  readonly client_assertion_type?: string | undefined
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** @param tokenEndpoint the audience an assertion must have. */
export async function whyNotAuthenticated(
  app: App,
  credential: Credential,
  tokenEndpoint: string,
  now: Instant,
): Promise<TokenRefusal | undefined> {
  if (credential.client_assertion !== undefined) return whyNotAsserted(app, credential, tokenEndpoint)
  if (credential.client_secret !== undefined) return whyNotSecret(app, credential.client_secret, now)
  return refusals.noCredential()
}

function whyNotSecret(app: App, given: string, now: Instant): TokenRefusal | undefined {
  const known = app.secrets.find(({ value }) => sameText(value, given))
  if (!known) return refusals.secret(app.clientId)
  return known.expiresAt && isBefore(known.expiresAt, now) ? refusals.expiredSecret(app.clientId) : undefined
}

async function whyNotAsserted(app: App, credential: Credential, tokenEndpoint: string): Promise<TokenRefusal | undefined> {
  if (credential.client_assertion_type !== ASSERTION_TYPE) return refusals.missing('client_assertion_type')
  const tries = await Promise.all(app.certificates.map((jwk) => whyNotSignedBy(jwk, credential.client_assertion ?? '', app, tokenEndpoint)))
  if (tries.some((reason) => reason === undefined)) return undefined
  return refusals.assertion(tries[0] ?? 'no certificate is registered')
}

/** Its times are judged by the machine's clock: the caller may not know the sandbox's. */
async function whyNotSignedBy(jwk: JWK, assertion: string, app: App, tokenEndpoint: string): Promise<string | undefined> {
  try {
    await jwtVerify(assertion, await importJWK(jwk, jwk.alg ?? 'RS256'), {
      algorithms: ['RS256', 'PS256'],
      audience: tokenEndpoint,
      issuer: app.clientId,
      subject: app.clientId,
      requiredClaims: ['exp', 'jti'],
      clockTolerance: '5m',
    })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable'
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
