/** Writes spreadsheets (.xlsx) as a stream, row by row: no more of it is in memory than what is on its way. */
import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** Text stays text, whatever it looks like: no cell is ever a formula. A number is decimal text, kept as a number. */
export type CellValue = string | { readonly number: string } | undefined

export interface SheetToWrite {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string
  readonly rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>
}

/**
 * @returns the file's bytes. A fault of the rows is the stream's fault.
 * @throws RangeError for a sheet's name no spreadsheet takes, or none at all.
 */
export function writeSpreadsheet(sheets: readonly SheetToWrite[]): Readable {
  if (sheets.length === 0) throw new RangeError('at least one sheet')
  for (const { name } of sheets) if (!/^[^[\]:*?/\\]{1,31}$/.test(name)) throw new RangeError('not a name of a sheet')
  const zip = new ZipFile()
  const out = zip.outputStream.pipe(new PassThrough())
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path, { mtime: LONG_AGO })
  add('[Content_Types].xml', contentTypes(sheets.length))
  add('_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']]))
  add('xl/workbook.xml', workbook(sheets))
  add('xl/_rels/workbook.xml.rels', relations(sheets.map((_, n) => [`rId${n + 1}`, 'worksheet', `worksheets/sheet${n + 1}.xml`])))
  for (const [n, sheet] of sheets.entries()) {
    const rows = Readable.from(sheetXml(sheet.rows), { objectMode: false })
    rows.once('error', (error) => out.destroy(error))
    zip.addReadStream(rows, `xl/worksheets/sheet${n + 1}.xml`, { mtime: LONG_AGO })
  }
  zip.end()
  return out
}

/** The same rows make the same bytes. */
const LONG_AGO = new Date(Date.UTC(2000, 0, 1))
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

async function* sheetXml(rows: SheetToWrite['rows']): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`
  let [part, number] = ['', 0]
  for await (const row of rows) {
    number += 1
    part += `<row r="${number}">${row.map(cellXml).join('')}</row>`
    if (part.length < PART) continue
    yield part
    part = ''
  }
  yield `${part}</sheetData></worksheet>`
}

const PART = 32_768

function cellXml(value: CellValue): string {
  if (value === undefined || value === '') return '<c/>'
  if (typeof value === 'string') return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  if (!/^-?\d+(\.\d+)?$/.test(value.number)) throw new RangeError(`not a number for a cell: ${value.number.slice(0, 40)}`)
  return `<c><v>${value.number}</v></c>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// What XML cannot hold, halves of surrogate pairs among it, is left out.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escaped = (text: string): string => text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

const contentTypes = (sheets: number): string =>
  `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  Array.from(
    { length: sheets },
    (_, n) => `<Override PartName="/xl/worksheets/sheet${n + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  ).join('') +
  '</Types>'

const relations = (all: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
  all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('') +
  '</Relationships>'

const workbook = (sheets: readonly SheetToWrite[]): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
  sheets.map(({ name }, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join('') +
  '</sheets></workbook>'
