/** Rows of `0095_offer_history`. */
import type { ColumnType, Generated } from 'kysely'

type OptionalText = ColumnType<string | null, string | null | undefined, never>

export interface CatalogueHistoryRow {
  tenant_id: string
  id: Generated<string>
  product_id: OptionalText
  offer_id: OptionalText
  at: ColumnType<Date, Date, never>
  by: string
  event: ColumnType<unknown, string, never>
  note: OptionalText
}

export interface CatalogueHistoryTables {
  catalogue_history: CatalogueHistoryRow
}
