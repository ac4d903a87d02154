/** The purchase token in the landing page's address: opaque, percent-encoded once, and lost by the slightest change. Pure. */

/** Longer than any seen (about 1,000 characters), shorter than what a header takes. */
const LONGEST_TOKEN = 8_000

export type TokenReading =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'malformed' }

/**
 * Reads `token` from the raw query of an address, without the leading `?`.
 *
 * Decodes exactly once. A `+` is a plus: tokens look like Base64, and query parsers that make it a space break them. Who did so on the way
 * here is put right, for a space cannot be part of a token. The result is what goes into `x-ms-marketplace-token`.
 *
 * Source: SaaS Fulfilment APIs v2, "Resolve a purchased subscription"; MicrosoftDocs/azure-docs#50086.
 */
export function readPurchaseToken(rawQuery: string): TokenReading {
  const given = [...new Set(rawQuery.split('&').flatMap(valueOfToken))].filter((value) => value !== '')
  const [value] = given
  if (value === undefined) return { kind: 'missing' }
  const token = given.length > 1 ? undefined : decode(value)?.replaceAll(' ', '+')
  if (token === undefined || token.length > LONGEST_TOKEN || !/^[\x21-\x7e]+$/.test(token)) return { kind: 'malformed' }
  return { kind: 'token', token }
}

function valueOfToken(pair: string): readonly string[] {
  const at = pair.indexOf('=')
  return at > 0 && pair.slice(0, at) === 'token' ? [pair.slice(at + 1)] : []
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/** Whatever it is worth: an address with one is never shown. */
export const hasPurchaseToken = (rawQuery: string): boolean => rawQuery.split('&').some((pair) => valueOfToken(pair).length > 0)
