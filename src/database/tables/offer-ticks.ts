/** Rows of `0071_offer_ticks`. */
import type { ColumnType } from 'kysely'

export interface OfferTickRow {
  tenant_id: string
  offer_id: string
  /** A key of the checklist. */
  field: string
  value_mark: string
  ticked_at: ColumnType<Date, Date, Date>
  ticked_by: string
}

export interface OfferTickTables {
  offer_ticks: OfferTickRow
}
