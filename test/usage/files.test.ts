/** Usage files of a vendor, from submitted to closed, over both sandbox worlds. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createFile, submitFile, uploadRows } from '../../sandbox/connect/usage/files.ts'
import { runCli } from '../../src/cli/program.ts'
import { productId, usageFileId } from '../../src/kit/ids.ts'
import { days, hours, instant, minutes, plus } from '../../src/kit/time.ts'
import { closeUnbilled, judgeAgain } from '../../src/usage/index.ts'
import { assetOf } from '../helpers/notified-world.ts'
import { buy, confirm, land, TENANT, type World } from '../helpers/world.ts'
import {
  attentionOf,
  books,
  connectFile,
  connectRecords,
  find,
  ours,
  recordsOf,
  reportFile,
  setUsagePolicy,
  untilClosed,
  used,
} from './files-world.ts'
import { ago, createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterEach(async () => {
  const { options } = world.sandbox.worlds.connect
  Object.assign(options, {
    usageAcceptance: 'manual',
    recordsOnAccept: 'approved',
    lastRecord: 'leavesFile',
    billingId: 'optional',
    maxBulkClose: 1000,
  })
  await setUsagePolicy(world, {})
})
afterAll(() => world.stop())

test('a file becomes accepted usage events and a closed file, each record closed with the event that billed it', async () => {
  const bought = await metered(world)
  await world.pass(hours(3))
  const file = reportFile(
    world,
    used(world, bought, '1.5', ago(world, hours(3))),
    used(world, bought, '2.25', ago(world, hours(3))),
    used(world, bought, '0.12345678', ago(world, hours(2)), { mpn: 'SIG-STORE-GB' }),
  )
  await find(world)
  expect(connectFile(world, file)).toMatchObject({
    status: 'accepted',
    acceptanceNote: 'All 3 records are billed by the Microsoft marketplace.',
  })
  await untilClosed(world, file)
  const events = world.sandbox.worlds.marketplace.billed(bought.key.subscriptionId)
  expect(events.map(({ dimension, quantity }) => [dimension, quantity])).toEqual([
    ['events', '3.75'],
    ['storage', '0.12345678'],
  ])
  const [first, second, third] = connectRecords(world, file)
  expect(first?.billingId).toBe(second?.billingId)
  expect(first?.billingId).toMatch(/^[0-9a-f-]{36}$/)
  expect(third?.billingNote).toMatch(/^Billed by Microsoft as storage in the hour /)
  expect(await books(world, bought)).toEqual({ ledger: '3.87345678', microsoft: '3.87345678', connect: true })
  expect((await ours(world, file)).state).toBe('closed')
})

test('a file with bad records is given back with the reasons, and the corrected one is billed', async () => {
  const bought = await metered(world)
  await world.pass(hours(2))
  const file = reportFile(
    world,
    used(world, bought, '5', ago(world, hours(2))),
    used(world, bought, '7', plus(world.clock.now(), hours(5))),
  )
  await find(world)
  expect(connectFile(world, file)).toMatchObject({ status: 'rejected' })
  expect(connectFile(world, file).rejectionNote).toMatch(/^1 of 2 records cannot be billed. It is stamped in the future \(1, UR-/)
  expect((await recordsOf(world, file)).map(({ reasons }) => reasons)).toEqual([[], ['IN_FUTURE']])
  expect(await attentionOf(world, file)).toEqual(['USAGE_FILE_REJECTED'])
  const { connect } = world.sandbox.worlds
  connect.correctUsage(file, [used(world, bought, '5', ago(world, hours(2))), used(world, bought, '7', ago(world, hours(1)))])
  world.clock.moveBy(minutes(1))
  connect.submitUsage(file)
  await find(world)
  expect(connectFile(world, file).status).toBe('accepted')
  expect(await attentionOf(world, file)).toEqual([])
  await untilClosed(world, file)
  expect(await books(world, bought)).toEqual({ ledger: '12', microsoft: '12', connect: true })
})

test('where the product takes files in part, the good records are billed and the bad ones closed with their reason', async () => {
  await setUsagePolicy(world, { acceptPartly: true })
  const bought = await metered(world)
  await world.pass(hours(2))
  const file = reportFile(
    world,
    used(world, bought, '5', ago(world, hours(2))),
    used(world, bought, '7', plus(world.clock.now(), hours(9))),
  )
  await find(world)
  expect(connectFile(world, file).acceptanceNote).toMatch(/^1 of 2 records cannot be billed\./)
  await untilClosed(world, file)
  expect(connectRecords(world, file).map(({ billingId, billingNote }) => [billingId === '', billingNote.slice(0, 40)])).toEqual([
    [false, expect.stringMatching(/^Billed by Microsoft as events/)],
    [true, 'Not billed. It is stamped in the future.'],
  ])
  expect(await books(world, bought)).toEqual({ ledger: '5', microsoft: '5', connect: true })
})

test('bad records of a file Connect accepted by itself are held for an operator; the file closes once somebody has decided', async () => {
  Object.assign(world.sandbox.worlds.connect.options, { usageAcceptance: 'automatic', recordsOnAccept: 'valid' })
  const bought = await metered(world)
  await world.pass(hours(2))
  const soon = plus(world.clock.now(), hours(3))
  const file = reportFile(
    world,
    used(world, bought, '5', ago(world, hours(2))),
    used(world, bought, '7', soon, { to: soon }),
    used(world, bought, '9', plus(soon, hours(90))),
  )
  await find(world)
  await world.pass(hours(2))
  await world.pass(hours(2))
  expect((await recordsOf(world, file)).map(({ state, reasons }) => [state, ...reasons])).toEqual([
    ['closed'],
    ['held', 'IN_FUTURE'],
    ['held', 'IN_FUTURE'],
  ])
  expect(await attentionOf(world, file)).toEqual(['USAGE_RECORDS_HELD'])
  const key = { tenantId: TENANT, fileId: usageFileId.parse(file) }
  expect(await judgeAgain(world.database.db, key, { by: 'mara' }, world.clock.now())).toEqual({ outcome: 'judgedAgain', records: 2 })
  await world.rest()
  expect((await recordsOf(world, file)).map(({ state }) => state)).toEqual(['closed', 'taken', 'held'])
  expect(await closeUnbilled(world.database.db, key, { by: 'mara' }, world.clock.now())).toEqual({ outcome: 'closedUnbilled', records: 1 })
  await untilClosed(world, file)
  expect(await attentionOf(world, file)).toEqual([])
  expect(await books(world, bought)).toEqual({ ledger: '12', microsoft: '12', connect: true })
})

test('a file stamped over the whole month is billed in the present hour, and each record says so', async () => {
  const bought = await metered(world)
  await world.pass(hours(1))
  const now = world.clock.now()
  const month = instant(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()))
  await world.database.pool.query('update subscription_phases set from_at = $1, term_start = $1 where subscription_id = $2', [
    plus(month, -days(60)),
    bought.key.subscriptionId,
  ])
  const last = instant(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1))
  const file = reportFile(world, used(world, bought, '31', last, { to: plus(month, -1000) }))
  await find(world)
  await untilClosed(world, file)
  expect(connectRecords(world, file)[0]?.billingNote).toMatch(/It was stamped over a whole month\.$/)
  expect(await books(world, bought)).toEqual({ ledger: '31', microsoft: '31', connect: true })
})

test('an amount is billed where the dimension is a unit of the currency, and refused where it is not', async () => {
  const { connect } = world.sandbox.worlds
  connect.setUsageSchema(SIGNALS, 'cr')
  const bought = await metered(world)
  await world.pass(hours(2))
  const row = () => used(world, bought, '1', ago(world, hours(2)), { amount: '12.34' })
  const refused = reportFile(world, row())
  await find(world)
  expect(connectFile(world, refused).rejectionNote).toMatch(/Only quantities \(QT\) are billed/)
  await setUsagePolicy(world, { dimensions: [{ id: 'events', source: 'connect', carryBelowCent: false, currency: 'USD' }] })
  const taken = reportFile(world, row())
  await find(world)
  await untilClosed(world, taken)
  connect.setUsageSchema(SIGNALS, 'qt')
  expect(await books(world, bought)).toEqual({ ledger: '12.34', microsoft: '12.34', connect: true })
})

test('records Connect does not close are tried again with growing pauses, and somebody is told while it goes on', async () => {
  const bought = await metered(world)
  await world.pass(hours(2))
  Object.assign(world.sandbox.worlds.connect.options, { closeFailures: 1000, maxBulkClose: 2, billingId: 'required' })
  const file = reportFile(world, ...['1', '2', '0'].map((quantity) => used(world, bought, quantity, ago(world, hours(2)))))
  await find(world)
  for (let n = 0; n < 12; n++) await world.pass(minutes(16))
  expect(await attentionOf(world, file)).toContain('USAGE_RECORDS_NOT_CLOSED')
  expect(connectFile(world, file).status).toBe('accepted')
  world.sandbox.worlds.connect.options.closeFailures = 0
  await world.pass(hours(7))
  await untilClosed(world, file)
  expect(await attentionOf(world, file)).toEqual([])
  expect(await books(world, bought)).toEqual({ ledger: '3', microsoft: '3', connect: true })
})

test('rows exported from what an application told are recognised when they come back, and closed without sending', async () => {
  await setUsagePolicy(world, { dimensions: [{ id: 'events', source: 'api', carryBelowCent: false }] })
  const bought = await metered(world)
  const told = event(bought, '4', world.clock.now())
  await report(world, told)
  await world.pass(hours(2) + minutes(10))
  const { state } = world.sandbox.worlds.connect
  const day = world.clock.now().toISOString().slice(0, 10)
  const sheet = createFile(state, { productId: SIGNALS, period: { from: day, to: day }, externalId: 'bridge-2031' })
  const row = { itemCriteria: 'item.mpn', itemValue: 'SIG-EVENTS-K', assetCriteria: 'asset.id', assetValue: assetOf(world, bought).id }
  const times = { startTime: `${day} 00:00:00`, endTime: `${day} 01:00:00` }
  uploadRows(state, sheet, [{ ...row, ...times, recordId: 'r1', quantity: '4', note: `bridge:${told.key}` }])
  submitFile(state, sheet)
  await find(world)
  await untilClosed(world, sheet.id)
  const [closed] = connectRecords(world, sheet.id)
  expect(closed?.billingId).toBe((await slotsOf(world, bought))[0]?.usage_event_id)
  expect(await books(world, bought)).toEqual({ ledger: '4', microsoft: '4', connect: true })
  expect((await ours(world, sheet.id)).read_by).toBe('spreadsheet')
})

test('usage of a product whose flat fee covers it is accepted and closed with a note, and nothing is sent', async () => {
  const backup = productId.parse('PRD-417-220-903')
  const { connect, marketplace } = world.sandbox.worlds
  connect.setMode(backup, { kind: 'automatic' })
  const bought = buy(world, { offerId: 'larkspur-backup', planId: 'standard' })
  await land(world, bought, backup)
  await confirm(world, bought)
  await world.until('an active subscription', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')
  await world.pass(hours(2))
  const row = used(world, bought, '120', ago(world, hours(2)), { mpn: 'BACKUP-FLAT' })
  const file = connect.reportUsage({ productId: backup, used: [row] }).id
  await find(world)
  await untilClosed(world, file)
  expect(connectRecords(world, file)[0]?.billingNote).toBe('Covered by the flat fee: nothing is billed by usage.')
  expect(marketplace.billed(bought.key.subscriptionId)).toEqual([])
})

test('the commands tell of a file, list its reasons as CSV, and change nothing without --yes', async () => {
  const bought = await metered(world)
  const file = reportFile(world, used(world, bought, '7', plus(world.clock.now(), hours(5))))
  await find(world)
  const run = async (...args: readonly string[]) => {
    const said: string[] = []
    const say = (text: string): void => void said.push(text)
    const env = {
      SANDBOX: 'off',
      DATABASE_URL: world.database.url,
      BRIDGE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      PUBLIC_URL: 'https://shop.example',
    }
    const code = await runCli(['usage', 'file', ...args], { env, clock: world.clock, out: say, err: say })
    return { code, out: said.join('') }
  }
  expect((await run('list', TENANT, '--state', 'rejected')).out).toContain(file)
  expect((await run('show', file)).out).toContain('IN_FUTURE (1): It is stamped in the future')
  expect((await run('show', file, '--csv')).out).toMatch(/\r\nUR-[^,]+,bad,IN_FUTURE,It is stamped in the future,AS-/)
  expect(await run('judge', file)).toMatchObject({ code: 1, out: expect.stringContaining('No record of this file is held.') })
  expect((await run('show', 'UF-1')).out).toContain('ERR_USAGE_FILE_NOT_FOUND')
})
