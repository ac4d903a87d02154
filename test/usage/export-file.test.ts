/** What an application told goes to Connect as the vendor's own usage file, comes back, and is closed without sending. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFile, submitFile, uploadRows } from '../../sandbox/connect/usage/files.ts'
import { readSheet } from '../../sandbox/connect/usage/sheet.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { exportPeriod } from '../../src/usage/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import type { World } from '../helpers/world.ts'
import { books, connectRecords, find, setUsagePolicy, untilClosed } from './files-world.ts'
import { ago, createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'usage-export-'))
let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.stop()
})

test('events are exported, uploaded by the vendor, recognised, and closed: nothing is sent twice, and all three books agree', async () => {
  await setUsagePolicy(world, { dimensions: [{ id: 'events', source: 'api', carryBelowCent: false }] })
  const bought = await metered(world)
  await world.pass(hours(2))
  const told = ['4', '0.0005', '2.25'].map((quantity, n) => event(bought, quantity, ago(world, minutes(30 * n + 1))))
  await report(world, ...told, event(bought, '0.00001', ago(world, minutes(1))))
  await world.pass(hours(2) + minutes(10))
  const billed = world.sandbox.worlds.marketplace.billed(bought.key.subscriptionId)
  const path = join(folder, 'events.xlsx')
  const month = ago(world, hours(4)).toISOString().slice(0, 7)
  const ran = await terminal(world)('usage', 'file', 'export', 'larkspur', SIGNALS, month, path, '--json')
  expect([ran.code, ran.err]).toEqual([0, ''])
  const written: { externalId: string; rows: number; leftOut: unknown; period: { from: string; to: string } } = JSON.parse(ran.out)
  expect(written).toMatchObject({ rows: 3, leftOut: { tooFine: 1 } })

  const { state } = world.sandbox.worlds.connect
  const { externalId, period } = written
  const file = createFile(state, { productId: SIGNALS, period, externalId })
  uploadRows(state, file, await readSheet(readFileSync(path)))
  expect([file.status, file.errorDetail]).toEqual(['ready', ''])
  submitFile(state, file)
  await find(world)
  await untilClosed(world, file.id)
  const events = (await slotsOf(world, bought)).map((slot) => slot.usage_event_id)
  const closed = connectRecords(world, file.id)
  expect(closed.map(({ status }) => status)).toEqual(['closed', 'closed', 'closed'])
  expect(closed.every(({ billingId }) => events.includes(billingId))).toBe(true)
  expect(world.sandbox.worlds.marketplace.billed(bought.key.subscriptionId)).toEqual(billed)
  expect(await books(world, bought)).toEqual({ ledger: '6.25051', microsoft: '6.25051', connect: true })
})

test.each([
  ['2028-02', { from: '2028-02-01', to: '2028-02-29' }],
  ['2030-12', { from: '2030-12-01', to: '2030-12-31' }],
  ['2030-01-31', { from: '2030-01-31', to: '2030-01-31' }],
  ['2030-02-30', undefined],
  ['2030-13', undefined],
  ['January', undefined],
])('the period %s', (text, period) => expect(exportPeriod(text)).toEqual(period))
