/** The brakes: many cancels within an hour pause themselves, whatever number of workers is at it; an operator lets them go on. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { listAttention } from '../../src/attention/index.ts'
import { silentLog } from '../../src/kit/log.ts'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import { createBridge } from '../../src/main/bridge.ts'
import { confirmTenant, readBrakes, releaseTenant } from '../../src/subscriptions/index.ts'
import { type Bought, buy, confirm, createWorld, land, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
let all: readonly Bought[]

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

beforeEach(async () => {
  const now = world.clock.now()
  await releaseTenant(world.database.db, TENANT, plus(now, hours(1)), now)
  await world.rest() // what the test before left waiting
  await releaseTenant(world.database.db, TENANT, world.clock.now(), world.clock.now())
  world.sandbox.worlds.connect.setMode(NOTES, { kind: 'automatic' })
  all = await Promise.all(Array.from({ length: 9 }, () => sold()))
  await world.until('nine active subscriptions', async () => {
    const records = await Promise.all(all.map(({ key }) => world.read(key)))
    return records.every(({ microsoft, next }) => microsoft.status === 'Subscribed' && next?.kind === 'settled')
  })
})

async function sold(): Promise<Bought> {
  const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 3 })
  await land(world, bought)
  await confirm(world, bought)
  return bought
}

const endAll = (): void => {
  for (const { key } of all) granted(world.sandbox.worlds.marketplace.cancel(key.subscriptionId))
}
const cancels = (): number =>
  all.reduce((sum, { key }) => sum + world.sandbox.worlds.connect.requests({ externalUid: key.subscriptionId, type: 'cancel' }).length, 0)
const pauses = async () => (await listAttention(world.database.db, { tenantId: TENANT }, world.clock.now())).map(({ code }) => code)
const held = async () => {
  const records = await Promise.all(all.map(({ key }) => world.read(key)))
  return records.filter(({ next }) => next?.waitsFor === 'operator').length
}

describe('when nine of nine subscriptions end within an hour', () => {
  test('five are cancelled at the vendor, the others wait with one attention item, and go on once an operator releases them', async () => {
    endAll()
    await world.pass(minutes(6))
    expect([cancels(), await held(), await pauses()]).toEqual([5, 4, ['ENDS_PAUSED']])
    await world.pass(hours(30))
    expect([cancels(), await pauses()]).toEqual([5, ['ENDS_PAUSED']])
    const now = world.clock.now()
    expect(await releaseTenant(world.database.db, TENANT, plus(now, hours(1)), now)).toBeDefined()
    await world.rest()
    expect([cancels(), await held(), await pauses()]).toEqual([9, 0, []])
  })

  test('two workers on one database cannot pass it together', async () => {
    const storage = { ...world.database, keyring: world.keyring }
    const other = await createBridge({ config: world.config, storage, clock: world.clock, log: silentLog, onlyWhenAsked: true })
    endAll()
    world.clock.moveBy(minutes(6))
    await world.sandbox.settled()
    for (let round = 0; round < 20; round++) {
      await Promise.all([world.bridge.worker.runDue(), other.worker.runDue()])
      world.clock.moveBy(minutes(1))
    }
    await other.stop()
    expect([cancels(), await pauses()]).toEqual([5, ['ENDS_PAUSED']])
  })

  test('everything else of the tenant goes on: purchases, changes, resumptions', async () => {
    endAll()
    await world.pass(minutes(6))
    const bought = await sold()
    await world.until('an active subscription', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')
    expect(await pauses()).toEqual(['ENDS_PAUSED'])
  })

  test('a vendor that refuses a cancel is asked again, and that does not count twice', async () => {
    world.sandbox.worlds.connect.setMode(NOTES, { kind: 'fail', reason: 'Not today.' }, ['cancel'])
    for (const { key } of all.slice(0, 5)) granted(world.sandbox.worlds.marketplace.cancel(key.subscriptionId))
    await world.pass(minutes(6))
    await world.pass(minutes(6))
    await world.pass(minutes(12))
    expect(cancels()).toBeGreaterThan(5)
    expect(await pauses()).toEqual([])
  })
})

test('the first confirmation of a tenant stands, whoever repeats it', async () => {
  const { db } = world.database
  await db.deleteFrom('tenant_brakes').execute()
  expect((await readBrakes(db, TENANT)).confirmedAt).toBeUndefined()
  expect(await confirmTenant(db, TENANT, 'ada', world.clock.now())).toBe(true)
  expect(await confirmTenant(db, TENANT, 'bob', world.clock.now())).toBe(false)
  expect((await readBrakes(db, TENANT)).confirmedBy).toBe('ada')
})
