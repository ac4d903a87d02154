/**
 * Tokens whose signature was proved, by their hash: Microsoft sends the same one for an hour, with many calls.
 *
 * Only the arithmetic is remembered, never the verdict: that these very bytes were signed with that key does not change. Audience, issuer,
 * caller, times, and whether the key is still Entra's are judged anew with each call. A token that differs in a bit has another hash.
 */
import { hash } from 'node:crypto'
import type { CryptoKey } from 'jose'
import type { TokenClaims } from './claims.ts'

export interface SignedToken {
  readonly claims: TokenClaims
  readonly kid: string
  readonly key: CryptoKey
}

export interface SignedTokens {
  find(token: string): SignedToken | undefined
  add(token: string, signed: SignedToken): void
}

/** A token lives an hour or so and a sender has few of them: what was proved longest ago goes first. */
const MOST = 1_000

export function createSignedTokens(most = MOST): SignedTokens {
  const signed = new Map<string, SignedToken>()
  return {
    find: (token) => signed.get(nameOf(token)),
    add(token, proved) {
      signed.set(nameOf(token), proved)
      const [oldest] = signed.keys()
      if (signed.size > most && oldest !== undefined) signed.delete(oldest)
    },
  }
}

const nameOf = (token: string): string => hash('sha256', token, 'base64url')
