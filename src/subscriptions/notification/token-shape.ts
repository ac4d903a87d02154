/** What is kept of a proved token: its format and the claims that tell who sent it to whom. Never the token. */
import { z } from 'zod'
import type { TokenClaims, TokenVersion } from '../../microsoft/index.ts'

const KEPT = ['aud', 'iss', 'tid', 'ver', 'appid', 'azp', 'iat', 'nbf', 'exp', 'uti'] as const

export type KeptClaims = Readonly<Record<string, unknown>>

export const keptClaims = (claims: TokenClaims): KeptClaims =>
  Object.fromEntries(KEPT.flatMap((name) => (claims[name] === undefined ? [] : [[name, claims[name]]])))

/** Which of Entra's formats a tenant's app is sent: it depends on the app's manifest. */
export const tokenShape = z.object({
  version: z.enum(['v1', 'v2']),
  /** As the token has it: the app's id, or its id URI. */
  audience: z.string(),
  issuer: z.string(),
  /** Which claim names the caller. */
  caller: z.enum(['appid', 'azp']),
  /** The names of all claims. */
  claims: z.array(z.string()),
})
export type TokenShape = Readonly<z.infer<typeof tokenShape>>

export const shapeOf = (claims: TokenClaims, version: TokenVersion): TokenShape => ({
  version,
  audience: claims.aud,
  issuer: claims.iss,
  caller: claims.appid === undefined ? 'azp' : 'appid',
  claims: Object.keys(claims).sort(),
})
