/** Rows of `0075_offer_publications` and `0095_offer_history`. JSON is read through the schemas of the catalogue room. */
import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null | undefined, string | null>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

export interface PublicationRow {
  tenant_id: string
  offer_id: string
  target: 'draft' | 'preview' | 'live' | 'ended'
  wanted_by: string
  wanted_at: Time
  /** Going live was agreed to for this content. */
  confirmed_content: OptionalText
  confirmed_by: OptionalText
  confirmed_at: OptionalTime
  /** Edits of colleagues somebody agreed to publish. */
  accepted_edits: OptionalText
  /** The offer's id at Microsoft, once it exists. */
  product_guid: OptionalText
  request: OptionalJson
  /** The newest publication of each kind, and the draft when it was first seen. */
  preview: OptionalJson
  live: OptionalJson
  /** Of the lead destination's secret that was sent last. */
  lead_mark: OptionalText
  locked_since: OptionalTime
  standing: OptionalJson
  /** Goes up whenever something of the offer may have changed here. */
  revision: Generated<number>
}

export interface OfferWritingRow {
  tenant_id: string
  offer_id: string
  type: string
  key: string
  body: Json
  sent_at: Time
}

export interface PublicationTables {
  offer_publications: PublicationRow
  offer_writings: OfferWritingRow
}
