/** Rows of `0031_reconcile`. JSON columns are read through the schemas of the subscriptions room, never trusted as they are. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

/** One comparison of a tenant's subscriptions. */
export interface ReconcileRunRow {
  tenant_id: string
  id: Generated<string>
  seq: GeneratedAlways<string>
  started_at: Time
  /** Null while it goes on, and for good when it was broken off. */
  ended_at: OptionalTime
  /** `nightly`, or who asked for it. */
  begun_by: string
  dry_run: boolean
  /** Only of this product. */
  product_id: string | null
  /** Which lists could not be read to their end, and why. */
  faults: ColumnType<unknown, string | undefined, string>
  /** How many stand where. */
  counts: ColumnType<unknown, string | undefined, string>
  /** Sold before the bridge, with something that could be changed. */
  preexisting: Generated<number>
}

/** A row of Microsoft's list, while the run goes on. */
export interface ReconcileListedRow {
  tenant_id: string
  run_id: string
  subscription_id: string
  listed: Json
}

/** A row of Connect's list, while the run goes on. */
export interface ReconcileAssetRow {
  tenant_id: string
  run_id: string
  asset_id: string
  external_uid: string
  made_at: OptionalTime
  asset: Json
  /** What it can be recognized by; names and addresses only as hashes. */
  match_keys: string[]
  /** It is that of a subscription. */
  claimed: Generated<boolean>
}

/** What is not in step. */
export interface ReconcileFindingRow {
  tenant_id: string
  run_id: string
  seq: GeneratedAlways<string>
  standing: string
  subscription_id: string | null
  asset_id: string | null
  product_id: string | null
  offer_id: string | null
  /** Null: neither Microsoft nor Connect said, or the run is older than the column. */
  environment: 'production' | 'test' | null
  differences: Json
  forecast: Json
  proposal: OptionalJson
  /** The start of the first run in a row that found the same. */
  since: Time
}

export interface ReconcileTables {
  reconcile_runs: ReconcileRunRow
  reconcile_listed: ReconcileListedRow
  reconcile_assets: ReconcileAssetRow
  reconcile_findings: ReconcileFindingRow
}
