/** Reads spreadsheets (.xlsx) of any size with flat memory: the zip is unpacked as it is parsed, only shared texts are kept. */
import { AppError } from '../errors/index.ts'
import { type Instant, instant } from '../time.ts'
import { openArchive } from './archive.ts'
import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { sharedTexts, sheetPaths } from './parts.ts'
import { type Row, readRows } from './rows.ts'

export interface Workbook {
  /** Names of the sheets, in order. */
  readonly sheets: readonly string[]
  /**
   * The rows of a sheet, empty ones left out. Names are told apart by case only when that decides.
   * @throws AppError ERR_SPREADSHEET_SHEET_MISSING; ERR_SPREADSHEET_TOO_LARGE, ERR_SPREADSHEET_UNREADABLE also in the middle.
   */
  readonly rows: (sheet: string) => AsyncGenerator<Row>
  readonly close: () => void
}

/**
 * Opens a spreadsheet. Close it.
 * @param source the file's path, or its bytes: a zip is read from its end, so a stream has to be kept first.
 * @throws AppError ERR_SPREADSHEET_UNREADABLE, ERR_SPREADSHEET_TOO_LARGE
 */
export async function openSpreadsheet(source: string | Uint8Array, limits: Partial<SpreadsheetLimits> = {}): Promise<Workbook> {
  const all = { ...defaultLimits, ...limits }
  const archive = await openArchive(source, all.maxBytes)
  try {
    const paths = await sheetPaths(archive)
    const shared = await sharedTexts(archive, all)
    return {
      sheets: [...paths.keys()],
      rows: (sheet) => readRows(archive.text(pathOf(paths, sheet)), shared, all),
      close: archive.close,
    }
  } catch (error) {
    archive.close()
    throw error
  }
}

function pathOf(paths: ReadonlyMap<string, string>, sheet: string): string {
  const name = paths.has(sheet) ? sheet : [...paths.keys()].find((each) => each.trim().toLowerCase() === sheet.toLowerCase())
  const path = paths.get(name ?? '')
  if (path === undefined) {
    throw new AppError('ERR_SPREADSHEET_SHEET_MISSING', { message: `The spreadsheet has no sheet ${sheet}.`, facts: { sheet } })
  }
  return path
}

const DAY = 86_400_000
/** Day 0 of spreadsheets, for every day from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30)
/** Year 9999. */
const LAST_DAY = 2_958_465

/** A point in time as a cell tells it: text (`2026-03-30 14:00:00`, UTC) or the spreadsheet's own count of days. */
export function momentOfCell(cell: string): Instant | undefined {
  const text = cell.trim()
  if (/^\d+(\.\d+)?$/.test(text)) {
    const days = Number(text)
    return days >= 61 && days <= LAST_DAY ? instant(Math.round((EPOCH + days * DAY) / 1000) * 1000) : undefined
  }
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(text)) return undefined
  try {
    return instant(text.replace(' ', 'T'))
  } catch {
    return undefined
  }
}
