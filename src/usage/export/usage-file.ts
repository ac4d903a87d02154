/**
 * What an application told, as a usage file the vendor can upload in Connect: for vendors whose own billing reads Connect's files. When it
 * comes back, each row is known by its note (`bridge:KEY`) and closed with what its event was billed by; nothing is sent again.
 */
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { ConnectClient, ConnectItem } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, fitsPrecision, printQuantity, quantityOf } from '../../kit/quantity.ts'
import { type CellValue, writeSpreadsheet } from '../../kit/spreadsheet/index.ts'
import { days, type Instant, instant, plus } from '../../kit/time.ts'
import { listSoldPlans } from '../../tenants/index.ts'
import { decimalsOf } from '../connect/read-words.ts'

export interface UsageFileWanted {
  readonly tenantId: TenantId
  readonly productId: ProductId
  readonly period: ExportPeriod
  /** A file is for one of Connect's environments: the vendor's customers, or test purchases. */
  readonly environment: 'production' | 'test'
}

/** UTC days, both inside. */
export interface ExportPeriod {
  readonly from: string
  readonly to: string
}

/** A month (`2030-01`) or a day (`2030-01-31`). @returns undefined for anything else */
export function exportPeriod(text: string): ExportPeriod | undefined {
  const first = /^\d{4}-\d\d(-\d\d)?$/.test(text) ? Date.parse(text.length === 7 ? `${text}-01` : text) : Number.NaN
  if (Number.isNaN(first) || !instant(first).toISOString().startsWith(text)) return undefined
  if (text.length === 10) return { from: text, to: text }
  const start = instant(first)
  const last = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0))
  return { from: `${text}-01`, to: last.toISOString().slice(0, 10) }
}

/** What the file is to be called in Connect, so that it is recognised. */
export const externalIdOf = ({ productId, period, environment }: UsageFileWanted): string =>
  `bridge-${productId}-${period.from}-${period.to}${environment === 'test' ? '-test' : ''}`

/** Filled while the file is written. */
export interface ExportCount {
  rows: number
  /** By why a usage file cannot tell it. */
  readonly leftOut: Map<WhyLeftOut, number>
}

/** `noItem`: no item of Connect is mapped to the dimension. `tooFine`: the item counts in fewer decimals. `noAsset`: not at the vendor yet. */
export type WhyLeftOut = 'noItem' | 'tooFine' | 'noAsset'

const HEAD: readonly CellValue[] = [
  ...['record_id', 'record_note', 'item_search_criteria', 'item_search_value', 'quantity', 'start_time_utc', 'end_time_utc'],
  ...['asset_search_criteria', 'asset_search_value'],
]

/** @returns the file's bytes, and what they come to once they are read. @throws ApiError of the `ERR_CONNECT_` family */
export async function usageFileOf(
  db: Db,
  connect: ConnectClient,
  wanted: UsageFileWanted,
): Promise<{ readonly bytes: Readable; readonly count: ExportCount }> {
  const itemOf = await itemsByDimension(db, connect, wanted)
  const count: ExportCount = { rows: 0, leftOut: new Map() }
  return { bytes: writeSpreadsheet([{ name: 'records', rows: rowsOf(db, wanted, itemOf, count) }]), count }
}

type ItemOf = (told: ToldRow) => ConnectItem | undefined

async function itemsByDimension(db: Db, connect: ConnectClient, { tenantId, productId }: UsageFileWanted): Promise<ItemOf> {
  const items = new Map((await connect.items.list(productId)).map((item) => [item.id, item]))
  const plans = new Map((await listSoldPlans(db, tenantId)).map((plan) => [`${plan.offerId} ${plan.planId}`, plan.items]))
  return ({ offer_id, plan_id, dimension }) => {
    const mapped = plans.get(`${offer_id} ${plan_id}`)?.find((item) => item.kind === 'payAsYouGo' && item.dimension === dimension)
    return mapped && items.get(mapped.itemId)
  }
}

async function* rowsOf(db: Db, wanted: UsageFileWanted, itemOf: ItemOf, count: ExportCount): AsyncGenerator<readonly CellValue[]> {
  yield HEAD
  for await (const told of readTold(db, wanted)) {
    const row = rowOf(told, itemOf(told))
    if (typeof row === 'string') {
      count.leftOut.set(row, (count.leftOut.get(row) ?? 0) + 1)
      continue
    }
    count.rows += 1
    yield row
  }
}

function rowOf(told: ToldRow, item: ConnectItem | undefined): readonly CellValue[] | WhyLeftOut {
  const search = item && searchOf(item)
  if (!item || !search) return 'noItem'
  if (told.asset === null) return 'noAsset'
  const quantity = quantityOf(told.quantity)
  if (!fits(quantity, item)) return 'tooFine'
  const [from, to] = [cellOf(told.consumed_from), cellOf(told.consumed_at)]
  return [told.key, `bridge:${told.key}`, ...search, { number: printQuantity(quantity) }, from, to, 'asset.id', told.asset]
}

const searchOf = ({ mpn, localId }: ConnectItem): readonly [string, string] | undefined => {
  if (mpn !== undefined) return ['item.mpn', mpn]
  return localId === undefined ? undefined : ['item.local_id', localId]
}

function fits(quantity: ExactQuantity, { precision }: ConnectItem): boolean {
  const decimals = decimalsOf(precision)
  return decimals === undefined || fitsPrecision(quantity, decimals)
}

/** `2030-01-31 08:15:00`, in UTC: as fine as the sheet takes. */
const cellOf = (at: Instant): string => at.toISOString().slice(0, 19).replace('T', ' ')

interface ToldRow {
  readonly id: string
  readonly key: string
  readonly dimension: string
  readonly quantity: string
  readonly consumed_from: Date
  readonly consumed_at: Date
  readonly plan_id: string | null
  readonly offer_id: string
  readonly asset: string | null
}

const PAGE = 1_000

/** What is billed or waits for a decision; what was refused or dropped is no usage. */
async function* readTold(db: Db, { tenantId, productId, period, environment }: UsageFileWanted): AsyncGenerator<ToldRow> {
  const end = plus(instant(`${period.to}T00:00:00Z`), days(1))
  for (let after = '0'; ; ) {
    const { rows } = await sql<ToldRow>`
      select record.id, record.key, record.dimension, record.quantity, record.consumed_from, record.consumed_at, record.plan_id,
        subscription.offer_id, coalesce(subscription.linked_asset, subscription.connect -> 'asset' ->> 'id') as asset
      from usage_records record
      join subscriptions subscription on subscription.tenant_id = record.tenant_id and subscription.id = record.subscription_id
      where record.tenant_id = ${tenantId} and record.product_id = ${productId} and record.source = 'api' and record.state in ('placed', 'held')
        and record.dimension is not null and subscription.environment = ${environment}
        and record.consumed_at >= ${`${period.from}T00:00:00Z`}::timestamptz and record.consumed_at < ${end.toISOString()}::timestamptz
        and record.id > ${after}::bigint
      order by record.id limit ${PAGE}`.execute(db)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.id
  }
}
