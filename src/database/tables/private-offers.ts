/** Rows of `0086_private_offer_actions`. */
import type { ColumnType, Generated } from 'kysely'

export interface PrivateOfferActionRow {
  tenant_id: string
  id: Generated<string>
  kind: 'create' | 'publish' | 'withdraw'
  name: string
  /** Without `private-offer/`; of one being made it is known when it was found. */
  private_offer_id: string | null
  /** Its terms were given: Microsoft does not read them back. */
  with_terms: boolean
  asked_by: string
  note: string | null
  asked_at: ColumnType<Date, Date, never>
  job_id: string | null
  outcome: 'done' | 'failed' | 'unclear' | null
  said: ColumnType<unknown, string | undefined, string>
  ended_at: ColumnType<Date | null, never, Date>
}

export interface PrivateOfferTables {
  private_offer_actions: PrivateOfferActionRow
}
