/** A vendor uploads the same usage in another file: Connect gives it other record ids, and it is billed once unless an operator says otherwise. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hours, minutes } from '../../src/kit/time.ts'
import { decideHeld, listHeld, policiesOf } from '../../src/usage/index.ts'
import { TENANT, type World } from '../helpers/world.ts'
import { books, connectRecords, find, recordsOf, reportFile, untilClosed, used } from './files-world.ts'
import { ago, createNotifiedWorld, metered } from './metered-world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())

const codes = async (): Promise<readonly string[]> =>
  (await world.database.pool.query('select code from attention_items where ended_at is null order by code')).rows.map(({ code }) => code)

async function decideAll(decision: 'release' | 'drop'): Promise<void> {
  const { db } = world.database
  const intake = { tenantId: TENANT, policyOf: await policiesOf(db, TENANT), now: world.clock.now() }
  await decideHeld(db, intake, { decision, records: await listHeld(db, TENANT), by: 'mara' })
}

test.each([
  ['dropped: it is billed once, and the second file is closed with why', 'drop', '5', /an operator decided so/],
  ['released: the vendor did use it twice', 'release', '9', /held, and an operator let it go/],
] as const)('the same usage in two files is held, and %s', async (_what, decision, billed, note) => {
  const bought = await metered(world)
  await world.pass(hours(2))
  const row = used(world, bought, '4', ago(world, hours(1)))
  const first = reportFile(world, row)
  await find(world)
  const second = reportFile(world, row, { ...row, quantity: '1' })
  await find(world)
  await untilClosed(world, first)
  await world.pass(hours(2))
  expect((await listHeld(world.database.db, TENANT)).map(({ because }) => because)).toEqual(['reportedBefore'])
  expect(await codes()).toContain('USAGE_HELD')
  expect((await books(world, bought)).microsoft).toBe('5')

  await decideAll(decision)
  await untilClosed(world, second)
  expect(connectRecords(world, second).some(({ billingNote }) => note.test(billingNote))).toBe(true)
  expect(await books(world, bought)).toEqual({ ledger: billed, microsoft: billed, connect: true })
  expect(await codes()).not.toContain('USAGE_HELD')
})

test('twice in one file is twice, and a file that was given back may come again', async () => {
  const bought = await metered(world)
  await world.pass(hours(2))
  const row = used(world, bought, '3', ago(world, hours(1)))
  const bad = reportFile(world, row, { ...row, from: ago(world, -hours(5)) })
  await find(world)
  expect(world.sandbox.worlds.connect.usageFile(bad).status).toBe('rejected')
  const file = reportFile(world, row, row)
  await find(world)
  await world.pass(minutes(5))
  expect((await recordsOf(world, file)).map(({ state }) => state)).toEqual(['taken', 'taken'])
  await untilClosed(world, file)
  expect(await books(world, bought)).toEqual({ ledger: '6', microsoft: '6', connect: true })
})
