/** Why Entra said no, from what it sends back. Pure. */

export type SignInRefusal = 'cancelled' | 'consentRequired' | 'appRefused' | 'failed'

export interface OAuthRefusal {
  readonly error: string
  /** For developers, and may name the user: never logged, only its AADSTS number is. */
  readonly description?: string | undefined
}

/** Microsoft identity platform, "Authentication and authorization error codes". */
const numbers: ReadonlyMap<string, SignInRefusal> = new Map<string, SignInRefusal>([
  ['AADSTS65004', 'cancelled'], // the user declined to consent
  ['AADSTS65001', 'consentRequired'], // nobody has consented for this user
  ['AADSTS90094', 'consentRequired'], // an administrator has to consent
  ['AADSTS90093', 'consentRequired'],
  ['AADSTS900941', 'consentRequired'],
  ['AADSTS50105', 'consentRequired'], // the user is not assigned to the application
  ['AADSTS700016', 'appRefused'], // unknown application
  ['AADSTS7000215', 'appRefused'], // wrong secret
  ['AADSTS7000222', 'appRefused'], // expired secret
  ['AADSTS50011', 'appRefused'], // redirect address not registered
])

const errors: ReadonlyMap<string, SignInRefusal> = new Map<string, SignInRefusal>([
  ['access_denied', 'cancelled'],
  ['consent_required', 'consentRequired'],
  ['interaction_required', 'consentRequired'],
  ['invalid_client', 'appRefused'],
  ['unauthorized_client', 'appRefused'],
])

export function refusalOf({ error, description }: OAuthRefusal): SignInRefusal {
  const number = entraNumber(description)
  return (number === undefined ? undefined : numbers.get(number)) ?? errors.get(error) ?? 'failed'
}

export const entraNumber = (description: string | undefined): string | undefined => description?.match(/\bAADSTS\d{4,7}\b/)?.[0]
