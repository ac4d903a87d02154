/** Proves that a call to our webhook comes from Microsoft's marketplace and is meant for this publisher. */
import { type CryptoKey, compactVerify, decodeJwt, decodeProtectedHeader, errors } from 'jose'
import {
  type ClaimFault,
  type ExpectedToken,
  faultOf,
  type Issuers,
  type TokenClaims,
  type TokenVersion,
  tokenClaims,
  versionOf,
} from './claims.ts'
import { createSigningKeys, type SigningKeysOptions } from './keys.ts'
import { createSignedTokens } from './signed-tokens.ts'

/**
 * `bad`: answer 401, the token is not Microsoft's for this publisher. `unverifiable`: answer 503, we cannot tell now and Microsoft
 * will send again; a 4xx would be taken as "no" to a plan or seat change.
 */
export type TokenProof =
  | { readonly ok: true; readonly claims: TokenClaims; readonly version: TokenVersion }
  | { readonly ok: false; readonly refused: 'bad'; readonly reason: BadToken }
  | { readonly ok: false; readonly refused: 'unverifiable'; readonly reason: 'keysUnreachable' }

export type BadToken = 'missing' | 'malformed' | 'algorithm' | 'claims' | ClaimFault | 'unknownKey' | 'signature'

/**
 * @param authorization the header as received.
 * @param expected tenant and app of the publisher's technical configuration.
 */
export type VerifyMicrosoftToken = (authorization: string | undefined, expected: ExpectedToken) => Promise<TokenProof>

export type TokenProofOptions = SigningKeysOptions & Issuers

const LONGEST_TOKEN = 16_384

/**
 * Makes the proof; one for the process, since it keeps Entra's keys. Takes v1 and v2 tokens. There is no switch to turn it off.
 * Source: Partner Center docs, "Implementing a webhook on the SaaS service"; Entra access token reference.
 */
export function createTokenProof(options: TokenProofOptions): VerifyMicrosoftToken {
  const keys = createSigningKeys(options)
  const signed = createSignedTokens()
  return async (authorization, expected) => {
    const token = bearerOf(authorization)
    if (token === undefined) return bad('missing')
    const known = signed.find(token)
    const parsed = known ?? parse(token)
    if (typeof parsed === 'string') return bad(parsed)
    const { claims, kid } = parsed
    const fault = faultOf(claims, expected, options, options.clock.now())
    if (fault) return bad(fault)
    const version = versionOf(claims)
    const found = await keys.find(expected.tenantId, version, kid)
    if (found.found !== 'key') return found.found === 'absent' ? bad('unknownKey') : UNVERIFIABLE
    if (known?.key !== found.key) {
      if (!(await isSignedBy(token, found.key))) return bad('signature')
      signed.add(token, { claims, kid, key: found.key })
    }
    return { ok: true, claims, version }
  }
}

const UNVERIFIABLE: TokenProof = { ok: false, refused: 'unverifiable', reason: 'keysUnreachable' }
const bad = (reason: BadToken): TokenProof => ({ ok: false, refused: 'bad', reason })

const bearerOf = (authorization: string | undefined): string | undefined => /^\s*Bearer +(\S+)\s*$/i.exec(authorization ?? '')?.[1]

function parse(token: string): { claims: TokenClaims; kid: string } | 'malformed' | 'algorithm' | 'claims' {
  if (token.length > LONGEST_TOKEN) return 'malformed'
  const decoded = decode(token)
  if (!decoded) return 'malformed'
  const { alg, kid } = decoded.header
  if (alg !== 'RS256' || !kid) return 'algorithm'
  const claims = tokenClaims.safeParse(decoded.payload)
  return claims.success ? { claims: claims.data, kid } : 'claims'
}

function decode(token: string) {
  try {
    return { header: decodeProtectedHeader(token), payload: decodeJwt(token) }
  } catch {
    return undefined // whatever it is, it is no JWT
  }
}

async function isSignedBy(token: string, key: CryptoKey): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: ['RS256'] })
    return true
  } catch (error) {
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}
