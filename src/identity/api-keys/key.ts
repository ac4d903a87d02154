/** What an API key looks like: `mbk_` + its id + `_` + 256 random bits. The id is no secret; of the rest only a hash is kept. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { hashOf, randomToken } from '../random.ts'

export const scopes = ['read', 'operate', 'usage'] as const
/** `read`: see everything of the tenant. `operate`: do what an operator may do. `usage`: report usage. None includes another. */
export type Scope = (typeof scopes)[number]

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text)

export interface NewKey {
  readonly id: string
  /** The whole key: shown once, to who made it. */
  readonly text: string
  readonly secretHash: string
}

export function makeKey(): NewKey {
  const id = randomBytes(8).toString('hex')
  const secret = randomToken()
  return { id, text: `mbk_${id}_${secret}`, secretHash: hashOf(secret) }
}

/** `undefined` for anything that is no key of ours. */
export function readKey(text: string): { readonly id: string; readonly secretHash: string } | undefined {
  const [, id, secret] = /^mbk_([0-9a-f]{16})_([\w-]{43})$/.exec(text) ?? []
  return id !== undefined && secret !== undefined ? { id, secretHash: hashOf(secret) } : undefined
}

/** Takes the same time wherever they differ. */
export const sameHash = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
