/** What an arrival failed with, as it is handed on in the landing page's address once the token was left behind. Pure. */
import type { ErrorCode } from '../../kit/errors/index.ts'

const told: Readonly<Record<string, ErrorCode>> = {
  malformed: 'ERR_PURCHASE_TOKEN_MALFORMED',
  unavailable: 'ERR_SHOP_UNAVAILABLE',
  busy: 'ERR_TOO_MANY_REQUESTS',
  internal: 'ERR_INTERNAL',
}

export const toldAs = (code: ErrorCode): string | undefined => Object.keys(told).find((word) => told[word] === code)

/** Anything else is an address without a token. */
export const codeTold = (word: string | null): ErrorCode =>
  (word !== null && Object.hasOwn(told, word) ? told[word] : undefined) ?? 'ERR_PURCHASE_TOKEN_MISSING'
