/** What Microsoft's webhook token must claim. Pure: signature and keys are proved elsewhere. Source: Partner Center docs, webhook page. */
import { z } from 'zod'
import type { EntraClientId, EntraTenantId } from '../../kit/ids.ts'
import { type Instant, minutes, seconds } from '../../kit/time.ts'
import { MARKETPLACE_RESOURCE } from '../app.ts'

/** Which of Entra's two token formats; it depends on the app's manifest. */
export type TokenVersion = 'v1' | 'v2'

export interface ExpectedToken {
  /** Both as typed into the offer's technical configuration. */
  readonly tenantId: EntraTenantId
  readonly clientId: EntraClientId
}

export interface Issuers {
  /** Issuer base of v2 tokens, and where the keys are: `https://login.microsoftonline.com`. */
  readonly loginUrl: URL
  /** Issuer base of v1 tokens: `https://sts.windows.net`. */
  readonly stsUrl: URL
}

export const tokenClaims = z.looseObject({
  aud: z.string(),
  iss: z.string(),
  tid: z.string(),
  ver: z.enum(['1.0', '2.0']),
  appid: z.string().optional(),
  azp: z.string().optional(),
  /** Seconds since 1970. */
  exp: z.number(),
  nbf: z.number().optional(),
})
export type TokenClaims = z.infer<typeof tokenClaims>

export type ClaimFault = 'otherAudience' | 'otherTenant' | 'otherCaller' | 'otherIssuer' | 'expired' | 'notYetValid'

/** Our clock or theirs may be wrong by so much. */
const SKEW = minutes(5)

export const versionOf = (claims: TokenClaims): TokenVersion => (claims.ver === '2.0' ? 'v2' : 'v1')

/** The first thing wrong with the claims, or undefined. */
export function faultOf(claims: TokenClaims, expected: ExpectedToken, issuers: Issuers, now: Instant): ClaimFault | undefined {
  if (!isAudience(claims.aud, expected.clientId)) return 'otherAudience'
  if (!sameText(claims.tid, expected.tenantId)) return 'otherTenant'
  if (!sameText(claims.appid ?? claims.azp ?? '', MARKETPLACE_RESOURCE)) return 'otherCaller'
  if (!sameText(claims.iss, issuerOf(claims, expected, issuers))) return 'otherIssuer'
  if (now.getTime() >= seconds(claims.exp) + SKEW) return 'expired'
  if (claims.nbf !== undefined && now.getTime() < seconds(claims.nbf) - SKEW) return 'notYetValid'
  return undefined
}

const issuerOf = (claims: TokenClaims, { tenantId }: ExpectedToken, { loginUrl, stsUrl }: Issuers): string =>
  versionOf(claims) === 'v2' ? `${withoutSlash(loginUrl)}/${tenantId}/v2.0` : `${withoutSlash(stsUrl)}/${tenantId}/`

/** The app's id, bare or at the end of its id URI (`api://…/<id>`, `spn:<id>`). */
function isAudience(aud: string, clientId: EntraClientId): boolean {
  const text = aud.toLowerCase()
  if (text === clientId || text === `spn:${clientId}`) return true
  return /^(?:api|https):\/\//.test(text) && text.replace(/\/$/, '').endsWith(`/${clientId}`)
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const withoutSlash = (url: URL): string => url.href.replace(/\/+$/, '')
