/** Proof that a webhook call comes from Connect: a JWT signed with the secret we gave the webhook (HS256). Claims are not documented. */
import { errors, jwtVerify } from 'jose'
import { type Instant, type Milliseconds, minutes } from '../kit/time.ts'

export type WebhookProof =
  | { readonly proved: true }
  | {
      readonly proved: false
      readonly reason: 'missing' | 'malformed' | 'wrongAlgorithm' | 'wrongSignature' | 'expired' | 'notYetValid'
    }

/** How far Connect's clock and ours may be apart. */
const SKEW: Milliseconds = minutes(5)

/**
 * Checks the `Authorization` header of a call. What a proved call says is only "look again": it names no object.
 * @param secrets those the webhook may be signed with: two while one is being replaced. At least one, none empty.
 * @throws TypeError without a usable secret: an empty one would let anybody in.
 */
export async function proveWebhook(authorization: string | undefined, secrets: readonly string[], now: Instant): Promise<WebhookProof> {
  if (secrets.length === 0 || secrets.some((secret) => secret === '')) throw new TypeError('a webhook needs a secret')
  const token = /^Bearer +([^\s]+)$/i.exec(authorization?.trim() ?? '')?.[1]
  if (token === undefined) return { proved: false, reason: authorization ? 'malformed' : 'missing' }
  let proof: WebhookProof = { proved: false, reason: 'wrongSignature' }
  for (const secret of secrets) {
    proof = await proveWith(token, secret, now)
    if (proof.proved || proof.reason !== 'wrongSignature') return proof
  }
  return proof
}

async function proveWith(token: string, secret: string, now: Instant): Promise<WebhookProof> {
  try {
    await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      clockTolerance: SKEW / 1000,
      currentDate: new Date(now.getTime()),
    })
    return { proved: true }
  } catch (error) {
    return { proved: false, reason: reasonOf(error) }
  }
}

function reasonOf(error: unknown): Exclude<WebhookProof, { proved: true }>['reason'] {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrongSignature'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrongAlgorithm'
  if (error instanceof errors.JWTClaimValidationFailed && error.reason === 'check_failed') return 'notYetValid'
  if (error instanceof errors.JOSEError) return 'malformed'
  throw error
}
