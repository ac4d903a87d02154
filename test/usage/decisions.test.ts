/** What operators decide about usage that is not billed by itself. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { dimensionId } from '../../src/kit/ids.ts'
import { quantityOf } from '../../src/kit/quantity.ts'
import { days, hours, minutes } from '../../src/kit/time.ts'
import { hourOf } from '../../src/kit/utc-hour.ts'
import {
  type Decided,
  decideHeld,
  decideSlots,
  listHeld,
  listStopActs,
  policiesOf,
  resumeSending,
  type SlotDecision,
  stopSending,
} from '../../src/usage/index.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'
import { createNotifiedWorld, event, metered, report, SIGNALS, slotsOf } from './metered-world.ts'

let world: World
let bought: Bought
beforeAll(async () => {
  world = await createNotifiedWorld()
})
beforeEach(async () => {
  world.sandbox.worlds.faults.clear()
  bought = await metered(world)
})
afterAll(() => world.stop())

const db = () => world.database.db
const intake = async (dryRun = false) => ({ tenantId: TENANT, policyOf: await policiesOf(db(), TENANT), now: world.clock.now(), dryRun })
const billed = () =>
  world.sandbox.worlds.marketplace.billed(bought.key.subscriptionId).map(({ quantity, events }) => `${quantity} in ${events}`)
const states = async () => (await slotsOf(world, bought)).map(({ state }) => state)
const onlySlot = async (decision: SlotDecision) => {
  const [slot] = await slotsOf(world, bought)
  if (!slot) throw new Error('no slot')
  const key = { subscriptionId: bought.key.subscriptionId, dimension: dimensionId.parse(slot.dimension), hour: hourOf(slot.hour) }
  return { decision, slots: [key], by: 'an operator' }
}
/** About the one slot there is. */
async function decide(...about: Parameters<typeof decideSlots>): Promise<Decided | undefined> {
  return (await decideSlots(...about))[0]
}
const attention = async () => {
  const { rows } = await world.database.pool.query('select code from attention_items where subject_id = $1 and ended_at is null', [
    bought.key.subscriptionId,
  ])
  return rows.map(({ code }) => code)
}

/** An hour nobody could bill in time: the subscription was suspended all the while. */
async function expired(): Promise<void> {
  const { marketplace } = world.sandbox.worlds
  await report(world, event(bought, '12.5', world.clock.now()))
  granted(marketplace.suspend(bought.key.subscriptionId))
  await world.until('the suspension', async () => (await world.read(bought.key)).microsoft.status === 'Suspended')
  await world.pass(hours(25))
  granted(marketplace.reinstate(bought.key.subscriptionId))
  await world.until('the reinstatement', async () => (await world.read(bought.key)).microsoft.status === 'Subscribed')
}

test('what expired is billed in a later hour by an operator’s word, once, and the item goes', async () => {
  await expired()
  expect(await attention()).toEqual(['USAGE_EXPIRED'])
  const decision = await onlySlot('billLater')
  expect(await decide(db(), await intake(true), decision)).toMatchObject({ outcome: 'billedLater', quantity: quantityOf('12.5') })
  expect(await states()).toEqual(['expired'])
  expect(await decide(db(), await intake(), decision)).toMatchObject({ outcome: 'billedLater' })
  expect(await decide(db(), await intake(), decision)).toEqual({ outcome: 'refused', because: 'notWaiting' })
  expect(await attention()).toEqual([])
  await world.pass(hours(2) + minutes(10))
  expect(billed()).toEqual(['12.5 in 1'])
  expect(await states()).toEqual(['billedLater', 'accepted'])
})

test('what is written off is never billed, and stays written down with who decided', async () => {
  await expired()
  await decide(db(), await intake(), await onlySlot('writeOff'))
  await world.pass(hours(3))
  expect(billed()).toEqual([])
  const { rows } = await world.database.pool.query('select state, decided_by from usage_slots where subscription_id = $1', [
    bought.key.subscriptionId,
  ])
  expect(rows).toEqual([{ state: 'writtenOff', decided_by: 'an operator' }])
})

test('somebody else reported the hour before us: both numbers are told, and only the rest is billed later', async () => {
  const { marketplace } = world.sandbox.worlds
  await report(world, event(bought, '9', world.clock.now()))
  const metering = await world.bridge.usage.meteringFor(TENANT)
  const slotHour = hourOf(world.clock.now())
  const { planId } = await world.read(bought.key)
  await metering.reportOne({
    subscriptionId: bought.key.subscriptionId,
    dimension: dimensionId.parse('events'),
    planId,
    slotHour,
    quantity: quantityOf('4'),
  })
  await world.pass(hours(2) + minutes(10))
  expect(await states()).toEqual(['differs'])
  const { rows } = await world.database.pool.query('select facts from attention_items where subject_id = $1', [bought.key.subscriptionId])
  expect(JSON.stringify(rows)).toContain('events: 9 (Microsoft has 4)')
  expect(await decide(db(), await intake(), await onlySlot('billLater'))).toMatchObject({ quantity: quantityOf('5') })
  await world.pass(hours(2) + minutes(10))
  expect(marketplace.billed(bought.key.subscriptionId)).toMatchObject([{ quantity: '9', events: 2 }])
})

test('what Microsoft refused is sent again once its cause is mended', async () => {
  world.sandbox.worlds.faults.add({ world: 'usage', kind: 'verdict', status: 'InvalidDimension', times: 1 })
  await report(world, event(bought, '2', world.clock.now()))
  await world.pass(hours(2) + minutes(10))
  expect([await states(), await attention()]).toEqual([['refused'], ['USAGE_REFUSED']])
  await decide(db(), await intake(), await onlySlot('sendAgain'))
  await world.rest()
  expect([await states(), await attention(), billed()]).toEqual([['accepted'], [], ['2 in 1']])
})

test('nothing can be decided about a slot that is billed', async () => {
  await report(world, event(bought, '2', world.clock.now()))
  await world.pass(hours(2) + minutes(10))
  for (const decision of ['billLater', 'writeOff', 'sendAgain'] as const) {
    expect(await decide(db(), await intake(), await onlySlot(decision))).toEqual({ outcome: 'refused', because: 'notWaiting' })
  }
})

async function held(): Promise<void> {
  await world.database.pool.query(`update products set policies = jsonb_set(policies, '{usage,late}', '"hold"') where id = $1`, [SIGNALS])
  await report(world, event(bought, '3', new Date(world.clock.now().getTime() - hours(30)), 'events', `held-${bought.key.subscriptionId}`))
  await world.database.pool.query(`update products set policies = jsonb_set(policies, '{usage,late}', '"currentHour"') where id = $1`, [
    SIGNALS,
  ])
}

test('what is held is billed in the next hour when it is released, and asks for attention until then', async () => {
  await world.pass(days(2))
  await held()
  await world.rest()
  expect(await attention()).toEqual(['USAGE_HELD'])
  const [record] = (await listHeld(db(), TENANT)).filter((one) => one.subscriptionId === bought.key.subscriptionId)
  expect(record).toMatchObject({ because: 'late', quantity: quantityOf('3') })
  if (!record) return
  const release = { decision: 'release', records: [record, record], by: 'an operator' } as const
  const once = [{ outcome: 'released' }, { outcome: 'refused', because: 'notHeld' }]
  expect(await decideHeld(db(), await intake(true), release)).toMatchObject(once)
  expect(await attention()).toEqual(['USAGE_HELD'])
  expect(await decideHeld(db(), await intake(), release)).toMatchObject(once)
  expect(await decideHeld(db(), await intake(), release)).toMatchObject([{ because: 'notHeld' }, { because: 'notHeld' }])
  expect(await attention()).toEqual([])
  await world.pass(hours(2) + minutes(10))
  expect(billed()).toEqual(['3 in 1'])
})

test('what nobody decides about in time is dropped, written down as such', async () => {
  await world.pass(days(2))
  await held()
  await world.pass(days(7) + minutes(1))
  const { rows } = await world.database.pool.query('select state, because from usage_records where subscription_id = $1', [
    bought.key.subscriptionId,
  ])
  expect(rows).toEqual([{ state: 'rejected', because: 'holdOver' }])
  expect([await attention(), billed()]).toEqual([[], []])
})

test('while sending is stopped nothing goes out, and what is still in time goes when it is resumed', async () => {
  await report(world, event(bought, '1', world.clock.now()))
  await stopSending(db(), TENANT, { productId: SIGNALS, by: 'an operator', note: 'price under review' }, world.clock.now())
  await world.pass(hours(3))
  expect([billed(), await states()]).toEqual([[], ['sealed']])
  expect(await resumeSending(db(), TENANT, { productId: SIGNALS, by: 'mara', note: 'agreed' }, world.clock.now())).toBe(true)
  expect(await listStopActs(db(), TENANT)).toMatchObject([
    { productId: SIGNALS, act: 'resumed', by: 'mara', note: 'agreed' },
    { productId: SIGNALS, act: 'stopped', by: 'an operator', note: 'price under review' },
  ])
  await world.rest()
  expect(billed()).toEqual(['1 in 1'])
})

test('what Microsoft may have billed without ever answering is not billed later by guess', async () => {
  await report(world, event(bought, '6', world.clock.now()))
  world.sandbox.worlds.faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'hangAfterEffect', times: 10_000 })
  for (let hour = 0; hour < 26; hour++) await world.pass(hours(1))
  expect([await states(), billed()]).toEqual([['expired'], ['6 in 1']])
  expect(await decide(db(), await intake(), await onlySlot('billLater'))).toEqual({ outcome: 'refused', because: 'maybeBilled' })
  expect(await decide(db(), await intake(), await onlySlot('writeOff'))).toMatchObject({ outcome: 'writtenOff' })
})
