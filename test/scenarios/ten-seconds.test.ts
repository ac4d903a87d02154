/** The ten-second window with a worker that really runs: no answer overtakes our 200, and no slow vendor holds one up. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { createKeyring } from '../../src/database/index.ts'
import { silentLog } from '../../src/kit/log.ts'
import { seconds } from '../../src/kit/time.ts'
import { type Bridge, createBridge } from '../../src/main/bridge.ts'
import { activated, assetOf, createNotifiedWorld, hear, noticesOf, setPolicy } from '../helpers/notified-world.ts'
import type { Bought, World } from '../helpers/world.ts'

let world: World
let live: Bridge
const bought: Bought[] = []

beforeAll(async () => {
  world = await createNotifiedWorld()
  for (let i = 0; i < 8; i++) bought.push(await activated(world))
  const { config, clock, database } = world
  const keyring = createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] })
  live = await createBridge({ config, storage: { ...database, keyring }, clock, log: silentLog })
  await hear(world, live)
})
afterAll(async () => {
  await live.stop()
  await world.stop()
})

const market = () => world.sandbox.worlds.marketplace
const one = (index: number): Bought => bought[index] ?? expect.fail()
const ask = (index: number, quantity: number) => granted(market().changeQuantity(one(index).key.subscriptionId, quantity))
const answered = (operation: { readonly id: string }) => market().operation(operation.id)?.answer
const soon = { timeout: seconds(9), interval: 25 }

test('many operations at once are all answered inside the window, each after our 200 to its notice', async () => {
  const began = performance.now()
  const operations = bought.map((_, index) => ask(index, 40 + index))
  await expect.poll(() => operations.map(answered), soon).toEqual(operations.map(() => 'Success'))
  expect(performance.now() - began).toBeLessThan(seconds(9))
  expect(operations.map(({ id }) => market().operation(id)?.answeredEarly)).toEqual(operations.map(() => false))
  expect(
    (await Promise.all(bought.map((each) => noticesOf(world, each)))).flat().every(({ answered: reply }) => reply?.status === 200),
  ).toBe(true)
})

test('an operation is answered while its subscription is stuck in a slow call to Connect', async () => {
  await expect.poll(() => quantities(), { timeout: 20_000 }).toEqual(bought.map((_, index) => 40 + index))
  world.sandbox.worlds.faults.add({ world: 'connect', kind: 'delay', delay: 6_000, times: 1_000 })
  await setPolicy(world, { addSeats: 'refuse' })
  const first = ask(0, 60)
  await expect.poll(() => answered(first), soon).toBe('Failure')
  await expect.poll(() => world.sandbox.worlds.faults.list()[0]?.times, soon).toBeLessThan(1_000) // its subscription waits for Connect
  const began = performance.now()
  const second = ask(0, 61)
  await expect.poll(() => answered(second), soon).toBe('Failure')
  expect(performance.now() - began).toBeLessThan(5_000)
  world.sandbox.worlds.faults.clear()
})

const quantities = () => bought.map((each) => [...assetOf(world, each).quantities.values()].find((quantity) => quantity !== 0))
