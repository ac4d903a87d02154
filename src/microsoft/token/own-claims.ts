/** What one of our own tokens says of itself: for people who check an app. Nothing relies on it: a token is proved by whom it is for. */
import { decodeJwt } from 'jose'
import { z } from 'zod'

/** Who got the token, from which directory, for what. */
export interface OwnClaims {
  readonly audience: string
  readonly tenantId: string
  readonly clientId: string
}

/** v1 names the app `appid`, v2.0 `azp`. */
const claims = z.object({ aud: z.string(), tid: z.string(), appid: z.string().optional(), azp: z.string().optional() })

/** @returns `undefined` for a token that cannot be read: Entra owes nobody that it can. */
export function readOwnClaims(token: string): OwnClaims | undefined {
  try {
    const read = claims.safeParse(decodeJwt(token))
    const clientId = read.data?.appid ?? read.data?.azp
    return read.success && clientId !== undefined ? { audience: read.data.aud, tenantId: read.data.tid, clientId } : undefined
  } catch {
    return undefined
  }
}
