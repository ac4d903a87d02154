/** CSV (RFC 4180): written so that a spreadsheet calculates nothing, read as a stream so that a file of any length needs little memory. */

export const csvLine = (cells: readonly (string | undefined)[]): string => `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`

/** A cell that a spreadsheet would calculate begins with an apostrophe: then it is text. Source: OWASP, CSV injection. */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export interface CsvRow {
  /** Of the file, from 1: where its row begins. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A cell longer than that is none: a quote was never closed. */
const LONGEST_CELL = 1_000_000

/**
 * Rows as they come; empty lines are left out. Cells may be quoted, with line ends and doubled quotes in them.
 * @throws RangeError for a quote that is never closed
 */
export async function* readCsv(parts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<CsvRow> {
  const reader = rowReader()
  for await (const part of parts) yield* reader.read(part)
  yield* reader.end()
}

interface RowReader {
  read(part: string): readonly CsvRow[]
  end(): readonly CsvRow[]
}

/** One sign after the other: `quoted` inside quotes, `maybe` after a quote that ends the cell or is the first of two. */
function rowReader(): RowReader {
  let [cells, cell, state, line, began]: [string[], string, 'plain' | 'quoted' | 'maybe', number, number] = [[], '', 'plain', 1, 1]
  const endCell = (): void => {
    cells.push(cell)
    ;[cell, state] = ['', 'plain']
  }
  const endRow = (): readonly CsvRow[] => {
    endCell()
    const row = { line: began, cells }
    ;[cells, began] = [[], line]
    return row.cells.length === 1 && row.cells[0]?.trim() === '' ? [] : [row]
  }
  const take = (sign: string): readonly CsvRow[] => {
    if (sign === '\n') line += 1
    if (state === 'quoted') {
      if (sign === '"') state = 'maybe'
      else cell += sign
      if (cell.length > LONGEST_CELL) throw neverClosed(began)
      return []
    }
    if (sign === ',') endCell()
    else if (sign === '\n') return endRow()
    else if (sign === '"' && (state === 'maybe' || cell === '')) {
      if (state === 'maybe') cell += '"'
      state = 'quoted'
    } else if (sign !== '\r' && sign !== '\uFEFF') cell += sign
    return []
  }
  return {
    read: (part) => [...part].flatMap(take),
    end: () => {
      if (state === 'quoted') throw neverClosed(began)
      return cell === '' && cells.length === 0 ? [] : endRow()
    },
  }
}

const neverClosed = (line: number): RangeError => new RangeError(`a quote that begins near line ${line} is never closed`)
