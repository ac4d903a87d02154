/** Reads a sheet row by row with flat memory. */
import { SaxesParser } from 'saxes'
import { type SpreadsheetLimits, tooLarge, unreadable } from './limits.ts'
import { local } from './parts.ts'

export interface Row {
  /** As the spreadsheet counts: 1 is the first. */
  readonly number: number
  /**
   * From the first column on; an empty cell is ''. Numbers are decimal text of at most fifteen digits, which is what a spreadsheet keeps;
   * a date is the number of days it is kept as, see `momentOfCell`; true and false are words.
   */
  readonly cells: readonly string[]
}

interface Cell {
  column: number
  type: string
  value: string
}

/** Rows in their order; empty ones are left out. @throws AppError ERR_SPREADSHEET_TOO_LARGE, ERR_SPREADSHEET_UNREADABLE */
export async function* readRows(chunks: AsyncIterable<string>, shared: readonly string[], limits: SpreadsheetLimits): AsyncGenerator<Row> {
  const ready: Row[] = []
  const parser = rowParser(shared, limits, (row) => ready.push(row))
  for await (const chunk of chunks) {
    parser.write(chunk)
    yield* ready.splice(0)
  }
  parser.close()
  yield* ready.splice(0)
}

function rowParser(shared: readonly string[], limits: SpreadsheetLimits, onRow: (row: Row) => void): SaxesParser {
  const parser = new SaxesParser()
  let [rows, cells, number, inValue] = [0, 0, 0, false]
  let row: string[] = []
  let cell: Cell | undefined
  parser.on('error', (error) => {
    throw unreadable('a sheet is not XML', error)
  })
  parser.on('opentag', ({ name, attributes }) => {
    switch (local(name)) {
      case 'row':
        number = Number(attributes['r'] ?? number + 1)
        row = []
        return
      case 'c':
        cell = { column: columnOf(attributes['r'], row.length), type: attributes['t'] ?? 'n', value: '' }
        if (cell.column >= limits.maxColumns) throw tooLarge('columns', limits.maxColumns)
        return
      case 'v':
      case 't':
        inValue = true
    }
  })
  parser.on('text', (text) => {
    if (inValue && cell) cell.value += text
  })
  parser.on('closetag', ({ name }) => {
    switch (local(name)) {
      case 'v':
      case 't':
        inValue = false
        return
      case 'c':
        if (cell) place(row, cell.column, textOf(cell, shared))
        cell = undefined
        return
      case 'row':
        rows += 1
        cells += row.length
        if (rows > limits.maxRows) throw tooLarge('rows', limits.maxRows)
        if (cells > limits.maxCells) throw tooLarge('cells', limits.maxCells)
        if (row.some((text) => text !== '')) onRow({ number, cells: row })
    }
  })
  return parser
}

function place(row: string[], column: number, text: string): void {
  while (row.length < column) row.push('')
  row[column] = text
}

/** `C7` is 2; without an address it is the next one. */
function columnOf(address: string | undefined, next: number): number {
  const letters = /^[A-Z]{1,3}/i.exec(address ?? '')?.[0].toUpperCase()
  if (letters === undefined) return next
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function textOf({ type, value }: Cell, shared: readonly string[]): string {
  switch (type) {
    case 's':
      return shared[Number(value)] ?? ''
    case 'b':
      return value === '1' ? 'true' : 'false'
    case 'n':
      return tidyNumber(value)
    default:
      return value // inlineStr, str, d; an error (e) as its word
  }
}

/** 1.1 is kept as 1.1000000000000001: the sixteenth and later digits are not what anybody typed. */
function tidyNumber(text: string): string {
  if (text.replace(/\D/g, '').length <= 15) return text
  const number = Number(text)
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : text
}
