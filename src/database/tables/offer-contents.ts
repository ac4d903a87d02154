/** Rows of `0070_offer_content`. `content` is read through the schemas of the tenants room, never trusted as it is. */
import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

interface Made {
  /** It exists at Microsoft: its id is fixed. */
  made_at: OptionalTime
  /** It was live: what Microsoft never lets change is fixed. */
  published_at: OptionalTime
  updated_at: Time
}

export interface OfferContentRow extends Made {
  tenant_id: string
  offer_id: string
  content: Json
  /** Of the lead destination; sealed for (tenant, `offer_contents.lead_secret.<offer>`). */
  lead_secret: string | null
}

export interface PlanContentRow extends Made {
  tenant_id: string
  offer_id: string
  plan_id: string
  content: Json
}

export interface MediaFileRow {
  tenant_id: string
  sha256: string
  content_type: string
  content: ColumnType<Buffer, Uint8Array, Uint8Array>
  created_at: Time
}

export interface OfferContentTables {
  offer_contents: OfferContentRow
  plan_contents: PlanContentRow
  media_files: MediaFileRow
}
