/** Records of usage files that do not simply get billed: each is closed at Connect with what became of it, and its file with them. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFile, submitFile, uploadRows } from '../../sandbox/connect/usage/files.ts'
import { listWork } from '../../src/database/work/index.ts'
import { days, hours, minutes } from '../../src/kit/time.ts'
import { decideHeld, decideSlots, listHeldOf, listSlots, policiesOf, resumeSending, stopSending } from '../../src/usage/index.ts'
import { assetOf } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { books, connectFile, connectRecords, find, ours, recordsOf, reportFile, setUsagePolicy, untilClosed, used } from './files-world.ts'
import { ago, createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

let world: World
let bought: Bought
beforeAll(async () => {
  world = await createNotifiedWorld()
})
beforeEach(async () => {
  bought = await metered(world)
})
afterEach(() => {
  Object.assign(world.sandbox.worlds.connect.options, { lastRecord: 'leavesFile' })
  return setUsagePolicy(world, {})
})
afterAll(() => world.stop())

const db = () => world.database.db
const intake = async () => ({ tenantId: TENANT, policyOf: await policiesOf(db(), TENANT), now: world.clock.now() })
const notes = (file: string) => connectRecords(world, file).map(({ billingNote }) => billingNote)

/** Consumed a day and a half ago: no hour of its own takes it any more. */
async function lateFile(): Promise<string> {
  await world.pass(days(2))
  const file = reportFile(world, used(world, bought, '6', ago(world, hours(36))))
  await find(world)
  return file
}

test('a record whose hour is billed later is closed after that bill, with that event', async () => {
  await world.pass(hours(2))
  const file = reportFile(world, used(world, bought, '8', ago(world, hours(1))))
  await stopSending(db(), TENANT, { productId: SIGNALS, by: 'mara', note: undefined }, world.clock.now())
  await find(world)
  await world.pass(hours(26))
  await resumeSending(db(), TENANT, { productId: SIGNALS, by: 'mara' }, world.clock.now())
  await world.rest()
  const slots = await listSlots(
    db(),
    { tenantId: TENANT, subscriptionId: bought.key.subscriptionId, states: ['expired'] },
    world.clock.now(),
  )
  expect(await decideSlots(db(), await intake(), { decision: 'billLater', slots, by: 'mara' })).toMatchObject([{ outcome: 'billedLater' }])
  const [woken] = await listWork(db(), { kind: 'usage.file', key: file })
  expect(woken?.dueAt?.getTime()).toBeLessThanOrEqual(world.clock.now().getTime()) // at once: a person waits
  await world.pass(minutes(16))
  expect([connectFile(world, file).status, notes(file)]).toEqual(['accepted', ['']])
  await untilClosed(world, file)
  const [first, later] = await slotsOf(world, bought)
  expect([first?.state, later?.state]).toEqual(['billedLater', 'accepted'])
  expect(connectRecords(world, file)[0]?.billingId).toBe(later?.usage_event_id)
  expect(notes(file)).toEqual([expect.stringMatching(/^Microsoft did not take .*\. Billed by Microsoft as events in the hour /)])
  expect(await books(world, bought)).toEqual({ ledger: '8', microsoft: '8', connect: true })
})

test('an expired link to a processed spreadsheet is asked for again, and the file is read from it', async () => {
  await setUsagePolicy(world, { dimensions: [{ id: 'events', source: 'api', carryBelowCent: false }] })
  const told = event(bought, '4', world.clock.now())
  await report(world, told)
  await world.pass(hours(2) + minutes(10))
  const { state, options } = world.sandbox.worlds.connect
  const day = world.clock.now().toISOString().slice(0, 10)
  const sheet = createFile(state, { productId: SIGNALS, period: { from: day, to: day }, externalId: 'bridge-again' })
  const row = { itemCriteria: 'item.mpn', itemValue: 'SIG-EVENTS-K', assetCriteria: 'asset.id', assetValue: assetOf(world, bought).id }
  const times = { startTime: `${day} 00:00:00`, endTime: `${day} 01:00:00` }
  uploadRows(state, sheet, [{ ...row, ...times, recordId: 'r1', quantity: '4', note: `bridge:${told.key}` }])
  submitFile(state, sheet)
  const { linkLifetime } = options
  const lives = { links: 0 }
  // Connect gives a link with every look at a file; those before the second download are over at once.
  Object.defineProperty(options, 'linkLifetime', { configurable: true, get: () => (lives.links++ < 4 ? 0 : linkLifetime) })
  await find(world)
  Object.defineProperty(options, 'linkLifetime', { configurable: true, writable: true, enumerable: true, value: linkLifetime })
  await untilClosed(world, sheet.id)
  expect(lives.links).toBeGreaterThan(4)
  expect((await ours(world, sheet.id)).read_by).toBe('spreadsheet')
  expect(connectRecords(world, sheet.id)[0]?.billingId).toBe((await slotsOf(world, bought))[0]?.usage_event_id)
})

test('a file that Connect closes with its last record is closed for us too, and nothing is said to Connect again', async () => {
  world.sandbox.worlds.connect.options.lastRecord = 'closesFile'
  await world.pass(hours(2))
  const file = reportFile(world, used(world, bought, '5', ago(world, hours(1))), used(world, bought, '2', ago(world, hours(1))))
  await find(world)
  await untilClosed(world, file)
  expect(await ours(world, file)).toMatchObject({ state: 'closed', tries: 0, trouble: null, intent: null, closed_at: expect.any(Date) })
  expect((await recordsOf(world, file)).map(({ state }) => state)).toEqual(['closed', 'closed'])
  expect(await books(world, bought)).toEqual({ ledger: '7', microsoft: '7', connect: true })
})

test('a late record under `hold` closes at once when an operator drops it, with that reason', async () => {
  await setUsagePolicy(world, { late: 'hold' })
  const file = await lateFile()
  expect(connectFile(world, file).status).toBe('accepted')
  const records = await listHeldOf(db(), { tenantId: TENANT, subscriptionId: bought.key.subscriptionId })
  expect(records.map(({ because }) => because)).toEqual(['late'])
  await decideHeld(db(), await intake(), { decision: 'drop', records, by: 'mara', note: 'agreed with the buyer' })
  await world.rest()
  expect([connectFile(world, file).status, (await ours(world, file)).state]).toEqual(['closed', 'closed'])
  expect(notes(file)).toEqual(['Not billed: an operator decided so.'])
})

test('a late record under `hold` that is released wakes its file at once, and is closed with the event it is billed by', async () => {
  await setUsagePolicy(world, { late: 'hold' })
  const file = await lateFile()
  const records = await listHeldOf(db(), { tenantId: TENANT, subscriptionId: bought.key.subscriptionId })
  const before = (await ours(world, file)).updated_at
  await decideHeld(db(), await intake(), { decision: 'release', records, by: 'mara' })
  world.clock.moveBy(minutes(1))
  await world.rest()
  expect((await ours(world, file)).updated_at.getTime()).toBeGreaterThan(before.getTime())
  await untilClosed(world, file)
  expect(notes(file)).toEqual([expect.stringMatching(/held, and an operator let it go/)])
  expect(await books(world, bought)).toEqual({ ledger: '6', microsoft: '6', connect: true })
})

test('a late record under `hold` nobody decides about closes at its deadline, with that reason', async () => {
  await setUsagePolicy(world, { late: 'hold' })
  const file = await lateFile()
  await world.pass(days(7) - minutes(5))
  expect(connectFile(world, file).status).toBe('accepted')
  await world.pass(minutes(6))
  expect(connectFile(world, file).status).toBe('closed')
  expect(notes(file)).toEqual(['Not billed: it was held, and nobody decided about it in time.'])
})

test('a late record under `reject` is closed with the reason where files are taken in part, and gives the file back where not', async () => {
  await setUsagePolicy(world, { late: 'reject', acceptPartly: true })
  await world.pass(days(2))
  const rows = [used(world, bought, '6', ago(world, hours(36))), used(world, bought, '1', ago(world, hours(1)))]
  const file = reportFile(world, ...rows)
  await find(world)
  await untilClosed(world, file)
  expect(notes(file)[0]).toMatch(/^Not billed\. .*late/)
  expect(await books(world, bought)).toEqual({ ledger: '1', microsoft: '1', connect: true })
  await setUsagePolicy(world, { late: 'reject' })
  const back = reportFile(world, ...rows)
  await find(world)
  expect(connectFile(world, back)).toMatchObject({ status: 'rejected', rejectionNote: expect.stringMatching(/late/) })
})
