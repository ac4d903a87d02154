/** What opens the doors of the outside systems for a tenant. */
import { z } from 'zod'
import * as ids from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'

/** Connect's token · the app that calls Microsoft's marketplace · the app buyers sign in with · the app that publishes offers in Partner Center. */
export const credentialKinds = ['connect', 'microsoft', 'signIn', 'partnerCenter'] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** Two may be live at once while a secret is being replaced. */
export const slots = ['primary', 'secondary'] as const
export type Slot = (typeof slots)[number]

const certificate = z.strictObject({
  /** X.509 as PEM. */
  pem: z.string(),
  /** SHA-1 in hex, as Entra's portal lists it. */
  thumbprint: z.string(),
})

/** The part that is no secret and may be shown. With a `certificate` the secret is its private key. */
export const credentialFacts = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('connect'), serviceUser: z.string() }),
  z.strictObject({
    kind: z.literal('microsoft'),
    tenantId: ids.entraTenantId,
    clientId: ids.entraClientId,
    certificate: certificate.optional(),
  }),
  z.strictObject({ kind: z.literal('signIn'), clientId: ids.entraClientId }),
  z.strictObject({
    kind: z.literal('partnerCenter'),
    tenantId: ids.entraTenantId,
    clientId: ids.entraClientId,
    certificate: certificate.optional(),
  }),
])
export type CredentialFacts = z.infer<typeof credentialFacts>

export interface Credential {
  readonly slot: Slot
  readonly facts: CredentialFacts
  /** Opened. Never printed, logged or put into an error. */
  readonly secret: string
  readonly expiresAt: Instant | undefined
}
