/** A large usage file read from its spreadsheet: how fast, and that memory does not grow with it. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Database } from '../src/database/index.ts'
import { type CellValue, writeSpreadsheet } from '../src/kit/spreadsheet/index.ts'
import { startChild } from './child.ts'
import { withDatabase } from './database.ts'
import type { Bench, BenchResult, Measurement } from './frame.ts'
import { makeActive, NOW, PRODUCT, TENANT } from './usage-records.ts'
import type { SheetOrder, SheetRead } from './usage-sheet.ts'

const ROWS = Number(process.env['ROWS'] ?? 100_000)
const FEW = 5_000

export const usageSpreadsheetBench: Bench = {
  name: 'usage-spreadsheet',
  about: `a usage file of ${ROWS.toLocaleString('en')} rows read from its spreadsheet and kept, by a process of its own; baseline: one of ${FEW.toLocaleString('en')} rows`,
  run: () => withDatabase(measureAll),
}

async function measureAll(database: Database): Promise<BenchResult> {
  await makeActive(database.db, [], NOW)
  const folder = mkdtempSync(join(tmpdir(), 'bridge-bench-sheet-'))
  try {
    return { baseline: await readOne(database, folder, FEW), measured: [await readOne(database, folder, ROWS)] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readOne({ db, url }: Database, folder: string, count: number): Promise<Measurement> {
  const [path, fileId] = [join(folder, `${count}.xlsx`), `UF-${count}`]
  await pipeline(writeSpreadsheet([{ name: 'records', rows: rows(count) }]), createWriteStream(path))
  await sql`
    insert into usage_files (tenant_id, id, product_id, name, schema, environment, state, found_at, updated_at)
    values (${TENANT}, ${fileId}, ${PRODUCT}, 'usage', 'QT', 'production', 'found', now(), now())`.execute(db)
  const child = startChild('usage-sheet.ts')
  try {
    child.tell({ url, path, fileId } satisfies SheetOrder)
    const { took, memory, kept } = await child.hear<SheetRead>()
    if (kept !== count) throw new Error(`${count} rows in the spreadsheet, ${kept} kept`)
    return { name: `${count.toLocaleString('en')} rows (${Math.round(memory)} MB at most)`, unit: 'rows', rate: (count * 1000) / took }
  } finally {
    await child.end()
  }
}

/** As Connect hands a processed file out: some columns the bridge reads, some it does not. */
function* rows(count: number): Generator<readonly CellValue[]> {
  yield [
    'usage_record_id',
    'record_note',
    'item_search_criteria',
    'item_search_value',
    'quantity',
    'start_time_utc',
    'end_time_utc',
  ].concat(['asset_search_criteria', 'asset_search_value', 'asset_recon_id', 'status', 'category_id', 'item_name'])
  for (let n = 0; n < count; n++) {
    const from = new Date(NOW.getTime() - (n % 86_400) * 1000).toISOString()
    yield [
      `UR-2031-03-05-${n}`,
      `row ${n}`,
      'item.mpn',
      'SIG-EVENTS',
      { number: `${n % 997}.125` },
      from,
      from,
      'parameter.subscription',
    ].concat([`sub-${n % 500}`, `AS-${n % 500}`, 'validated', 'generic_category', 'Signals, by the thousand'])
  }
}
