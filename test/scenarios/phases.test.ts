/** What a subscription was when: kept from what is seen at Microsoft, dated by what its notices told. Usage is judged by it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { subscriptionId } from '../../src/kit/ids.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { readPhases } from '../../src/subscriptions/index.ts'
import { activated, createNotifiedWorld, settledAgain } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())

const market = () => world.sandbox.worlds.marketplace
const phasesOf = async ({ key }: Bought) =>
  (await readPhases(world.database.db, TENANT, [key.subscriptionId])).get(key.subscriptionId) ?? []

test('each change of status, plan or term is a phase, dated by Microsoft’s notice; a look that sees nothing new keeps nothing', async () => {
  const bought = await activated(world)
  const id = bought.key.subscriptionId
  await world.pass(hours(1))
  granted(market().changePlan(id, 'enterprise'))
  await settledAgain(world, bought)
  await world.pass(minutes(30))
  granted(market().suspend(id))
  await settledAgain(world, bought)
  granted(market().reinstate(id))
  await settledAgain(world, bought)
  granted(market().renew(id))
  await settledAgain(world, bought)
  granted(market().cancel(id))
  await settledAgain(world, bought)

  const phases = await phasesOf(bought)
  expect(phases.map(({ status, planId }) => `${status} ${planId}`)).toEqual([
    'Subscribed professional',
    'Subscribed enterprise',
    'Suspended enterprise',
    'Subscribed enterprise',
    'Subscribed enterprise',
    'Unsubscribed enterprise',
  ])
  const [, changed, suspended, , renewed, ended] = phases
  expect(renewed?.termStart.getTime()).toBeGreaterThan(changed?.termStart.getTime() ?? 0)
  const { rows } = await world.database.pool.query('select action, happened_at from notices where subscription_id = $1', [id])
  const happened = new Map(rows.map((row) => [row.action, row.happened_at]))
  expect([changed?.from, suspended?.from, ended?.from]).toEqual(['ChangePlan', 'Suspend', 'Unsubscribe'].map((one) => happened.get(one)))
})

test('what was never active has no phase', async () => {
  const { subscriptionId: id } = market().purchase({ offerId: 'larkspur-projects', planId: 'professional', quantity: 5 })
  await world.pass(minutes(6))
  const subscription = subscriptionId.parse(id)
  expect((await world.read({ tenantId: TENANT, subscriptionId: subscription })).microsoft.status).toBe('PendingFulfillmentStart')
  expect((await readPhases(world.database.db, TENANT, [subscription])).size).toBe(0)
})
