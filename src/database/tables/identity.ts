/** Rows of `0004_identity`. Hashes are SHA-256 as base64url: what a browser holds is never stored. */
import type { ColumnType } from 'kysely'

type Time = ColumnType<Date, Date, Date>

/** A sign-in on its way: begun here, not yet come back from Microsoft. Short-lived, used once. */
export interface SignInAttemptRow {
  tenant_id: string
  state_hash: string
  /** The browser that began it. */
  browser_hash: string
  /** Sealed for (tenant, `sign_in_attempts.sealed`): PKCE verifier, nonce, and where the visitor was going, purchase token included. */
  sealed: string
  expires_at: Time
}

export interface BuyerSessionRow {
  tenant_id: string
  id_hash: string
  entra_tenant_id: string
  object_id: string
  /** Sealed for (tenant, `buyer_sessions.profile`): name and mail, only to fill in forms. */
  profile: string
  created_at: Time
  last_used_at: Time
  /** The end, however much it is used. */
  expires_at: Time
}

/** A subscription the session arrived at with a fresh purchase token. */
export interface BuyerSessionHoldRow {
  tenant_id: string
  id_hash: string
  subscription_id: string
  held_at: Time
}

export interface IdentityTables {
  sign_in_attempts: SignInAttemptRow
  buyer_sessions: BuyerSessionRow
  buyer_session_holds: BuyerSessionHoldRow
}
