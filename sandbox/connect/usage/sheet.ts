/** The spreadsheets of usage: the vendor's, read; the processed one, written. */
import type { Readable } from 'node:stream'
import { AppError } from '../../../src/kit/errors/index.ts'
import { printQuantity } from '../../../src/kit/quantity.ts'
import { type CellValue, openSpreadsheet, writeSpreadsheet } from '../../../src/kit/spreadsheet/index.ts'
import { connectSeed } from '../../seed.ts'
import { invalid } from '../refusal.ts'
import { productOf, type State } from '../state.ts'
import { recordsOf } from './files.ts'
import type { UsageFileRecord, UsageRecordRecord, UsageRow } from './types.ts'
import { apiStatus } from './wire.ts'

/** The columns of the vendor's sheet, in the template's order. */
const COLUMNS = [
  ['record_id', 'recordId'],
  ['record_note', 'note'],
  ['item_search_criteria', 'itemCriteria'],
  ['item_search_value', 'itemValue'],
  ['quantity', 'quantity'],
  ['start_time_utc', 'startTime'],
  ['end_time_utc', 'endTime'],
  ['asset_search_criteria', 'assetCriteria'],
  ['asset_search_value', 'assetValue'],
  ['category_id', 'categoryId'],
  ['amount', 'amount'],
  ['tier', 'tier'],
] as const satisfies readonly (readonly [string, keyof UsageRow])[]

const REQUIRED = COLUMNS.map(([title]) => title).filter((title) => !['record_note', 'category_id', 'amount', 'tier'].includes(title))

/** @throws Refusal 400 with why the file cannot be read. */
export async function readSheet(bytes: Uint8Array): Promise<readonly UsageRow[]> {
  try {
    const workbook = await openSpreadsheet(bytes)
    try {
      const sheet = workbook.sheets.includes('usage_records') ? 'usage_records' : 'records'
      return await rowsOf(workbook.rows(sheet))
    } finally {
      workbook.close()
    }
  } catch (error) {
    throw error instanceof AppError ? invalid(`usage_file: ${error.message}`) : error
  }
}

async function rowsOf(rows: AsyncIterable<{ readonly cells: readonly string[] }>): Promise<readonly UsageRow[]> {
  const all: UsageRow[] = []
  let titles: readonly string[] | undefined
  for await (const { cells } of rows) {
    if (titles) all.push(rowOf(titles, cells))
    else titles = titlesOf(cells)
  }
  return all
}

function titlesOf(cells: readonly string[]): readonly string[] {
  const titles = cells.map((cell) => cell.trim().toLowerCase().replace(/\*$/, ''))
  const missing = REQUIRED.filter((title) => !titles.includes(title))
  if (missing.length > 0) throw invalid(`usage_file: Columns are missing: ${missing.join(', ')}.`)
  return titles
}

function rowOf(titles: readonly string[], cells: readonly string[]): UsageRow {
  const cell = (title: string): string => cells[titles.indexOf(title)]?.trim() ?? ''
  return {
    recordId: cell('record_id'),
    note: cell('record_note'),
    itemCriteria: cell('item_search_criteria'),
    itemValue: cell('item_search_value'),
    quantity: cell('quantity'),
    startTime: cell('start_time_utc'),
    endTime: cell('end_time_utc'),
    assetCriteria: cell('asset_search_criteria'),
    assetValue: cell('asset_search_value'),
    categoryId: cell('category_id'),
    amount: cell('amount'),
    tier: cell('tier'),
  }
}

const HEAD: readonly CellValue[] = COLUMNS.map(([title]) => title)

export const templateSheet = (): Readable => writeSpreadsheet([{ name: 'records', rows: [HEAD] }])

/** The vendor's rows as a sheet: what was uploaded. */
export const sheetOf = (rows: readonly UsageRow[]): Readable =>
  writeSpreadsheet([{ name: 'records', rows: [HEAD, ...rows.map(vendorCells)] }])

const vendorCells = (row: UsageRow): readonly CellValue[] => COLUMNS.map(([, key]) => row[key] ?? '')

const PROCESSED = [
  'usage_record_id',
  'item_name',
  'item_type',
  'item_unit',
  'item_period',
  'asset_id',
  'asset_external_id',
  'status',
  'error_details',
]

/** What Connect made of it: a general sheet, and each record with its item, asset, state and faults. */
export function processedSheet(state: State, file: UsageFileRecord): Readable {
  const records = recordsOf(state, file).map((record) => [...vendorCells(record.row), ...processedCells(state, file, record)])
  return writeSpreadsheet([
    { name: 'general', rows: general(state, file) },
    { name: 'records', rows: [[...HEAD, ...PROCESSED], ...records] },
  ])
}

function processedCells(state: State, file: UsageFileRecord, record: UsageRecordRecord): readonly CellValue[] {
  const item = productOf(state, file).seed.items.find(({ id }) => id === record.itemId)
  const asset = record.assetId === undefined ? undefined : state.assets.get(record.assetId)
  return [
    record.id,
    item?.name,
    item?.type,
    item?.unit,
    'monthly',
    asset?.id,
    asset?.externalId,
    apiStatus(record),
    record.faults.join(' '),
  ]
}

function general(state: State, file: UsageFileRecord): readonly (readonly CellValue[])[] {
  return [
    ['report_id', file.id],
    ['period', `${file.period.from} to ${file.period.to}`],
    ['schema', file.schema.toUpperCase()],
    ['currency', file.currency],
    ['product', productOf(state, file).seed.name],
    ['marketplace', connectSeed.marketplace.name],
    ['hub', connectSeed.hubs[file.environment].name],
    ['vendor', connectSeed.vendor.name],
    ['distributor', connectSeed.provider.name],
    ['contract', connectSeed.contractId],
    ['quantity', printQuantity(recordsOf(state, file).reduce((sum, { quantity }) => sum + (quantity ?? 0n), 0n))],
  ]
}
