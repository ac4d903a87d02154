/** The two cookies of the buyer's pages. Pure. */
import type { TenantId } from '../kit/ids.ts'
import type { Milliseconds } from '../kit/time.ts'
import { ATTEMPT_LIFE } from './sign-in/attempts.ts'

export interface CookieRule {
  readonly name: string
  readonly options: {
    readonly path: '/'
    readonly httpOnly: true
    /** Sent along when Microsoft's page sends the browser back, never with another site's form. */
    readonly sameSite: 'lax'
    readonly secure: boolean
    /** Seconds; without it the cookie ends with the browser. */
    readonly maxAge?: number
  }
}

/** Names the session; one a publisher, so that they know nothing of each other's. */
export const sessionCookie = (publicUrl: string, tenantId: TenantId): CookieRule => rule(publicUrl, `bridge-buyer-${tenantId}`)

/** Names the browser while a sign-in is on its way. */
export const browserCookie = (publicUrl: string): CookieRule => rule(publicUrl, 'bridge-sign-in', ATTEMPT_LIFE)

/** `__Host-` is refused by browsers without `Secure`, and `Secure` without https: so both go on a plain http loopback address. */
function rule(publicUrl: string, name: string, life?: Milliseconds): CookieRule {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? `__Host-${name}` : name,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure, ...(life === undefined ? {} : { maxAge: life / 1000 }) },
  }
}
