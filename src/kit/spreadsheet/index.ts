/** Spreadsheets (.xlsx), read and written as streams. */
export { defaultLimits, type SpreadsheetLimits } from './limits.ts'
export { momentOfCell, openSpreadsheet, type Workbook } from './read.ts'
export type { Row } from './rows.ts'
export { type CellValue, type SheetToWrite, writeSpreadsheet } from './write.ts'
