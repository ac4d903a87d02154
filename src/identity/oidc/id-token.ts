/** The proof of who signed in. Microsoft identity platform, "ID token claims reference" and "validate tokens", v2.0. */
import { errors, type JWTVerifyResult, jwtVerify } from 'jose'
import { z } from 'zod'
import { entraObjectId, entraTenantId } from '../../kit/ids.ts'
import { type Instant, minutes } from '../../kit/time.ts'
import { type Person, personOf, profile } from '../person.ts'
import { type Authority, issuerTemplate } from './authority.ts'

export interface IdTokenQuestion {
  readonly idToken: string
  readonly authority: Pick<Authority, 'key' | 'issuerOfKey'>
  readonly loginUrl: string
  readonly clientId: string
  readonly nonce: string
  readonly now: Instant
}

/** `reason` is a short code for the log. */
export type IdTokenOutcome = { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly reason: string }

/** How far the clocks of Entra and this machine may differ. */
const CLOCK_SKEW = minutes(5)

const claims = z.object({
  iss: z.string(),
  tid: entraTenantId,
  oid: entraObjectId,
  nonce: z.string(),
  name: z.unknown().optional(),
  given_name: z.unknown().optional(),
  family_name: z.unknown().optional(),
  email: z.unknown().optional(),
  preferred_username: z.unknown().optional(),
})
type Claims = z.infer<typeof claims>

/**
 * Proves signature (RS256 only), audience, issuer, nonce and times.
 * The issuer differs by directory, so it is compared with `{login}/{tid}/v2.0` of the token's own `tid`, as must the key's.
 * @throws AppError `ERR_SIGN_IN_UNAVAILABLE` when the keys are out of reach.
 */
export async function verifyIdToken(question: IdTokenQuestion): Promise<IdTokenOutcome> {
  const proved = await proveSignature(question)
  if ('reason' in proved) return proved
  const read = claims.safeParse(proved.payload)
  if (!read.success) return refuse(`claim ${String(read.error.issues[0]?.path[0])}`)
  const reason = faultOf(read.data, proved.protectedHeader.kid, question)
  return reason === undefined ? { ok: true, person: personIn(read.data) } : refuse(reason)
}

const refuse = (reason: string): IdTokenOutcome & { ok: false } => ({ ok: false, reason })

async function proveSignature({
  idToken,
  authority,
  clientId,
  now,
}: IdTokenQuestion): Promise<JWTVerifyResult | (IdTokenOutcome & { ok: false })> {
  try {
    return await jwtVerify(idToken, authority.key, {
      algorithms: ['RS256'],
      audience: clientId,
      clockTolerance: CLOCK_SKEW / 1000,
      currentDate: new Date(now.getTime()),
      requiredClaims: ['exp', 'iat', 'sub'],
    })
  } catch (error) {
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return refuse(`claim ${error.claim}`)
    if (error instanceof errors.JOSEError) return refuse(error.code)
    throw error
  }
}

function faultOf(token: Claims, kid: string | undefined, { authority, loginUrl, nonce }: IdTokenQuestion): string | undefined {
  const issuerFor = (template: string) => template.replace('{tenantid}', token.tid)
  if (token.iss !== issuerFor(issuerTemplate(loginUrl))) return 'claim iss'
  const keyIssuer = kid === undefined ? undefined : authority.issuerOfKey(kid)
  if (keyIssuer !== undefined && issuerFor(keyIssuer) !== token.iss) return 'issuer of the key'
  if (token.nonce !== nonce) return 'claim nonce'
  return undefined
}

function personIn(token: Claims): Person {
  const { name, given_name: givenName, family_name: familyName, email, preferred_username: userName } = token
  const known = profile.parse({ name, givenName, familyName, email })
  // The user name often is the mailbox, but need not be one: the form lets the buyer correct it.
  const fallback = profile.parse({ email: userName })
  return personOf({ entraTenantId: token.tid, objectId: token.oid }, { ...known, email: known.email ?? fallback.email })
}
