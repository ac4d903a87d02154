/** A new term at Microsoft: one billing request in Connect where the product's policy wants it, however often it is looked at and whatever fails. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Crash } from '../../src/kit/crash-point.ts'
import { minutes } from '../../src/kit/time.ts'
import { defaultPolicies, type Policies } from '../../src/tenants/index.ts'
import { activated, createNotifiedWorld, hear, PROJECTS, wordsOf } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'

let world: World
let armed: string | undefined
beforeAll(async () => {
  world = await createNotifiedWorld({
    crashPoint: (name) => {
      if (name !== armed) return
      armed = undefined
      throw new Crash(name)
    },
  })
})
beforeEach(async () => {
  world.sandbox.worlds.faults.clear()
  await setPolicy('billingRequest')
})
afterAll(() => world.stop())

const setPolicy = (onRenewal: Policies['onRenewal']) =>
  world.database.db
    .updateTable('products')
    .set({ policies: JSON.stringify({ ...defaultPolicies, onRenewal }) })
    .where('tenant_id', '=', TENANT)
    .where('id', '=', PROJECTS)
    .execute()

const billed = ({ key }: Bought) => {
  const { connect } = world.sandbox.worlds
  const ids = new Set(connect.assets({ externalUid: key.subscriptionId }).map(({ id }) => id))
  return [...connect.state.billingRequests.values()].filter(({ assetId }) => ids.has(assetId))
}
const renew = ({ key }: Bought): void => {
  world.sandbox.worlds.marketplace.renew(key.subscriptionId)
}
const billedAs = async ({ key }: Bought) => (await world.read(key)).renewal?.billedAs

test('each term after the first gets one, with its seats and its days', async () => {
  const bought = await activated(world)
  expect(billed(bought)).toEqual([])
  for (const nth of [1, 2]) {
    renew(bought)
    await world.until(
      'a billing request',
      async () => billed(bought).length === nth && (await billedAs(bought)) === billed(bought).at(-1)?.id,
    )
    await world.pass(minutes(30))
    expect(billed(bought)).toHaveLength(nth)
  }
  const [first, second] = billed(bought)
  const term = world.sandbox.worlds.marketplace.subscription(bought.key.subscriptionId)?.term
  expect(second?.from).toEqual(term?.startDate)
  expect(second?.from).toEqual(first?.to)
  expect(second).toMatchObject({ delta: 1, unit: 'monthly', type: 'provider' })
  expect(second?.items.map(({ quantity }) => quantity)).toEqual([30])
  expect((await wordsOf(world, bought)).filter((word) => word === 'microsoft.renewed')).toHaveLength(2)
})

test('nothing is billed where the policy does not want it', async () => {
  await setPolicy('nothing')
  const bought = await activated(world)
  renew(bought)
  await world.until('the renewal', async () => (await wordsOf(world, bought)).includes('microsoft.renewed'))
  await world.pass(minutes(30))
  expect(billed(bought)).toEqual([])
})

test.each(['status', 'statusAfterEffect', 'hang', 'hangAfterEffect'] as const)('one, though the call ends in "%s"', async (kind) => {
  const bought = await activated(world)
  world.sandbox.worlds.faults.add({ world: 'connect', method: 'POST', path: '/subscriptions/requests$', kind, times: 1 })
  renew(bought)
  await world.until('a billing request that is known', async () => (await billedAs(bought)) !== undefined)
  await world.pass(minutes(30))
  expect(billed(bought)).toHaveLength(1)
})

test.each(['intended', 'called', 'stored'])('one, though the bridge is stopped when it is %s', async (at) => {
  const bought = await activated(world)
  armed = `subscription.billRenewal.${at}`
  renew(bought)
  await world.until('the stop', () => armed === undefined)
  await world.restart()
  await hear(world, world.bridge)
  await world.until('a billing request that is known', async () => (await billedAs(bought)) !== undefined)
  expect(billed(bought)).toHaveLength(1)
})

test('one, though the seats change while its answer is out', async () => {
  const bought = await activated(world)
  world.sandbox.worlds.faults.add({ world: 'connect', method: 'POST', path: '/subscriptions/requests$', kind: 'hangAfterEffect', times: 1 })
  renew(bought)
  world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, 31)
  await world.until('a billing request that is known', async () => (await billedAs(bought)) !== undefined)
  await world.pass(minutes(30))
  expect(billed(bought)).toHaveLength(1)
})

test('what Connect refuses is told, and the subscription goes on', async () => {
  const bought = await activated(world)
  world.sandbox.worlds.faults.add({
    world: 'connect',
    method: 'POST',
    path: '/subscriptions/requests$',
    kind: 'status',
    status: 400,
    times: 1,
  })
  renew(bought)
  await world.until('attention', async () => (await world.read(bought.key)).openAttention.length > 0)
  expect((await world.read(bought.key)).openAttention[0]?.code).toBe('RENEWAL_NOT_BILLED')
  await world.until('a billing request', () => billed(bought).length === 1)
  await world.until('no attention', async () => (await world.read(bought.key)).openAttention.length === 0)
})
