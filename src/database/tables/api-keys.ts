/** Rows of `0041_api_keys`. */
import type { ColumnType } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ApiKeyRow {
  tenant_id: string
  /** Part of the key's text; no secret. */
  id: string
  name: string
  /** SHA-256 of the secret part, as base64url. */
  secret_hash: string
  scopes: string[]
  created_at: Time
  created_by: string
  expires_at: OptionalTime
  last_used_at: OptionalTime
  revoked_at: OptionalTime
  revoked_by: ColumnType<string | null, string | null | undefined, string | null>
}

export interface ApiKeyTables {
  api_keys: ApiKeyRow
}
