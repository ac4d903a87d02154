/** Who we are towards Microsoft: the Entra app named in the technical configuration of a publisher's offers. */
import type { EntraClientId, EntraTenantId } from '../kit/ids.ts'

/**
 * The marketplace API's own service principal: the resource of our tokens, and the caller in Microsoft's webhook tokens.
 * Source: Partner Center docs, "Register a SaaS application".
 */
export const MARKETPLACE_RESOURCE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7'

export interface ClientSecret {
  readonly kind: 'secret'
  /** The secret's value, not its id. */
  readonly secret: string
}

export interface ClientCertificate {
  readonly kind: 'certificate'
  /** X.509, PEM. */
  readonly certificate: string
  /** RSA, PEM, not encrypted. */
  readonly privateKey: string
  /** Default PS256, which Entra recommends. */
  readonly algorithm?: 'PS256' | 'RS256'
}

export type AppCredential = ClientSecret | ClientCertificate

export interface MicrosoftApp {
  /** The directory the app is registered in, as typed into the offer's technical configuration. */
  readonly tenantId: EntraTenantId
  readonly clientId: EntraClientId
  /** All that are live, the preferred one first: while rotating, the next is tried when one is refused. At least one. */
  readonly credentials: readonly AppCredential[]
}
