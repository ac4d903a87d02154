import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CellValue, openSpreadsheet, writeSpreadsheet } from '../../src/kit/spreadsheet/index.ts'
import { instant, seconds } from '../../src/kit/time.ts'
import type { UsageFileRecord } from './index.ts'
import { pairsOf, usageFileMachine } from './machine.ts'
import { Refusal } from './refusal.ts'
import { createRequest } from './requests/create.ts'
import { productNamed, purchaseBody, startConnect, type TestConnect } from './testing.ts'
import usageFiles from './workflows/usage-files.json' with { type: 'json' }

let connect: TestConnect
let assetId: string
const signals = productNamed('Signals')
beforeEach(async () => {
  connect = await startConnect()
  assetId = activeAsset('production')
})
afterEach(() => connect.stop())

function activeAsset(environment: 'production' | 'test'): string {
  const uid = `uid-${environment}`
  const request = createRequest(connect.world.state, purchaseBody(signals, { external_uid: uid }, environment), 'provider')
  connect.world.approve(request.id)
  return request.assetId
}

const used = (quantity = '1.5', more: object = {}) => ({
  ...{ assetId, mpn: 'SIG-EVENTS-K', quantity, from: instant('2026-03-02T07:00:00Z'), ...more },
})
const report = (...quantities: readonly string[]): UsageFileRecord =>
  connect.world.reportUsage({ productId: signals.id, used: quantities.map((quantity) => used(quantity)) })
const recordsOf = ({ id }: UsageFileRecord) => connect.world.usageRecords(id)
const act = (file: UsageFileRecord, action: string, body: object = {}, as: 'provider' | 'vendor' = 'provider') =>
  connect[as]('POST', `/usage/files/${file.id}/${action}`, body)
const closing = (file: UsageFileRecord) =>
  recordsOf(file).map(({ id }) => ({ id, external_billing_id: `event of ${id}`, external_billing_note: 'Taken.' }))

describe('a usage file', () => {
  test('lives from the vendor’s sheet to its end, and its records with it', async () => {
    const made = await connect.vendor('POST', '/usage/files', {
      name: 'March',
      product: { id: signals.id },
      contract: { id: 'CRD-10210-55102-00417' },
      period: { from: '2026-03-01', to: '2026-03-31' },
      currency: 'USD',
    })
    expect([made.status, made.body.status]).toEqual([201, 'draft'])
    const head =
      'record_id item_search_criteria item_search_value quantity start_time_utc end_time_utc asset_search_criteria asset_search_value'
    const row: CellValue[] = [
      'r1',
      'item.mpn',
      'SIG-EVENTS-K',
      { number: '0.0001' },
      '2026-03-02 07:00:00',
      '2026-03-02 08:00:00',
      'asset.id',
      assetId,
    ]
    const sheet = await buffer(writeSpreadsheet([{ name: 'records', rows: [head.split(' '), row] }]))
    expect((await connect.upload(`/usage/files/${made.body.id}/upload`, sheet)).body.status).toBe('ready')
    const file = connect.world.usageFile(made.body.id)
    expect((await connect.provider('GET', `/usage/files/${file.id}`)).status).toBe(404)
    await act(file, 'submit', {}, 'vendor')
    expect((await connect.provider('GET', '/usage/files?status=pending')).rows).toHaveLength(1)
    expect((await act(file, 'accept', { acceptance_note: 'Thank you.' })).body.status).toBe('accepted')
    const { rows, headers } = await connect.provider(
      'GET',
      `/usage/records?usagefile.id=${file.id}&status=approved&ordering(created_time)&limit=1000`,
    )
    expect([rows, headers['content-range']]).toMatchObject([[{ status: 'approved', usage: 0.0001, asset: { id: assetId } }], 'items 0-0/1'])
    expect((await act(file, 'close')).status).toBe(400)
    expect((await connect.provider('POST', `/usage/records/${rows[0]?.id}/close`, { external_billing_id: 'E1' })).body.status).toBe(
      'closed',
    )
    expect((await act(file, 'close')).body.status).toBe('closed')
  })

  test('moves as the workflow says, and the workflow is followed in full', () => {
    for (const [from, to] of pairsOf(usageFiles)) expect(usageFileMachine.allows(from, to)).toBe(true)
    const file = report('1')
    for (const move of [() => connect.world.submitUsage(file.id), () => connect.world.correctUsage(file.id, [])])
      expect(move).toThrow(Refusal)
    expect(file.status).toBe('pending')
  })

  test('rejected with a reason, corrected and submitted again', async () => {
    const file = report('1')
    expect((await act(file, 'reject', { rejection_note: '' })).status).toBe(400)
    expect((await act(file, 'reject', { rejection_note: 'Row 1: too much.' })).body.status).toBe('rejected')
    expect(recordsOf(file).map(({ status }) => status)).toEqual(['rejected'])
    connect.world.correctUsage(file.id, [used('0.5')])
    connect.world.submitUsage(file.id)
    expect([file.status, recordsOf(file).map(({ row, status }) => [row.quantity, status])]).toEqual(['pending', [['0.5', 'pending']]])
  })

  test.each([
    ['an unknown item', { mpn: 'NO-SUCH' }, 'item_search_value'],
    ['an unknown asset', { assetId: 'AS-0' }, 'asset_search_value'],
    ['finer than the item counts', { quantity: '0.00001' }, 'quantity'],
    ['less than nothing', { quantity: '-1' }, 'quantity'],
    ['no number', { quantity: 'many' }, 'quantity'],
    ['an end before the start', { to: instant('2026-03-02T06:00:00Z') }, 'end_time_utc'],
  ])('%s makes the record and its file invalid, and says why', (_, wrong, field) => {
    const file = connect.world.reportUsage({
      productId: signals.id,
      used: [used('1'), used('1', wrong)],
      period: { from: '2026-03-01', to: '2026-03-31' },
    })
    expect([file.status, file.errorDetail]).toEqual(['invalid', '1 of 2 records are invalid; see the processed file.'])
    expect(recordsOf(file)[1]?.faults.join()).toContain(field)
  })

  test('usage of a test subscription makes a test file; both kinds do not mix', () => {
    const onTest = { assetId: activeAsset('test') }
    expect(connect.world.reportUsage({ productId: signals.id, used: [used('1', onTest)] }).environment).toBe('test')
    expect(connect.world.reportUsage({ productId: signals.id, used: [used('1'), used('1', onTest)] }).status).toBe('invalid')
  })

  test('with money wants an amount, and with tiers a tier', () => {
    connect.world.setUsageSchema(signals.id, 'tr')
    expect(report('1').status).toBe('invalid')
    const file = connect.world.reportUsage({ productId: signals.id, used: [used('1', { amount: '9.99', tier: '1' })] })
    expect([file.status, file.schema]).toEqual(['pending', 'tr'])
  })

  test('may be accepted by a rule before anybody looks', () => {
    connect.world.options.usageAcceptance = 'automatic'
    expect(report('1').status).toBe('accepted')
  })

  test('is each side’s own to move', async () => {
    const file = report('1')
    const forbidden = [
      act(file, 'accept', {}, 'vendor'),
      act(file, 'submit'),
      act(file, 'delete'),
      connect.provider('POST', '/usage/files', {}),
    ]
    expect((await Promise.all(forbidden)).map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })
})

describe('closing', () => {
  test('many at once is answered for each, in part if it must be', async () => {
    const file = report('1', '2', '3')
    await act(file, 'accept')
    connect.world.options.closeFailures = 1
    const first = await connect.provider('POST', '/usage/records/close-records', closing(file))
    expect([first.status, first.rows.map(({ status }) => status)]).toEqual([206, ['approved', 'closed', 'closed']])
    const again = await connect.provider('POST', '/usage/records/close-records', [...closing(file), { id: 'UR-0' }])
    expect(again.rows).toMatchObject([
      { status: 'closed', error_codes: '' },
      { error_codes: 'USG_021' },
      { error_codes: 'USG_021' },
      { error_codes: 'NFND_000' },
    ])
    expect(recordsOf(file).map(({ billingId, billingNote }) => [billingId.slice(0, 5), billingNote])).toEqual(
      Array.from({ length: 3 }, () => ['event', 'Taken.']),
    )
  })

  test('more than Connect takes in a call, and none, are refused whole', async () => {
    const file = report('1', '2')
    await act(file, 'accept')
    connect.world.options.maxBulkClose = 1
    for (const body of [closing(file), []]) expect((await connect.provider('POST', '/usage/records/close-records', body)).status).toBe(400)
    expect(recordsOf(file).map(({ status }) => status)).toEqual(['accepted', 'accepted'])
  })

  test('the last record may close its file, and a file may be closed over open records, as told', async () => {
    connect.world.options.lastRecord = 'closesFile'
    const one = report('1')
    await act(one, 'accept')
    await connect.provider('POST', '/usage/records/close-records', closing(one))
    expect(one.status).toBe('closed')
    connect.world.options.closeWithOpenRecords = 'closesAll'
    const two = report('1')
    await act(two, 'accept')
    expect((await act(two, 'close')).status).toBe(200)
    expect(recordsOf(two).map(({ status }) => status)).toEqual(['closed'])
  })

  test('single records are approved or rejected by themselves where the file leaves it open', async () => {
    connect.world.options.recordsOnAccept = 'valid'
    const file = report('1', '2')
    const [first, second] = recordsOf(file)
    await connect.provider('PUT', `/usage/records/${second?.id}`, { status: 'rejected' })
    await act(file, 'accept')
    expect((await connect.provider('POST', '/usage/records/close-records', closing(file))).rows.map(({ status }) => status)).toEqual([
      'valid',
      'rejected',
    ])
    await connect.provider('PUT', `/usage/files/${file.id}/approve-all`)
    expect([first?.status, second?.status]).toEqual(['accepted', 'rejected'])
  })
})

describe('what can be read', () => {
  test('the processed sheet, behind a link on another host that soon dies', async () => {
    const file = connect.world.reportUsage({ productId: signals.id, used: [used('1'), used('1', { mpn: 'NO-SUCH' })], submit: false })
    const { body } = await connect.vendor('GET', `/usage/files/${file.id}`)
    const link = new URL(JSON.parse(JSON.stringify(body)).processed_file_uri)
    const fetched = await connect.app.inject({ url: `${link.pathname}${link.search}` })
    const rows: (readonly string[])[] = []
    for await (const { cells } of (await openSpreadsheet(fetched.rawPayload)).rows('records')) rows.push(cells)
    expect([rows[0]?.at(-2), rows[1]?.at(-2), rows[2]?.slice(-2)]).toEqual([
      'status',
      'valid',
      ['invalid', 'item_search_value: No item with item.mpn NO-SUCH.'],
    ])
    connect.clock.moveBy(seconds(30))
    expect((await connect.app.inject({ url: `${link.pathname}${link.search}` })).statusCode).toBe(403)
  })

  test('a sheet that is none makes the file invalid', async () => {
    const made = await connect.vendor('POST', '/usage/files', {
      product: { id: signals.id },
      period: { from: '2026-03-01', to: '2026-03-31' },
    })
    const reply = await connect.upload(`/usage/files/${made.body.id}/upload`, Buffer.from('a,b\n1,2'))
    expect([reply.body.status, connect.world.usageFile(made.body.id).errorDetail]).toEqual([
      'invalid',
      expect.stringContaining('usage_file'),
    ])
  })

  test('quantities to the last digit, chunks, and sums by asset and item', async () => {
    const precise = { mpn: 'SIG-STORE-GB', quantity: '123456789012345.12345678' }
    const file = connect.world.reportUsage({ productId: signals.id, used: [used('1'), used('0.5'), used('', precise)] })
    await act(file, 'accept')
    expect((await connect.provider('GET', `/usage/records?usagefile.id=${file.id}`)).text).toContain('"usage":123456789012345.12345678')
    expect((await connect.provider('GET', '/usage/aggregates')).text).toContain('"accepted":15000,')
    const chunks = await connect.provider('GET', '/usage/chunks?status=ready')
    const [chunk] = chunks.rows
    expect((await connect.provider('GET', `/usage/chunks/${chunk?.id}/download`)).headers['content-type']).toContain('spreadsheet')
    expect((await connect.provider('POST', `/usage/chunks/${chunk?.id}/close`, { external_billing_id: 'x' })).body.status).toBe('closed')
  })
})
