/** Reads the keys of Entra's discovery documents. Keys of other kinds and uses are left out. Source: RFC 7517; Entra discovery/keys. */
import { z } from 'zod'
import { isRecord } from './primitives.ts'

/** 2048 bits, the least RS256 allows: 256 bytes in base64url. */
const SHORTEST_MODULUS = 342
const base64url = z.string().regex(/^[\w-]+$/)

const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: base64url.min(SHORTEST_MODULUS),
  e: base64url,
  use: z.literal('sig').default('sig'),
})
export type RsaKey = z.infer<typeof rsaKey>

export const keySet = z.object({ keys: z.array(z.unknown()) }).transform(({ keys }): readonly RsaKey[] =>
  keys.filter(isRecord).flatMap((key) => {
    const read = rsaKey.safeParse(key)
    return read.success ? [read.data] : []
  }),
)
