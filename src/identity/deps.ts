import type { Db } from '../database/index.ts'
import type { Http } from '../kit/http.ts'
import type { TenantId } from '../kit/ids.ts'
import type { Log } from '../kit/log.ts'
import type { Clock } from '../kit/time.ts'

/** The Entra app buyers of a tenant sign in with: the tenant's own or the installation's. */
export interface SignInApp {
  readonly clientId: string
  /** Newest first; two while rotating. */
  readonly secrets: readonly string[]
}

/** Seals what a browser's visit leaves behind; the database room's keyring does it. */
export interface Sealer {
  seal(text: string, context: { readonly tenantId: string; readonly column: string }): string
  open(sealed: string, context: { readonly tenantId: string; readonly column: string }): string
}

export interface IdentityDeps {
  readonly db: Db
  readonly keyring: Sealer
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  /** `MICROSOFT_LOGIN_URL`, without a slash at the end. */
  readonly loginUrl: string
  /** `PUBLIC_URL`: our origin, without a slash at the end. */
  readonly publicUrl: string
  readonly signInApp: (tenantId: TenantId) => Promise<SignInApp | undefined>
}

/** The one redirect address of every sign-in app (Entra compares it literally). */
export const redirectUri = ({ publicUrl }: Pick<IdentityDeps, 'publicUrl'>): string => `${publicUrl}/portal/signin`
