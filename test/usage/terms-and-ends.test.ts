/** The odd corners of a subscription's life, as the ledger bills them: a new term, a change of plan within the hour, the end, what is too small. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import { defaultPolicies, type Policies } from '../../src/tenants/index.ts'
import { usageOf } from '../../src/usage/index.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { ago, createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())

async function decide(usage: Partial<Policies['usage']>): Promise<void> {
  const policies = { ...defaultPolicies, usage: { ...defaultPolicies.usage, ...usage } }
  await world.database.pool.query('update products set policies = $1 where tenant_id = $2 and id = $3', [
    JSON.stringify(policies),
    TENANT,
    SIGNALS,
  ])
}

const billed = ({ key }: Bought) =>
  world.sandbox.worlds.marketplace.billed(key.subscriptionId).map(({ dimension, quantity, events }) => ({ dimension, quantity, events }))

const closeTheHour = () => world.pass(hours(2) + minutes(10))

test('a renewal begins the included quantity anew; what was used up in the old term stays used up there', async () => {
  const bought = await metered(world, 'scale')
  const { marketplace } = world.sandbox.worlds
  const consumed = world.clock.now()
  await report(world, event(bought, '480', consumed))
  await closeTheHour()
  granted(marketplace.renew(bought.key.subscriptionId))
  await world.until('the new term', async () => {
    const since = (await usageOf(world.database.db, bought.key))?.since
    return since !== undefined && since.getTime() > ago(world, hours(1)).getTime()
  })
  await closeTheHour()
  const late = await report(world, event(bought, '30', consumed, 'events', 'of-the-old-term'))
  expect(late).toMatchObject([{ outcome: 'placed', moved: 'late' }])
  await report(world, event(bought, '490', world.clock.now()))
  await closeTheHour()
  expect(billed(bought)).toEqual([{ dimension: 'events', quantity: '10', events: 1 }])
  const events = (await usageOf(world.database.db, bought.key))?.dimensions.find(({ dimension }) => dimension === 'events')
  expect(events).toMatchObject({ used: 490_00000000n, left: 10_00000000n })
})

test.each([
  ['the hour alone', false],
  ['the hour and the plan', true],
])('a change of plan within the hour is billed once per plan where Microsoft’s slot is %s', async (_, slotIncludesPlan) => {
  world.sandbox.worlds.marketplace.setOptions({ slotIncludesPlan })
  const bought = await metered(world)
  await report(world, event(bought, '2', world.clock.now()))
  granted(world.sandbox.worlds.marketplace.changePlan(bought.key.subscriptionId, 'scale'))
  await world.until('the change to be seen', async () => (await world.read(bought.key)).planId === 'scale')
  await world.rest()
  await report(world, event(bought, '503', world.clock.now()))
  await world.pass(hours(3) + minutes(10))
  expect((await slotsOf(world, bought)).map(({ plan_id, state, quantity }) => [plan_id, state, Number(quantity)])).toEqual([
    ['metered', 'accepted', 2],
    ['scale', 'accepted', 3],
  ])
  expect(billed(bought).map(({ quantity, events }) => [quantity, events])).toEqual([
    ['2', 1],
    ['3', 1],
  ])
  world.sandbox.worlds.marketplace.setOptions({ slotIncludesPlan: false })
})

test('after the end, what was consumed before it still goes out within 24 hours, in the latest hour that takes it', async () => {
  const bought = await metered(world)
  const consumed = world.clock.now()
  await report(world, event(bought, '1', consumed))
  await closeTheHour()
  granted(world.sandbox.worlds.marketplace.cancel(bought.key.subscriptionId))
  await world.until('the end to be seen', async () => (await world.read(bought.key)).microsoft.status === 'Unsubscribed')
  const end = world.clock.now()
  await world.pass(hours(5))
  const [late, after, future] = await report(
    world,
    event(bought, '4', consumed),
    event(bought, '8', plus(end, hours(1))),
    event(bought, '16', plus(world.clock.now(), hours(1))),
  )
  expect(late).toMatchObject({ outcome: 'placed', moved: 'late' })
  expect(after).toEqual({ outcome: 'rejected', because: 'afterEnd' })
  expect(future).toEqual({ outcome: 'rejected', because: 'inFuture' })
  await world.pass(minutes(30))
  expect(billed(bought)).toEqual([{ dimension: 'events', quantity: '5', events: 2 }])
  expect((await slotsOf(world, bought)).every(({ hour }) => hour.getTime() <= end.getTime())).toBe(true)

  await world.pass(hours(20))
  const [tooLate] = await report(world, event(bought, '32', consumed))
  expect(tooLate).toMatchObject({ outcome: 'held', because: 'noHourLeft' })
  expect(billed(bought)).toEqual([{ dimension: 'events', quantity: '5', events: 2 }])
})

test('what comes late is refused where the product says so, with the reason, and is never billed', async () => {
  await decide({ late: 'reject' })
  const bought = await metered(world)
  const consumed = world.clock.now()
  await report(world, event(bought, '1', consumed))
  await closeTheHour()
  const late = event(bought, '7', consumed)
  expect(await report(world, late)).toEqual([{ outcome: 'rejected', because: 'late' }])
  expect(await report(world, late)).toEqual([{ outcome: 'rejected', because: 'late' }])
  await closeTheHour()
  expect(billed(bought)).toEqual([{ dimension: 'events', quantity: '1', events: 1 }])
  await decide({})
})

test('an hour below a cent waits, where the dimension says so, until the cent is reached; nothing of it is lost', async () => {
  await decide({ dimensions: [{ id: 'mails', source: 'api', carryBelowCent: true }] })
  const bought = await metered(world)
  for (const quantity of ['3', '1', '2']) {
    await report(world, event(bought, quantity, world.clock.now(), 'mails'))
    await closeTheHour()
  }
  expect((await slotsOf(world, bought)).map(({ state, because, quantity }) => [state, because, Number(quantity)])).toEqual([
    ['nothingDue', 'carried', 0],
    ['nothingDue', 'carried', 0],
    ['accepted', null, 6],
  ])
  expect(billed(bought)).toEqual([{ dimension: 'mails', quantity: '6', events: 1 }])
  await decide({})
})
