/** What a problem page says, by code: in the buyer's words, never the catalogue's, which speak to operators. */
import type { ErrorCode } from '../../kit/errors/index.ts'
import type { IconName } from './parts/icons.tsx'
import type { Texts } from './texts.ts'

type ProblemKey = {
  [Key in keyof Texts['problems']]: Texts['problems'][Key] extends { title: string; text: string } ? Key : never
}[keyof Texts['problems']]

/** What helps: a fresh link from Microsoft, another account, trying again, or only a person. */
export type Way = 'reopen' | 'switchAccount' | 'retry' | 'none'

export interface ProblemWords {
  readonly words: ProblemKey
  readonly way: Way
  readonly icon: IconName
}

const say = (words: ProblemKey, way: Way, icon: IconName = 'warning'): ProblemWords => ({ words, way, icon })

const byCode: Readonly<Partial<Record<ErrorCode, ProblemWords>>> = {
  ERR_PURCHASE_TOKEN_MISSING: say('tokenMissing', 'reopen', 'door'),
  ERR_PURCHASE_TOKEN_MALFORMED: say('tokenDamaged', 'reopen'),
  ERR_PURCHASE_TOKEN_REFUSED: say('tokenExpired', 'reopen', 'clock'),
  ERR_PURCHASE_TOKEN_FOREIGN: say('tokenForeign', 'reopen'),
  ERR_OFFER_NOT_MANAGED: say('offerUnknown', 'none', 'tools'),
  ERR_WRONG_ORGANISATION: say('wrongOrganisation', 'switchAccount', 'door'),
  ERR_WRONG_PERSONAL_ACCOUNT: say('wrongPersonal', 'switchAccount', 'door'),
  ERR_FRESH_LANDING_NEEDED: say('freshLanding', 'reopen', 'door'),
  ERR_SHOP_UNAVAILABLE: say('unavailable', 'retry', 'clock'),
  ERR_FORM_TOO_LARGE: say('tooLarge', 'retry'),
  ERR_TOO_MANY_REQUESTS: say('tooMany', 'retry', 'pause'),
  ERR_SIGN_IN_FAILED: say('signIn', 'retry', 'door'),
  ERR_SIGN_IN_CANCELLED: say('signIn', 'retry', 'door'),
  ERR_SIGN_IN_CONSENT_REQUIRED: say('signInConsent', 'switchAccount', 'door'),
  ERR_SIGN_IN_UNKNOWN: say('signInOver', 'reopen', 'clock'),
  ERR_SIGN_IN_TOKEN_REFUSED: say('signIn', 'retry', 'door'),
  ERR_SIGN_IN_UNAVAILABLE: say('unavailable', 'retry', 'clock'),
  ERR_SIGN_IN_NOT_CONFIGURED: say('unavailable', 'none', 'tools'),
  ERR_SIGNED_OUT: say('signedOut', 'retry', 'door'),
  ERR_FORM_NOT_OURS: say('formNotOurs', 'retry'),
  ERR_NOT_FOUND: say('notFound', 'reopen', 'question'),
  ERR_SUBSCRIPTION_NOT_FOUND: say('notFound', 'reopen', 'question'),
}

/** Codes of other rooms are told by their status alone. */
export function problemWords(code: ErrorCode, status: number): ProblemWords {
  const known = byCode[code]
  if (known) return known
  if (status === 404) return say('notFound', 'reopen', 'question')
  if (status === 429) return say('tooMany', 'retry', 'pause')
  if (status === 502 || status === 503 || status === 504) return say('unavailable', 'retry', 'clock')
  return status < 500 ? say('refused', 'retry') : say('internal', 'retry')
}
