/** Who calls one of Microsoft's APIs: proved by a really signed token for its resource. */
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose'
import { z } from 'zod'
import { type Clock, type Instant, seconds } from '../../src/kit/time.ts'
import type { EntraWorld } from './index.ts'

export interface Caller {
  readonly tenantId: string
  readonly clientId: string
  /** In a person's name, who signed in: not the app's own. */
  readonly delegated: boolean
}

export type CallerCheck = { readonly caller: Caller } | { readonly status: 401 | 403; readonly reason: string }

const claims = z.object({
  tid: z.string(),
  appid: z.string().optional(),
  azp: z.string().optional(),
  scp: z.string().optional(),
  iss: z.string(),
  ver: z.string(),
})

/**
 * Signature, times by the sandbox's clock, resource and issuer. A good token for something else is 403, a bad one 401.
 * @param resource what the token must be for.
 */
export async function checkBearer(
  authorization: string | undefined,
  { entra, clock, resource }: { readonly entra: EntraWorld; readonly clock: Clock; readonly resource: string },
): Promise<CallerCheck> {
  const token = /^Bearer ([^ ]+)$/.exec(authorization ?? '')?.[1]
  if (token === undefined) return { status: 401, reason: 'The request has no bearer token.' }
  const payload = await verified(token, entra, clock)
  const read = claims.safeParse(payload)
  if (!read.success) return { status: 401, reason: 'The access token is invalid or has expired.' }
  if (payload?.aud !== resource) return { status: 403, reason: 'The access token is meant for another resource.' }
  const { tid, appid, azp, scp, iss } = read.data
  const issuers = [`${entra.urls.sts}/${tid}/`, `${entra.urls.login}/${tid}/v2.0`]
  if (!issuers.includes(iss)) return { status: 403, reason: 'The issuer of the access token is not known.' }
  return { caller: { tenantId: tid, clientId: appid ?? azp ?? '', delegated: scp !== undefined } }
}

async function verified(token: string, { keys }: EntraWorld, clock: Clock): Promise<JWTPayload | undefined> {
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    if (alg !== 'RS256' || !(await keys.hasSigned(token, kid))) return undefined
    const payload = decodeJwt(token)
    return isGoodAt(payload, clock.now()) ? payload : undefined
  } catch {
    return undefined // the answer says no more than "invalid", as the real one's
  }
}

const isGoodAt = ({ exp = 0, nbf = 0 }: JWTPayload, now: Instant): boolean => now.getTime() < seconds(exp) && now.getTime() >= seconds(nbf)
