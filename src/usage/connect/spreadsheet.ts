/**
 * The other way in: the processed spreadsheet, kept in a temporary file, read row by row with flat memory. It has what the list of records
 * does not tell: the vendor's own note of each row, by which rows of our own export are known.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ConnectClient, ConnectItem } from '../../connect/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { productId } from '../../kit/ids.ts'
import { readQuantity } from '../../kit/quantity.ts'
import { momentOfCell, openSpreadsheet, type Workbook } from '../../kit/spreadsheet/index.ts'
import type { UsageDeps } from '../deps.ts'
import type { RecordFacts } from '../rules/files/judge.ts'
import type { FileKey } from './file.ts'
import { decimalsOf } from './read-words.ts'
import { keepRead, type ReadRecord } from './rows.ts'

const TOGETHER = 1_000

/** @returns false when the sheet does not say which record a row is. @throws ApiError, AppError of the `ERR_SPREADSHEET_` family */
export async function readSheet(deps: UsageDeps, connect: ConnectClient, key: FileKey, product: string, lease: Lease): Promise<boolean> {
  const items = await connect.items.list(productId.parse(product), lease.signal)
  const folder = await mkdtemp(join(tmpdir(), 'usage-file-'))
  try {
    const path = join(folder, 'processed.xlsx')
    const bytes = await connect.usageFiles.download(key.fileId, 'processed', lease.signal) // its link lives for seconds
    await pipeline(Readable.from(bytes), createWriteStream(path))
    return await keepSheet(deps, key, path, items, lease)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Of a spreadsheet in a file: every row, some at a time. @returns false when it does not say which record a row is */
export async function keepSheet(
  deps: Pick<UsageDeps, 'db'>,
  key: FileKey,
  path: string,
  items: readonly ConnectItem[],
  lease: Lease,
): Promise<boolean> {
  const workbook = await openSpreadsheet(path)
  try {
    return await keepRows(deps, key, workbook, items, lease)
  } finally {
    workbook.close()
  }
}

async function keepRows(
  { db }: Pick<UsageDeps, 'db'>,
  key: FileKey,
  workbook: Workbook,
  items: readonly ConnectItem[],
  lease: Lease,
): Promise<boolean> {
  let cellOf: CellOf | undefined
  let part: ReadRecord[] = []
  for await (const { cells } of workbook.rows(sheetOf(workbook))) {
    if (!cellOf) {
      cellOf = columnsOf(cells)
      if (!cellOf) return false
      continue
    }
    const record = recordOf(cellOf, cells, items)
    if (!record) return false
    part.push(record)
    if (part.length < TOGETHER) continue
    await keepRead(db, key, part, lease)
    part = []
  }
  await keepRead(db, key, part, lease)
  return true
}

const sheetOf = ({ sheets }: Workbook): string => sheets.find((name) => name.trim().toLowerCase() === 'usage_records') ?? 'records'

type CellOf = (cells: readonly string[], ...titles: readonly string[]) => string | undefined

/** Undefined when no column tells Connect's id of a record. */
function columnsOf(head: readonly string[]): CellOf | undefined {
  const titles = head.map((cell) => cell.trim().toLowerCase().replace(/\*$/, ''))
  if (!titles.includes('usage_record_id')) return undefined
  return (cells, ...names) => {
    for (const name of names) {
      const text = cells[titles.indexOf(name)]?.trim()
      if (text) return text
    }
    return undefined
  }
}

function recordOf(cellOf: CellOf, cells: readonly string[], items: readonly ConnectItem[]): ReadRecord | undefined {
  const id = cellOf(cells, 'usage_record_id')
  if (id === undefined) return undefined
  const item = itemOf(items, cellOf(cells, 'item_search_criteria'), cellOf(cells, 'item_search_value'))
  const amount = cellOf(cells, 'amount')
  const tier = Number(cellOf(cells, 'tier'))
  const searchedAsset = (criteria: string): string | undefined =>
    cellOf(cells, 'asset_search_criteria') === criteria ? cellOf(cells, 'asset_search_value') : undefined
  return {
    id,
    status: statusOf(cellOf(cells, 'status', 'record_status')),
    assetId: cellOf(cells, 'asset_id') ?? searchedAsset('asset.id'),
    assetExternalUid: cellOf(cells, 'asset_external_uid') ?? searchedAsset('asset.external_uid'),
    assetExternalId: cellOf(cells, 'asset_external_id'),
    itemId: item?.id,
    itemMpn: item?.mpn,
    decimals: item && decimalsOf(item.precision),
    usage: readQuantity(cellOf(cells, 'quantity') ?? ''),
    amount: amount === undefined ? undefined : readQuantity(amount),
    tier: Number.isInteger(tier) ? tier : undefined,
    from: momentOfCell(cellOf(cells, 'start_time_utc') ?? ''),
    to: momentOfCell(cellOf(cells, 'end_time_utc') ?? ''),
    ownKey: ownKeyOf(cellOf(cells, 'record_note')),
  }
}

const itemOf = (items: readonly ConnectItem[], criteria: string | undefined, value: string | undefined): ConnectItem | undefined =>
  items.find((item) => value !== undefined && (criteria === 'item.local_id' ? item.localId : item.mpn) === value)

const STATUSES: Readonly<Record<string, RecordFacts['status']>> = {
  ...{ valid: 'valid', validated: 'valid', uploaded: 'uploaded', pending: 'pending', invalid: 'invalid' },
  ...{ approved: 'approved', accepted: 'approved', rejected: 'rejected', closed: 'closed' },
}
/** A sheet without a column for it is of a file that was in order. */
const statusOf = (told: string | undefined): RecordFacts['status'] =>
  told === undefined ? 'valid' : (STATUSES[told.toLowerCase()] ?? 'unknown')

/** `bridge:KEY` stands in the note of each row the bridge has exported. */
const ownKeyOf = (note: string | undefined): string | undefined => /^bridge:(.{1,255})$/.exec(note ?? '')?.[1]
