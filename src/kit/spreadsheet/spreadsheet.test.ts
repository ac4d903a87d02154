import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { instant } from '../time.ts'
import { type CellValue, momentOfCell, openSpreadsheet, type SheetToWrite, type SpreadsheetLimits, writeSpreadsheet } from './index.ts'

const written = (...sheets: readonly SheetToWrite[]): Promise<Buffer> => buffer(writeSpreadsheet(sheets))

async function rowsOf(
  file: string | Uint8Array,
  sheet: string,
  limits: Partial<SpreadsheetLimits> = {},
): Promise<readonly (readonly string[])[]> {
  const workbook = await openSpreadsheet(file, limits)
  const rows: (readonly string[])[] = []
  try {
    for await (const { cells } of workbook.rows(sheet)) rows.push(cells)
  } finally {
    workbook.close()
  }
  return rows
}

/** A spreadsheet as another program wrote it. */
function foreign(sheet: string, sharedStrings?: string): Promise<Buffer> {
  const zip = new ZipFile()
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path)
  add(
    'xl/workbook.xml',
    '<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="Records " sheetId="1" r:id="a"/></x:sheets></x:workbook>',
  )
  add('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="a" Target="/xl/worksheets/one.xml"/></Relationships>')
  if (sharedStrings !== undefined) add('xl/sharedStrings.xml', sharedStrings)
  add('xl/worksheets/one.xml', sheet)
  zip.end()
  return buffer(zip.outputStream)
}

describe('what is written', () => {
  test('is read back as it was, whatever text it is', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((each) => each.replace(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ''))
    const row = fc.array(text, { minLength: 1, maxLength: 5 }).filter((cells) => cells.at(-1) !== '')
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        expect(await rowsOf(await written({ name: 'records', rows }), 'records')).toEqual(rows)
      }),
      { numRuns: 40 },
    )
  })

  test('never holds a formula, nor a number that was text', async () => {
    const rows: CellValue[][] = [['=1+1', '@cmd', '007', { number: '0.00000001' }, undefined, { number: '-12.5' }]]
    const file = await written({ name: 'general', rows: [['x']] }, { name: 'records', rows })
    expect(await rowsOf(file, 'records')).toEqual([['=1+1', '@cmd', '007', '0.00000001', '', '-12.5']])
    expect((await openSpreadsheet(file)).sheets).toEqual(['general', 'records'])
  })

  test('names and numbers no spreadsheet takes are refused', async () => {
    expect(() => writeSpreadsheet([])).toThrow(RangeError)
    expect(() => writeSpreadsheet([{ name: 'a/b', rows: [] }])).toThrow(RangeError)
    await expect(written({ name: 'a', rows: [[{ number: '1;2' }]] })).rejects.toThrow(RangeError)
  })
})

describe('what others wrote', () => {
  test('shared and formatted texts, gaps, prefixes, numbers as they are kept', async () => {
    const shared = '<sst><si><t>one</t></si><si><r><t>two </t></r><r><t>halves</t></r><rPh><t>hint</t></rPh></si></sst>'
    const sheet = `<worksheet><sheetData>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="D3"><v>1.1000000000000001</v></c><c r="E3" t="b"><v>1</v></c></row>
      <row r="4"></row>
      <row r="7"><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>kept</v></c><c><v>123456789012345</v></c></row>
    </sheetData></worksheet>`
    expect(await rowsOf(await foreign(sheet, shared), 'records')).toEqual([
      ['two halves', '', '', '1.1', 'true'],
      ['one', 'kept', '123456789012345'],
    ])
  })

  test.each([
    ['2026-03-30 14:00:00', '2026-03-30T14:00:00Z'],
    ['2026-03-30T14:00:00Z', '2026-03-30T14:00:00Z'],
    ['2026-03-30', '2026-03-30T00:00:00Z'],
    ['46111.5', '2026-03-30T12:00:00Z'],
    ['46111.041666666664', '2026-03-30T01:00:00Z'],
  ])('the moment %s is read', (cell, expected) => expect(momentOfCell(cell)).toEqual(instant(expected)))

  test.each(['', 'soon', '30.03.2026', '2026-13-01', '-1', '9e99', '2026-03-30 14'])('%s is no moment', (cell) =>
    expect(momentOfCell(cell)).toBeUndefined(),
  )
})

describe('what is refused', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('record_id,quantity\n1,2\n')],
    ['half a file', undefined],
  ])('%s is no spreadsheet', async (_, bytes) => {
    const whole = await written({ name: 'records', rows: [['a']] })
    await expect(openSpreadsheet(bytes ?? whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'ERR_SPREADSHEET_UNREADABLE',
    })
  })

  test('a sheet that is not there, a sheet that is not XML', async () => {
    await expect(rowsOf(await written({ name: 'other', rows: [] }), 'records')).rejects.toMatchObject({
      code: 'ERR_SPREADSHEET_SHEET_MISSING',
    })
    await expect(rowsOf(await foreign('<worksheet><row>'), 'records')).rejects.toMatchObject({ code: 'ERR_SPREADSHEET_UNREADABLE' })
    await expect(rowsOf(await foreign('<!DOCTYPE x [<!ENTITY a "b">]><w>&a;</w>'), 'records')).rejects.toMatchObject({
      code: 'ERR_SPREADSHEET_UNREADABLE',
    })
  })

  test.each([
    ['bytes', { maxBytes: 5000 }],
    ['rows', { maxRows: 99 }],
    ['cells', { maxCells: 199 }],
    ['columns', { maxColumns: 1 }],
  ])('more %s than allowed, however small the file', async (_, limits) => {
    const file = await written({ name: 'records', rows: Array.from({ length: 100 }, () => ['0'.repeat(50), '1']) })
    expect(file.length).toBeLessThan(3000)
    await expect(rowsOf(file, 'records', limits)).rejects.toMatchObject({ code: 'ERR_SPREADSHEET_TOO_LARGE' })
  })

  test('a far column does not make a long row', async () => {
    const far = await foreign('<worksheet><row><c r="XFD1"><v>1</v></c></row></worksheet>')
    await expect(rowsOf(far, 'records')).rejects.toMatchObject({ code: 'ERR_SPREADSHEET_TOO_LARGE' })
    const texts = await foreign('<worksheet/>', `<sst>${'<si><t>abc</t></si>'.repeat(100)}</sst>`)
    await expect(rowsOf(texts, 'records', { maxSharedText: 300 })).rejects.toMatchObject({ code: 'ERR_SPREADSHEET_TOO_LARGE' })
  })
})

test('a hundred thousand rows go through a file with flat memory', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spreadsheet-'))
  try {
    const path = join(folder, 'large.xlsx')
    await writeFile(path, writeSpreadsheet([{ name: 'records', rows: manyRows(100_000) }]))
    const workbook = await openSpreadsheet(path)
    let [rows, waiting] = [0, 0]
    for await (const { number, cells } of workbook.rows('records')) {
      rows += 1
      waiting = Math.max(waiting, Math.abs(number - rows))
      if (rows === 100_000) expect(cells[0]).toBe('record-99999')
    }
    workbook.close()
    expect([rows, waiting]).toEqual([100_000, 0])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function* manyRows(count: number): Generator<readonly CellValue[]> {
  for (let n = 0; n < count; n++) yield [`record-${n}`, 'item.mpn', 'SIG-EVENTS-K', { number: `${n}.5` }, '2026-03-30 14:00:00', 'AS-1']
}
