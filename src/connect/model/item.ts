/** Items: what a product sells, reserved ahead or paid by use. */
import { z } from 'zod'
import { type ItemId, itemId } from '../../kit/ids.ts'
import { flag, idOf, number, part, text, word } from './read.ts'

export const ITEM_TYPES = ['Reservation', 'PPU'] as const
/** PPU: pay per use, "Pay-as-you-go" on screens. */
export type ItemType = (typeof ITEM_TYPES)[number] | 'unknown'

const PERIODS = [
  'Monthly',
  'Yearly',
  'years_2',
  'years_3',
  'years_4',
  'years_5',
  'years_6',
  'OneTime',
  'days_7_trial',
  'days_14_trial',
  'days_30_trial',
  'monthly_trial',
] as const
export type ItemPeriod = (typeof PERIODS)[number] | 'unknown'

const PRECISIONS = ['Integer', 'Decimal(1)', 'Decimal(2)', 'Decimal(4)', 'Decimal(8)'] as const
export type ItemPrecision = (typeof PRECISIONS)[number] | 'unknown'

export interface ConnectItem {
  readonly id: ItemId
  readonly localId?: string | undefined
  /** The vendor's part number. Editable at any time: never a key. */
  readonly mpn?: string | undefined
  readonly name: string
  readonly description?: string | undefined
  readonly type: ItemType
  readonly status: 'draft' | 'published' | 'endofsale' | 'unknown'
  /** For people: "Seats". */
  readonly unit?: string | undefined
  readonly unitId?: string | undefined
  readonly period: ItemPeriod
  readonly periodRaw?: string | undefined
  readonly precision: ItemPrecision
  readonly commitment: { readonly multiplier?: string | undefined; readonly count?: number | undefined }
  /** Made up by usage records; cannot be sold. */
  readonly dynamic: boolean
  readonly position: number
  readonly groupId?: string | undefined
  readonly endOfSaleNotes?: string | undefined
}

/** May be put into a new purchase: published, of a known type, not made up by usage. Items past their sale stay valid on assets. */
export const isSellable = (item: ConnectItem): boolean => item.status === 'published' && !item.dynamic && item.type !== 'unknown'

const type = word(ITEM_TYPES)
export const itemPrecision = word(PRECISIONS)
const period = word(PERIODS)
/** "2 years" is how spreadsheets write years_2. */
const spelledOut = (raw: string | undefined) => raw?.replace(/^(\d) years$/i, 'years_$1')

export const connectItem = z
  .object({
    id: itemId,
    local_id: text,
    mpn: text,
    name: text,
    display_name: text,
    description: text,
    type: text,
    item_type: text,
    status: word(['draft', 'published', 'endofsale']),
    unit: part(z.object({ id: text, title: text, name: text, unit: text })),
    period: text,
    precision: itemPrecision,
    commitment: part(z.object({ multiplier: text, count: number })),
    dynamic: flag,
    position: number,
    group: part(z.object({ id: idOf(z.string()) })),
    end_of_sale_notes: text,
  })
  .transform(
    (wire): ConnectItem => ({
      id: wire.id,
      localId: wire.local_id,
      mpn: wire.mpn,
      name: wire.display_name ?? wire.name ?? wire.id,
      description: wire.description,
      type: type.parse(wire.type ?? wire.item_type),
      status: wire.status,
      unit: wire.unit?.title ?? wire.unit?.name ?? wire.unit?.unit,
      unitId: wire.unit?.id,
      period: period.parse(spelledOut(wire.period)),
      periodRaw: wire.period,
      precision: wire.precision,
      commitment: wire.commitment ?? {},
      dynamic: wire.dynamic ?? false,
      position: wire.position ?? 0,
      groupId: wire.group?.id,
      endOfSaleNotes: wire.end_of_sale_notes,
    }),
  )
