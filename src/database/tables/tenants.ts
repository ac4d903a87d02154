/** Rows of `0002_tenants`. JSON columns are read through the schemas of the tenants room, never trusted as they are. */
import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null, Date | null>

export interface TenantRow {
  id: string
  name: string
  status: 'active' | 'archived'
  connect_api_url: string | null
  created_at: Time
  updated_at: Time
}

export interface CredentialRow {
  tenant_id: string
  kind: 'connect' | 'microsoft' | 'signIn' | 'partnerCenter'
  slot: 'primary' | 'secondary'
  public_part: Json
  /** Sealed for (tenant, `credentials.<kind>.<slot>`). */
  secret: string
  expires_at: OptionalTime
  updated_at: Time
}

/** Of migration 0081. */
export interface CredentialCheckRow {
  tenant_id: string
  kind: string
  slot: string
  result: 'good' | 'refused' | null
  code: string | null
  reason: string | null
  notes: Json
  since: Time
  last_good_at: OptionalTime
  asked_at: Time
  unanswered: string | null
}

/** Of migration 0082. */
export interface DeclarationRow {
  tenant_id: string
  code: string
  declared_at: Time
  declared_by: string
  note: string | null
}

export interface ProductRow {
  tenant_id: string
  id: string
  name: string
  status: 'active' | 'archived'
  marketplace_id: string
  connections: Json
  tier1: Json
  policies: Json
  pages: Json
  created_at: Time
  updated_at: Time
}

export interface OfferRow {
  tenant_id: string
  id: string
  product_id: string
  name: string | null
  status: 'active' | 'archived'
  updated_at: Time
}

export interface PlanMapRow {
  tenant_id: string
  offer_id: string
  plan_id: string
  name: string | null
  items: Json
  status: 'active' | 'archived'
  updated_at: Time
}

export interface TenantTables {
  tenants: TenantRow
  credentials: CredentialRow
  credential_checks: CredentialCheckRow
  declarations: DeclarationRow
  products: ProductRow
  offers: OfferRow
  plan_map: PlanMapRow
}
