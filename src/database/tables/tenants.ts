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

/** Of migration 0098. */
export interface InstallationSignInCheckRow extends Omit<CredentialCheckRow, 'kind' | 'slot'> {
  client_id: string
  expires_at: OptionalTime
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

/** Of migration 0089: a plan of Microsoft's that is not in the plan map. */
export interface FoundPlanRow {
  tenant_id: string
  offer_id: string
  plan_id: string
  name: string | null
  private_offers: Json
  /** Recognized as made from this plan: sold as it is. */
  base_plan_id: string | null
  /** Only like this one: for a person to say. */
  like_plan_id: string | null
  reasons: Json
  found_at: ColumnType<Date, Date, never>
  seen_at: Time
}

/** The view of 0089: the plan map, and the plans recognized as made from one of it. Read only. */
export interface SoldPlanRow {
  tenant_id: ColumnType<string, never, never>
  offer_id: ColumnType<string, never, never>
  plan_id: ColumnType<string, never, never>
  name: ColumnType<string | null, never, never>
  items: ColumnType<unknown, never, never>
  status: ColumnType<'active' | 'archived', never, never>
  base_plan_id: ColumnType<string | null, never, never>
}

/** Of migration 0091. */
export interface ProductSnapshotRow {
  tenant_id: string
  product_id: string
  facts: Json
  taken_at: Time
  taken_by: string
}

export interface TenantTables {
  tenants: TenantRow
  credentials: CredentialRow
  credential_checks: CredentialCheckRow
  installation_sign_in_checks: InstallationSignInCheckRow
  declarations: DeclarationRow
  products: ProductRow
  offers: OfferRow
  plan_map: PlanMapRow
  found_plans: FoundPlanRow
  sold_plans: SoldPlanRow
  product_snapshots: ProductSnapshotRow
}
