/** Usage events in a CSV file: a head that names the columns, one event a line. Read as a stream, a request's worth at a time. */
import { type CsvRow, readCsv } from '../../kit/csv.ts'
import { AppError } from '../../kit/errors/index.ts'
import { MOST_EVENTS_AT_ONCE } from './take-events.ts'

const COLUMNS = ['key', 'subscriptionId', 'dimension', 'quantity', 'consumedAt'] as const

export interface TableEvent {
  /** Of the file, from 1. */
  readonly line: number
  readonly told: Readonly<Record<string, string>>
}

/** @throws AppError `ERR_BAD_INPUT` when a column is missing or a quote is never closed */
export async function* readTable(parts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<readonly TableEvent[]> {
  let [places, batch]: [ReadonlyMap<string, number> | undefined, TableEvent[]] = [undefined, []]
  try {
    for await (const row of readCsv(parts)) {
      if (!places) places = placesOf(row)
      else batch.push(eventOf(row, places))
      if (batch.length < MOST_EVENTS_AT_ONCE) continue
      yield batch
      batch = []
    }
  } catch (error) {
    throw error instanceof RangeError ? new AppError('ERR_BAD_INPUT', { message: error.message }) : error
  }
  if (!places) throw new AppError('ERR_BAD_INPUT', { message: 'The file is empty.' })
  if (batch.length > 0) yield batch
}

function placesOf({ cells }: CsvRow): ReadonlyMap<string, number> {
  const places = new Map(cells.map((name, place) => [name.trim(), place]))
  const missing = COLUMNS.filter((name) => !places.has(name))
  if (missing.length === 0) return places
  throw new AppError('ERR_BAD_INPUT', {
    message: `The first line names the columns; missing: ${missing.join(', ')}. Expected: ${COLUMNS.join(',')}.`,
  })
}

const eventOf = ({ line, cells }: CsvRow, places: ReadonlyMap<string, number>): TableEvent => ({
  line,
  told: Object.fromEntries(COLUMNS.map((name) => [name, cells[places.get(name) ?? -1]?.trim() ?? ''])),
})
