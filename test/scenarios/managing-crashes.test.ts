/** The process is stopped at each point of carrying out an action and started again: it is done at Microsoft once, and its end is known. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { minutes } from '../../src/kit/time.ts'
import { askFor, listActions, type WantedAction } from '../../src/subscriptions/index.ts'
import { activated, assetOf, atMicrosoft, createNotifiedWorld, hear, itemsOf, settledAgain } from '../helpers/notified-world.ts'
import type { Bought, World } from '../helpers/world.ts'

let world: World
let bought: Bought
let armed: string | undefined

beforeAll(async () => {
  world = await createNotifiedWorld({
    crashPoint: (name) => {
      if (name !== armed) return
      armed = undefined
      throw new Crash(name)
    },
  })
  bought = await activated(world)
})
afterAll(() => world.stop())

async function ask(wanted: WantedAction, point: string) {
  await askFor({ ...world.bridge.subscriptions, db: world.database.db }, bought.key, wanted, { by: 'operator' })
  armed = point
  await world.until('the crash', () => armed === undefined)
  await world.restart()
  await hear(world, world.bridge)
  await world.until('the end of the action', async () => (await newest())?.ended !== undefined)
}

const newest = async () => (await listActions(world.database.db, bought.key))[0]
const begunByUs = () => world.sandbox.worlds.marketplace.operations(bought.key.subscriptionId).filter(({ source }) => source === 'Partner')

const POINTS = ['action.looked', 'action.intended', 'action.called', 'action.stored', 'action.ended']

test.each(POINTS)('a change whose process is stopped at %s is made once', async (point) => {
  const before = begunByUs().length
  const seats = (atMicrosoft(world, bought).quantity ?? 0) + 1
  await ask({ kind: 'changeSeats', seats }, point)
  await settledAgain(world, bought)
  expect([begunByUs().length - before, (await newest())?.ended?.as, itemsOf(world, bought)]).toEqual([
    1,
    'done',
    { 'PRD-417-220-902-0002': seats },
  ])
})

test.each(POINTS)('a cancellation whose process is stopped at %s is made once', async (point) => {
  bought = await activated(world)
  await ask({ kind: 'cancel' }, point)
  await world.until('a terminated asset', () => assetOf(world, bought).status === 'terminated')
  expect([begunByUs().length, (await newest())?.ended?.as]).toEqual([1, 'done'])
})

test('a change whose answer was lost, and whose process is stopped once it was found, is made once', async () => {
  bought = await activated(world)
  const lost = { world: 'marketplace', method: 'PATCH', path: '/subscriptions/[^/]+$', kind: 'statusAfterEffect', status: 500 } as const
  world.sandbox.worlds.faults.add(lost)
  world.sandbox.worlds.marketplace.setOptions({ operationDelay: 60_000 })
  await ask({ kind: 'changeSeats', seats: 33 }, 'action.followed')
  await settledAgain(world, bought)
  expect([begunByUs().length, await newest()]).toMatchObject([1, { ended: { as: 'done' }, sending: { count: 1 } }])
})

test('a change without a word, whose process is stopped once Microsoft has shown it, has one end', async () => {
  bought = await activated(world)
  const { faults, marketplace } = world.sandbox.worlds
  faults.add({ world: 'marketplace', method: 'PATCH', path: '/subscriptions/[^/]+$', kind: 'status', status: 500, times: 3 })
  await askFor({ ...world.bridge.subscriptions, db: world.database.db }, bought.key, { kind: 'changeSeats', seats: 34 }, { by: 'operator' })
  await world.until('an end without a word', async () => (await newest())?.ended?.as === 'unclear')
  armed = 'action.cleared'
  granted(marketplace.changeQuantity(bought.key.subscriptionId, 34))
  await world.until('34 seats at Microsoft', () => atMicrosoft(world, bought).quantity === 34)
  world.clock.moveBy(minutes(10))
  await world.until('the crash', () => armed === undefined)
  await world.restart()
  await hear(world, world.bridge)
  await settledAgain(world, bought)
  const told = await world.database.db
    .selectFrom('timeline')
    .select('event')
    .where('subscription_id', '=', bought.key.subscriptionId)
    .where('event', '=', 'action.done')
    .execute()
  expect([(await newest())?.ended?.as, told.length]).toEqual(['done', 1])
  expect(itemsOf(world, bought)).toEqual({ 'PRD-417-220-902-0002': 34 })
})
