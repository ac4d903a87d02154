import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, readCsv } from './csv.ts'

async function rowsOf(...parts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const rows = []
  for await (const { cells } of readCsv(parts)) rows.push(cells)
  return rows
}

const cell = fc.stringMatching(/^[a-z][a-z0-9",;\n ]{0,11}$/)

test('what is written is read back the same, however the stream is cut', async () => {
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(table, fc.nat(200), async (rows, cut) => {
      const text = rows.map((row) => csvLine(row)).join('')
      expect(await rowsOf(text.slice(0, cut), text.slice(cut))).toEqual(rows)
    }),
  )
})

test('a spreadsheet calculates nothing of what is written', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@sum', '\tx', 'plain', undefined])).toBe(`'=1+1,'+1,'-1,'@sum,"'\tx",plain,\r\n`)
})

test('a byte order mark, empty lines, and a last line without an end are nothing special; rows know their line', async () => {
  const rows = []
  for await (const row of readCsv(['\uFEFFa,b\r\n\r\n', '"x\ny",2\n3,4'])) rows.push(row)
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x\ny', '2'] },
    { line: 5, cells: ['3', '4'] },
  ])
})

test('a quote that is never closed is told, not read as one enormous cell', async () => {
  await expect(rowsOf('a,"b\nc,d\n')).rejects.toThrow('never closed')
})
