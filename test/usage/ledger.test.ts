/** From a reported quantity to Microsoft's bill, through the real work list and the sandbox's metering. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { tenantId } from '../../src/kit/ids.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { policiesOf, takeIn } from '../../src/usage/index.ts'
import { TENANT, type World } from '../helpers/world.ts'
import { ago, createNotifiedWorld, event, metered, report, slotsOf } from './metered-world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())

const billed = (id: string) =>
  world.sandbox.worlds.marketplace.billed(id).map(({ dimension, quantity, events }) => ({ dimension, quantity, events }))

const countBy = (all: readonly string[]) =>
  Object.fromEntries([...new Set(all)].map((one) => [one, all.filter((other) => other === one).length]))

test('what is told of an hour is one event at Microsoft, after the hour and its grace, with the sum of its records', async () => {
  const bought = await metered(world)
  await report(
    world,
    event(bought, '1.5', world.clock.now()),
    event(bought, '2.25', world.clock.now()),
    event(bought, '7', world.clock.now(), 'storage'),
  )
  await world.rest()
  expect(billed(bought.key.subscriptionId)).toEqual([])
  await world.pass(hours(2))
  await world.pass(minutes(10))
  expect(billed(bought.key.subscriptionId)).toEqual([
    { dimension: 'events', quantity: '3.75', events: 1 },
    { dimension: 'storage', quantity: '7', events: 1 },
  ])
  expect((await slotsOf(world, bought)).map(({ state }) => state)).toEqual(['accepted', 'accepted'])
})

test('the same key with the same content counts once, with other content it is refused', async () => {
  const bought = await metered(world)
  const first = event(bought, '4', world.clock.now())
  expect((await report(world, first, first)).map(({ outcome }) => outcome)).toEqual(['placed', 'repeated'])
  expect((await report(world, { ...first, quantity: 9n }))[0]).toEqual({ outcome: 'conflict' })
  expect((await slotsOf(world, bought))[0]?.reported).toBe('4.00000000')
})

test('nothing is kept of a tenant there is not', async () => {
  const bought = await metered(world)
  const { db } = world.database
  const intake = { tenantId: tenantId.parse('nobody'), policyOf: await policiesOf(db, TENANT), now: world.clock.now(), keepsRejected: true }
  await expect(takeIn(db, intake, [event(bought, '1', world.clock.now())])).rejects.toThrow(TypeError)
  expect(await db.selectFrom('usage_records').select('key').where('tenant_id', '=', 'nobody').execute()).toEqual([])
})

test('of many at once, what was told before counts once, and what stands for other content is refused, whatever stands beside it', async () => {
  const bought = await metered(world)
  const { db } = world.database
  const now = world.clock.now()
  const intake = { tenantId: TENANT, policyOf: await policiesOf(db, TENANT), now }
  const many = Array.from({ length: 1_200 }, () => event(bought, '1', now))
  const outcomes = async (records: typeof many) => countBy((await takeIn(db, intake, records)).map(({ outcome }) => outcome))
  expect(await outcomes(many)).toEqual({ placed: 1_200 })
  expect(await outcomes(many)).toEqual({ repeated: 1_200 })
  const changed = many.slice(0, 3).map((one) => ({ ...one, quantity: one.quantity + 1n }))
  const fresh = Array.from({ length: 1_100 }, () => event(bought, '1', now))
  expect(await outcomes([...fresh, ...many.slice(3), ...changed])).toEqual({ placed: 1_100, repeated: 1_197, conflict: 3 })
  expect((await slotsOf(world, bought)).map(({ reported }) => Number(reported))).toEqual([2_300])
  await world.pass(hours(2) + minutes(10))
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '2300', events: 1 }])
})

test('the included quantity is used up by consumption, and only what goes beyond it is sent', async () => {
  const bought = await metered(world, 'scale')
  await report(world, event(bought, '400', world.clock.now()), event(bought, '3', world.clock.now(), 'mails'))
  await world.pass(hours(2) + minutes(10))
  await report(world, event(bought, '150', world.clock.now()))
  await world.pass(hours(2) + minutes(10))
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '50', events: 1 }])
  expect((await slotsOf(world, bought)).map(({ state, because }) => [state, because])).toEqual([
    ['nothingDue', 'included'],
    ['nothingDue', 'unlimited'],
    ['accepted', null],
  ])
})

test('what comes after its hour was sent is billed in the next hour that takes it, said so', async () => {
  const bought = await metered(world)
  const then = world.clock.now()
  await report(world, event(bought, '1', then))
  await world.pass(hours(2) + minutes(10))
  expect((await report(world, event(bought, '5', then)))[0]).toMatchObject({ outcome: 'placed', moved: 'late' })
  await world.pass(hours(2) + minutes(10))
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '6', events: 2 }])
})

test('Microsoft being down for hours, and lost answers, cost nothing: everything is billed once, in its own hour', async () => {
  const bought = await metered(world)
  world.sandbox.worlds.faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'hangAfterEffect', times: 3 })
  world.sandbox.worlds.faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'status', status: 503, times: 9 })
  for (let hour = 0; hour < 5; hour++) {
    await report(world, event(bought, '2', world.clock.now()))
    await world.pass(hours(1))
  }
  world.sandbox.worlds.faults.clear()
  await world.pass(hours(2))
  await world.pass(hours(2))
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '10', events: 5 }])
  expect((await slotsOf(world, bought)).every(({ state }) => state === 'accepted')).toBe(true)
})

test('a change of plan seals the hour at once under the old plan; what is consumed after it goes to the next hour', async () => {
  const bought = await metered(world)
  await report(world, event(bought, '1', world.clock.now()))
  granted(world.sandbox.worlds.marketplace.changePlan(bought.key.subscriptionId, 'scale'))
  await world.until('the change to be seen', async () => (await world.read(bought.key)).planId === 'scale')
  await world.rest()
  expect((await slotsOf(world, bought)).map(({ plan_id, quantity }) => [plan_id, quantity])).toEqual([['metered', '1.00000000']])
  expect((await report(world, event(bought, '3', world.clock.now())))[0]).toMatchObject({ outcome: 'placed', moved: 'planChanged' })
})

test('a suspended subscription keeps its usage, and it is sent once the customer pays', async () => {
  const bought = await metered(world)
  await report(world, event(bought, '1', world.clock.now()))
  granted(world.sandbox.worlds.marketplace.suspend(bought.key.subscriptionId))
  await world.until('the suspension to be seen', async () => (await world.read(bought.key)).microsoft.status === 'Suspended')
  await world.pass(hours(3))
  expect(billed(bought.key.subscriptionId)).toEqual([])
  granted(world.sandbox.worlds.marketplace.reinstate(bought.key.subscriptionId))
  await world.until('the reinstatement to be seen', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')
  await world.pass(minutes(30))
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '1', events: 1 }])
})

test('usage nobody could bill in time is expired and asks for attention, with the quantity', async () => {
  const bought = await metered(world)
  await report(world, event(bought, '12', world.clock.now()))
  granted(world.sandbox.worlds.marketplace.suspend(bought.key.subscriptionId))
  await world.until('the suspension to be seen', async () => (await world.read(bought.key)).microsoft.status === 'Suspended')
  await world.pass(hours(25))
  await world.rest()
  expect((await slotsOf(world, bought)).map(({ state }) => state)).toEqual(['expired'])
  const { rows } = await world.database.pool.query('select code, facts from attention_items where subject_id = $1', [
    bought.key.subscriptionId,
  ])
  expect(rows).toContainEqual({ code: 'USAGE_EXPIRED', facts: expect.objectContaining({ slots: 1 }) })
})

test('a product whose sending is stopped sends nothing, and goes on when it may', async () => {
  const bought = await metered(world)
  const { pool } = world.database
  await report(world, event(bought, '3', ago(world, minutes(1))))
  await pool.query('insert into usage_stops values ($1, $2, now(), $3)', [TENANT, '', 'an operator'])
  await world.pass(hours(4))
  expect(billed(bought.key.subscriptionId)).toEqual([])
  await pool.query('delete from usage_stops')
  await pool.query("update work set due_at = '2000-01-01' where kind = 'usage.send'")
  await world.rest()
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '3', events: 1 }])
})

test('nothing is billed by guess: while Microsoft does not tell what the plan includes, usage waits and somebody is told', async () => {
  const bought = await metered(world, 'scale')
  const { pool } = world.database
  await pool.query('delete from usage_plan_terms')
  await report(world, event(bought, '600', world.clock.now()))
  world.sandbox.worlds.faults.add({ world: 'marketplace', path: 'listAvailablePlans', kind: 'status', status: 403, times: 99 })
  await world.pass(hours(2) + minutes(10))
  expect((await slotsOf(world, bought)).map(({ state }) => state)).toEqual(['open'])
  const codes = async () => {
    const { rows } = await pool.query('select code from attention_items where subject_id = $1 and ended_at is null', [
      bought.key.subscriptionId,
    ])
    return rows.map(({ code }) => code)
  }
  expect(await codes()).toContain('USAGE_INCLUDED_UNKNOWN')
  world.sandbox.worlds.faults.clear()
  await world.pass(minutes(6))
  await world.rest()
  expect(billed(bought.key.subscriptionId)).toEqual([{ dimension: 'events', quantity: '100', events: 1 }])
  expect(await codes()).not.toContain('USAGE_INCLUDED_UNKNOWN')
})

test('a move that is not in the table is refused by the database, and a sealed quantity never changes', async () => {
  const { pool } = world.database
  await expect(pool.query("update usage_slots set state = 'sealed' where state = 'accepted'")).rejects.toThrow(
    'cannot go from accepted to sealed',
  )
  await expect(pool.query("update usage_slots set quantity = quantity + 1 where state = 'accepted'")).rejects.toThrow('never changes')
})
