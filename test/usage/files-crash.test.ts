/** Whatever stops the process on a file's way, and however many work on it: each record is billed once and closed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CrashPoint, crashAt, noCrash } from '../../src/kit/crash-point.ts'
import { silentLog } from '../../src/kit/log.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { createBridge } from '../../src/main/bridge.ts'
import { wakeUsageFiles } from '../../src/usage/index.ts'
import type { Bought, World } from '../helpers/world.ts'
import { books, connectFile, connectRecords, find, reportFile, setUsagePolicy, untilClosed, used } from './files-world.ts'
import { ago, createNotifiedWorld, metered } from './metered-world.ts'

let world: World
let bought: Bought
let crash: CrashPoint = noCrash
const passed = new Set<string>()
beforeAll(async () => {
  world = await createNotifiedWorld({
    crashPoint: (name) => {
      passed.add(name)
      crash(name)
    },
  })
  bought = await metered(world)
  await world.pass(hours(2))
})
afterAll(() => world.stop())

const POINTS = [
  'usage.file.begun',
  'usage.file.read',
  'usage.file.judged',
  'usage.file.tellIntended',
  'usage.file.told',
  'usage.file.tellStored',
  'usage.file.part',
  'usage.file.taken',
  'usage.file.closingIntended',
  'usage.file.closingCalled',
  'usage.file.closingStored',
  'usage.file.recordsClosed',
  'usage.file.closeIntended',
  'usage.file.closeCalled',
  'usage.file.over',
  'usage.sealed',
  'usage.send.intended',
  'usage.send.called',
]
let billed = 0

const threeBooks = async (): Promise<void> => {
  const sum = String(billed)
  expect(await books(world, bought)).toEqual({ ledger: sum, microsoft: sum, connect: true })
}

test.each(POINTS)('stopped at %s, the file is billed once and closed all the same', async (point) => {
  crash = crashAt(point)
  const file = reportFile(world, used(world, bought, '3', ago(world, minutes(70))), used(world, bought, '4', ago(world, minutes(70))))
  billed += 7
  await find(world)
  await untilClosed(world, file)
  crash = noCrash
  expect(passed).toContain(point)
  expect(connectRecords(world, file).every(({ status }) => status === 'closed')).toBe(true)
  await threeBooks()
})

test('a lost answer to accept or close is looked up, never repeated blindly', async () => {
  const { faults } = world.sandbox.worlds
  faults.add({ world: 'connect', path: '/accept', kind: 'hangAfterEffect', times: 1 })
  faults.add({ world: 'connect', path: 'close-records', kind: 'hangAfterEffect', times: 1 })
  const file = reportFile(world, used(world, bought, '5', ago(world, minutes(70))))
  billed += 5
  await find(world)
  await untilClosed(world, file)
  faults.clear()
  await threeBooks()
})

test('two workers on the same files bill and close each record once', async () => {
  const { config, clock, database, keyring } = world
  const second = await createBridge({ config, storage: { ...database, keyring }, clock, log: silentLog, onlyWhenAsked: true })
  const quantities = [11, 12, 13, 14, 15, 16] // the same ones in several files would be held for an operator
  const files = quantities.map((quantity) => reportFile(world, used(world, bought, String(quantity), ago(world, minutes(70)))))
  billed += quantities.reduce((sum, quantity) => sum + quantity)
  for (let n = 0; n < 40 && files.some((file) => connectFile(world, file).status !== 'closed'); n++) {
    await wakeUsageFiles(database.db, clock.now())
    while ((await Promise.all([world.bridge.worker.runDue(), second.worker.runDue()])).some((ran) => ran > 0)) await world.sandbox.settled()
    clock.moveBy(minutes(16))
  }
  await second.stop()
  expect(files.map((file) => connectFile(world, file).status)).toEqual(files.map(() => 'closed'))
  await threeBooks()
})

test('a file for the test connection never reaches a paid subscription', async () => {
  await setUsagePolicy(world, { acceptPartly: true })
  const { state } = world.sandbox.worlds.connect
  const file = reportFile(world, used(world, bought, '9', ago(world, minutes(70))))
  const stored = state.usage.files.get(file)
  if (stored) stored.environment = 'test'
  await find(world)
  expect(connectFile(world, file)).toMatchObject({ status: 'rejected', rejectionNote: expect.stringContaining('not both for test') })
  await threeBooks()
})
