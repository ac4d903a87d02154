import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCell } from '../../kit/csv.ts'
import { instant } from '../../kit/time.ts'
import { csvHead, csvLines } from './csv.ts'
import type { Finding } from './findings.ts'

const finding: Finding = {
  seq: '1',
  standing: 'differs',
  subscriptionId: '11111111-2222-4333-8444-555555555555',
  assetId: 'AS-1',
  productId: 'PRD-1',
  environment: 'test',
  offerId: '=HYPERLINK("https://evil.example")',
  differences: [
    { field: 'seats', microsoft: '12', connect: '10' },
    { field: 'record', microsoft: 'Subscribed, team, 12 seats', bridge: 'Suspended, team, 12 seats' },
  ],
  forecast: { will: 'step', step: 'change' },
  proposal: undefined,
  since: instant('2030-01-01T00:00:00Z'),
}

describe('the report as CSV', () => {
  test('holds nothing a spreadsheet would calculate, whatever the other sides call their things', () => {
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' ='), fc.string()), ([first, rest]) => {
        const cell = csvCell(first + rest)
        expect(cell.startsWith('"') ? cell.slice(1) : cell).toMatch(/^'/)
      }),
    )
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text)
        const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
        expect(read === text || read === `'${text}`).toBe(true)
        if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n;]/)
      }),
    )
  })

  test('has a line a difference, with both values, since when, and what the bridge does', () => {
    const lines = (csvHead() + csvLines(finding)).trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toBe(
      `differs,11111111-2222-4333-8444-555555555555,AS-1,PRD-1,"'=HYPERLINK(""https://evil.example"")",seats,12,10,,2030-01-01T00:00:00.000Z,asks the vendor to change,,,test`,
    )
  })
})
