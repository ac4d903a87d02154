/** Usage files of a vendor, from submitted to closed, over both sandbox worlds. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import type { World } from '../helpers/world.ts'
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
import { ago, createNotifiedWorld, metered } from './metered-world.ts'

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
