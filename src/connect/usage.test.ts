import { describe, expect, test } from 'vitest'
import { usageFile, usageRecord } from '../../test/contract/connect/answers.ts'
import { startLocalConnect, TOKEN } from '../../test/contract/connect/local-connect.ts'
import { usageFileId, usageRecordId } from '../kit/ids.ts'
import { quantityOf } from '../kit/quantity.ts'
import { withNumbersAsText } from './exact-json.ts'
import { LONGEST_NOTE, MAX_CLOSINGS, type UsageRecord } from './index.ts'

const file = usageFileId.parse(usageFile.id)
const record = (n: number) => usageRecordId.parse(`UR-2026-03-1180-2207-0001-${String(n).padStart(4, '0')}`)

const read = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('records', () => {
  test('a quantity is read to the last digit, however many it has', async () => {
    const text = JSON.stringify([usageRecord]).replace('12.5', '123456789012345.12345678')
    await using connect = await startLocalConnect(() => ({ body: text, headers: { 'content-type': 'application/json' } }))
    const all: UsageRecord[] = []
    for await (const { items } of connect.client.usageRecords.pages({ fileId: file })) all.push(...items)
    expect(all).toMatchObject([
      {
        id: usageRecord.id,
        status: 'approved',
        usage: { ok: true, quantity: quantityOf('123456789012345.12345678') },
        itemPrecision: 'Decimal(2)',
        itemType: 'PPU',
        multiplier: 100,
        schema: 'qt',
        params: [{ name: 'v.region', value: 'eu' }],
      },
    ])
  })

  test.each([
    ['a quantity too fine', { usage: '0.000000001' }, { usage: { ok: false, fault: 'tooFine' } }],
    ['no quantity', { usage: null }, { usage: { ok: false, fault: 'notANumber' } }],
    ['the workflow’s word for approved', { status: 'Accepted' }, { status: 'approved' }],
    ['a word nobody knows', { status: 'parked' }, { status: 'unknown', rawStatus: 'parked' }],
    [
      'flat fields only',
      { item: undefined, asset: null, item_id: 'PRD-1-0001', asset_id: 'AS-1', asset_external_uid: 'u' },
      { itemId: 'PRD-1-0001', assetId: 'AS-1', assetExternalUid: 'u', itemPrecision: 'unknown' },
    ],
  ])('a record with %s is kept and told as it is', async (_, more, expected) => {
    await using connect = await startLocalConnect(() => ({ body: { ...usageRecord, ...more } }))
    expect(await connect.client.usageRecords.get(record(1))).toMatchObject(expected)
  })

  test('pages are asked for by a thousand until all are there', async () => {
    const rows = Array.from({ length: 2500 }, (_, n) => ({ ...usageRecord, id: record(n) }))
    await using connect = await startLocalConnect(({ search }) => {
      const offset = Number(/offset=(\d+)/.exec(search)?.[1])
      const page = rows.slice(offset, offset + 1000)
      return { body: page, headers: { 'content-range': `items ${offset}-${offset + page.length}/${rows.length}` } }
    })
    const seen = new Set<string>()
    for await (const { items, total } of connect.client.usageRecords.pages({ fileId: file })) {
      expect(total).toBe(2500)
      for (const { id } of items) seen.add(id)
    }
    expect([seen.size, connect.received.length]).toEqual([2500, 3])
    expect(decodeURIComponent(connect.received[1]?.search ?? '')).toBe(
      `?eq(usagefile.id,${usageFile.id})&ordering(created_time)&limit=1000&offset=1000`,
    )
  })
})

describe('closing many', () => {
  test('each closing has its own result, also one Connect says nothing about', async () => {
    const answer = [
      { id: record(3), status: 'approved', error_codes: 'USG_030', error_details: 'Not now.' },
      { id: record(1), status: 'closed', error_codes: '', error_details: null },
    ]
    await using connect = await startLocalConnect(() => ({ status: 206, body: answer }))
    const closings = [1, 2, 3].map((n) => ({ id: record(n), externalBillingId: 'e', note: 'n'.repeat(300) }))
    expect(await connect.client.usageRecords.closeMany(closings)).toEqual([
      { id: record(1), status: 'closed', errorCodes: [], errorDetails: [] },
      { id: record(2), status: 'unknown', errorCodes: [], errorDetails: [] },
      { id: record(3), status: 'approved', errorCodes: ['USG_030'], errorDetails: ['Not now.'] },
    ])
    expect(connect.received[0]?.body).toMatchObject([{ external_billing_note: 'n'.repeat(LONGEST_NOTE) }, {}, {}])
  })

  test('a lost answer is not repeated, and the caller is told that it may have happened', async () => {
    await using connect = await startLocalConnect(() => ({ cut: true }))
    const closing = connect.client.usageRecords.closeMany([{ id: record(1) }])
    await expect(closing).rejects.toMatchObject({ code: 'ERR_CONNECT_UNAVAILABLE', outcomeUnknown: true })
    expect(connect.received).toHaveLength(1)
  })

  test('none and too many are not sent', async () => {
    await using connect = await startLocalConnect(() => ({}))
    const many = Array.from({ length: MAX_CLOSINGS + 1 }, (_, n) => ({ id: record(n) }))
    for (const closings of [[], many]) await expect(connect.client.usageRecords.closeMany(closings)).rejects.toThrow(RangeError)
    expect(connect.received).toEqual([])
  })
})

describe('a file behind a link', () => {
  const linked = (link: string | undefined) => ({ body: { ...usageFile, processed_file_uri: link } })

  test('is read as a stream, and our token does not go with the question', async () => {
    await using connect = await startLocalConnect(({ path }) =>
      path === '/blob'
        ? { body: 'the spreadsheet' }
        : linked(connect.baseUrl.replace('127.0.0.1', 'localhost').replace('/public/v1', '/blob')),
    )
    expect(await read(await connect.client.usageFiles.download(file, 'processed'))).toBe('the spreadsheet')
    expect(connect.received.map(({ headers }) => headers['authorization'])).toEqual([TOKEN, undefined])
  })

  test('a link that is over is asked for once more', async () => {
    await using connect = await startLocalConnect(({ path, search }, nth) =>
      path === '/blob'
        ? search === '?try=1'
          ? { status: 403 }
          : { body: 'fresh' }
        : linked(`${new URL(connect.baseUrl).origin}/blob?try=${nth}`),
    )
    expect(await read(await connect.client.usageFiles.download(file, 'processed'))).toBe('fresh')
  })

  test.each([
    ['another host', 'https://evil.example/steal', 'ERR_CONNECT_FILE_HOST'],
    ['plain http', 'http://files.cloudblue.com/x', 'ERR_CONNECT_FILE_HOST'],
    ['a user in the address', 'https://a:b@files.cloudblue.com/x', 'ERR_CONNECT_FILE_HOST'],
    ['a host that only ends alike', 'https://evilcloudblue.com/x', 'ERR_CONNECT_FILE_HOST'],
    ['no link', undefined, 'ERR_CONNECT_FILE_GONE'],
    ['no web address', 'file:///etc/passwd', 'ERR_CONNECT_FILE_GONE'],
  ])('%s is not followed', async (_, link, code) => {
    await using connect = await startLocalConnect(() => linked(link))
    await expect(connect.client.usageFiles.download(file, 'processed')).rejects.toMatchObject({ code })
    expect(connect.received).toHaveLength(1)
  })
})

test('numbers become text, and text stays what it is', () => {
  const odd = { a: 1, 'b:2': '3', c: [-0.5e-8, 'x "4" \\', null, true], d: '\\"5\\"' }
  expect(JSON.parse(withNumbersAsText(JSON.stringify(odd)))).toEqual({
    a: '1',
    'b:2': '3',
    c: ['-5e-9', 'x "4" \\', null, true],
    d: '\\"5\\"',
  })
})
