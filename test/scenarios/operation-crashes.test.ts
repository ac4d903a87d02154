/** The process is stopped at each point of answering an operation and started again: the outcome is the same. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { operationId } from '../../src/kit/ids.ts'
import { minutes } from '../../src/kit/time.ts'
import { loadOperation } from '../../src/subscriptions/operations/store.ts'
import { activated, createNotifiedWorld, hear, itemsOf, noticesOf, setPolicy, settledAgain } from '../helpers/notified-world.ts'
import { type Bought, TENANT, type World } from '../helpers/world.ts'

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

async function change(policy: 'accept' | 'refuse', quantity: number, point: string | undefined) {
  await setPolicy(world, { addSeats: policy })
  armed = point
  const operation = granted(world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, quantity))
  await world.until('the answer', () => world.sandbox.worlds.marketplace.operation(operation.id)?.status !== 'InProgress')
  expect(armed).toBeUndefined()
  await world.restart()
  await hear(world, world.bridge)
  await settledAgain(world, bought)
  await world.pass(minutes(2))
  const { answer } = (await loadOperation(world.database.db, { tenantId: TENANT, operationId: operationId.parse(operation.id) })) ?? {}
  const outcome = (await noticesOf(world, bought)).at(-1)?.outcome
  return [
    world.sandbox.worlds.marketplace.operation(operation.id)?.answer,
    answer?.answer,
    answer?.outcome,
    outcome,
    itemsOf(world, bought),
  ]
}

test.each(['operation.intended', 'operation.answered', 'operation.stored'])(
  'an answer whose process is stopped at %s is given and known all the same',
  async (point) => {
    const item = 'PRD-417-220-902-0002'
    const before = itemsOf(world, bought)[item]
    const next = Number(before) + 1
    expect(await change('refuse', next, point)).toEqual(['Failure', 'Failure', 'taken', 'notCarriedOut', { [item]: before }])
    expect(await change('accept', next, point)).toEqual(['Success', 'Success', 'taken', 'visible', { [item]: next }])
  },
)
