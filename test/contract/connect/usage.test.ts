/** Usage in our client and the sandbox together, both held against Connect's official description. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRequest } from '../../../sandbox/connect/requests/create.ts'
import { productNamed, purchaseBody } from '../../../sandbox/connect/testing.ts'
import { connectSeed } from '../../../sandbox/seed.ts'
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts'
import { type ConnectClient, createConnect, type UsageRecord } from '../../../src/connect/index.ts'
import { createHttp, type Http } from '../../../src/kit/http.ts'
import { type UsageFileId, usageFileId, usageRecordId } from '../../../src/kit/ids.ts'
import { quantityOf } from '../../../src/kit/quantity.ts'
import { openSpreadsheet } from '../../../src/kit/spreadsheet/index.ts'
import { hours, plus } from '../../../src/kit/time.ts'
import { createJudge } from './spec.ts'

const judge = createJudge()
const signals = productNamed('Signals')
const uid = '37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const faults: string[] = []

/** Lets every exchange through and has it judged. */
function judged(http: Http): Http {
  return {
    close: () => http.close(),
    async send(request) {
      const reply = await http.send(request)
      const path = request.url.pathname.replace('/connect/public/v1', '')
      const call = { method: request.method, path, search: request.url.search, body: request.body && JSON.parse(request.body) }
      const told = [
        ...judge.faultsOfCall(call),
        ...(reply.status < 300 ? judge.faultsOfAnswer(call, reply.status, JSON.parse(reply.text)) : []),
      ]
      faults.push(...told.map((fault) => `${request.method} ${path} ${reply.status}: ${fault}`))
      return reply
    },
  }
}

let sandbox: Sandbox
let http: Http
let client: ConnectClient
let assetId: string
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  http = judged(createHttp({ pause: () => Promise.resolve() }))
  client = createConnect({ http, baseUrl: sandbox.urls.connect, apiKey: connectSeed.provider.token })
})
afterAll(async () => {
  await http.close()
  await sandbox.stop()
})
beforeEach(() => {
  sandbox.reset()
  const { world } = { world: sandbox.worlds.connect }
  const request = createRequest(world.state, purchaseBody(signals, { external_uid: uid }), 'provider')
  world.approve(request.id)
  assetId = request.assetId
})

function report(...quantities: readonly string[]): UsageFileId {
  const from = plus(sandbox.clock.now(), -hours(2))
  const used = quantities.map((quantity) => ({ assetId, mpn: 'SIG-STORE-GB', quantity, from }))
  return usageFileId.parse(sandbox.worlds.connect.reportUsage({ productId: signals.id, used }).id)
}

async function recordsOf(fileId: UsageFileId): Promise<readonly UsageRecord[]> {
  const all: UsageRecord[] = []
  for await (const { items } of client.usageRecords.pages({ fileId })) all.push(...items)
  return all
}

describe('a vendor’s usage', () => {
  test('is found, judged, accepted, read to the last digit, closed with its proof, and its file with it', async () => {
    const fileId = report('1.5', '1234567890.12345678')
    expect((await client.usageFiles.list({ statuses: ['pending', 'accepted'], environments: ['production'] })).items).toMatchObject([
      { id: fileId, status: 'pending', schema: 'qt', environment: 'production', productId: signals.id, currency: 'USD' },
    ])
    expect(await client.usageFiles.accept(fileId, 'n'.repeat(300))).toMatchObject({ status: 'accepted', acceptanceNote: 'n'.repeat(200) })
    const records = await recordsOf(fileId)
    expect(records).toMatchObject([
      { status: 'approved', usage: { quantity: quantityOf('1.5') }, assetExternalUid: uid, itemPrecision: 'Decimal(8)', fileId },
      { status: 'approved', usage: { quantity: quantityOf('1234567890.12345678') } },
    ])
    await expect(client.usageFiles.close(fileId)).rejects.toMatchObject({ code: 'ERR_CONNECT_INVALID' })
    const results = await client.usageRecords.closeMany(records.map(({ id }) => ({ id, externalBillingId: `event ${id}`, note: 'Taken.' })))
    expect(results.map(({ status }) => status)).toEqual(['closed', 'closed'])
    expect(await client.usageRecords.get(usageRecordId.parse(records[0]?.id))).toMatchObject({
      externalBillingNote: 'Taken.',
      status: 'closed',
    })
    expect(await client.usageFiles.close(fileId)).toMatchObject({ status: 'closed', records: { closed: 2 } })
    expect(await client.usageAggregates.ofAsset(uid)).toMatchObject([{ accepted: { quantity: quantityOf('123456789162345678') } }])
  })

  test('that is rejected goes back with the reason', async () => {
    const fileId = report('1')
    expect(await client.usageFiles.reject(fileId, 'Row 1: too late.')).toMatchObject({
      status: 'rejected',
      rejectionNote: 'Row 1: too late.',
    })
    await expect(client.usageFiles.accept(fileId, '')).rejects.toMatchObject({ code: 'ERR_CONNECT_INVALID' })
  })

  test('closed in part is told record by record, and a lost answer may be asked again', async () => {
    const fileId = report('1', '2', '3')
    await client.usageFiles.accept(fileId, '')
    const closings = (await recordsOf(fileId)).map(({ id }) => ({ id }))
    Object.assign(sandbox.worlds.connect.options, { closeFailures: 1 })
    const results = await client.usageRecords.closeMany(closings)
    expect(results.map(({ status, errorCodes }) => [status, errorCodes])).toEqual([
      ['approved', ['USG_099']],
      ['closed', []],
      ['closed', []],
    ])
    sandbox.worlds.faults.add({ world: 'connect', path: 'close-records', kind: 'hangAfterEffect' })
    await expect(client.usageRecords.closeMany(closings)).rejects.toMatchObject({ outcomeUnknown: true })
    expect((await client.usageRecords.closeMany(closings)).map(({ status }) => status)).toEqual(['closed', 'closed', 'closed'])
  })

  test('is there as a spreadsheet too, behind a link on another host, and as a chunk of the hub', async () => {
    const fileId = report('1.5')
    await client.usageFiles.accept(fileId, '')
    expect(await sheetOf(await client.usageFiles.download(fileId, 'processed'))).toMatchObject([
      expect.arrayContaining(['quantity']),
      expect.arrayContaining(['1.5']),
    ])
    const { items } = await client.usageChunks.list({ fileId })
    expect(await sheetOf(await client.usageChunks.download(items[0]?.id ?? ''))).toHaveLength(2)
    expect(await client.usageChunks.setExternalId(items[0]?.id ?? '', 'ours')).toMatchObject({ externalId: 'ours', status: 'ready' })
    expect(await client.usageChunks.close(items[0]?.id ?? '', 'ours', 'Taken.')).toMatchObject({ status: 'closed' })
  })

  test('nothing above was outside the official description, on either side', () => expect(faults).toEqual([]))
})

async function sheetOf(bytes: AsyncIterable<Uint8Array>): Promise<readonly (readonly string[])[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  const workbook = await openSpreadsheet(Buffer.concat(chunks))
  const rows: (readonly string[])[] = []
  for await (const { cells } of workbook.rows('records')) rows.push(cells)
  workbook.close()
  return rows
}
