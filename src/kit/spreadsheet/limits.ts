/** How much of a spreadsheet is read before it is refused. A few kilobytes of zip can unpack to gigabytes. */
import { AppError } from '../errors/index.ts'

export interface SpreadsheetLimits {
  /** Of all parts read, once unpacked. Default 512 MiB. */
  readonly maxBytes: number
  /** Default 1,100,000: a sheet cannot have more than 1,048,576. */
  readonly maxRows: number
  /** Empty ones between others included. Default 40 million. */
  readonly maxCells: number
  /** Columns of a row. Default 256. */
  readonly maxColumns: number
  /** Texts shared between cells are kept in memory: so many characters. Default 32 million. */
  readonly maxSharedText: number
}

export const defaultLimits: SpreadsheetLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxRows: 1_100_000,
  maxCells: 40_000_000,
  maxColumns: 256,
  maxSharedText: 32_000_000,
}

export const tooLarge = (what: string, limit: number): AppError =>
  new AppError('ERR_SPREADSHEET_TOO_LARGE', { message: `The spreadsheet has more than ${limit} ${what}.`, facts: { what, limit } })

export const unreadable = (why: string, cause?: unknown): AppError =>
  new AppError('ERR_SPREADSHEET_UNREADABLE', { message: `The file cannot be read as a spreadsheet: ${why}.`, cause, facts: { why } })
