/** What happens at the vendor is seen soon, by reading Connect once for the whole tenant. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days, hours, minutes, seconds } from '../../src/kit/time.ts'
import { activated, assetOf } from '../helpers/notified-world.ts'
import { anOrder, type Bought, buy, confirm, createWorld, land, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
beforeEach(() => world.sandbox.worlds.faults.clear())
afterAll(() => world.stop())

const purchase = (bought: Bought) => world.sandbox.worlds.connect.requests({ externalUid: bought.key.subscriptionId, type: 'purchase' })[0]

async function ordered(): Promise<Bought> {
  const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 4 })
  await land(world, bought)
  await confirm(world, bought, anOrder)
  await world.until('an order', () => purchase(bought)?.status === 'pending')
  await world.until('an order that is waited for', async () => (await world.read(bought.key)).next?.waitsFor === 'vendor')
  return bought
}

const status = async (bought: Bought) => (await world.read(bought.key)).connect.asset?.status

describe('the watch on Connect', () => {
  test('sees within two seconds what a vendor approves in the first minute', async () => {
    const bought = await ordered()
    world.sandbox.worlds.connect.approve(purchase(bought)?.id ?? '')
    await world.pass(seconds(2))
    expect(await status(bought)).toBe('active')
  })

  test('sees within half a minute what a vendor approves hours later, and within a minute days later', async () => {
    const [soon, late] = [await ordered(), await ordered()]
    await world.pass(hours(3))
    world.sandbox.worlds.connect.approve(purchase(soon)?.id ?? '')
    await world.pass(seconds(31))
    expect(await status(soon)).toBe('active')
    await world.pass(days(2))
    world.sandbox.worlds.connect.approve(purchase(late)?.id ?? '')
    await world.pass(seconds(61))
    expect(await status(late)).toBe('active')
  })

  test('sees what the vendor does to a subscription that waits for nothing', async () => {
    const bought = await activated(world)
    await world.pass(hours(1))
    world.sandbox.worlds.connect.adjust(assetOf(world, bought).id, { workspace_url: 'https://moved.projects.larkspur.example' })
    await world.pass(minutes(2))
    const params = (await world.read(bought.key)).connect.asset?.params
    expect(params?.find(({ id }) => id === 'workspace_url')?.value).toBe('https://moved.projects.larkspur.example')
  })

  test('reads on where it was after Connect was out of reach', async () => {
    const bought = await ordered()
    world.sandbox.worlds.faults.add({ world: 'connect', method: 'GET', kind: 'status', status: 503, times: 8 })
    world.sandbox.worlds.connect.approve(purchase(bought)?.id ?? '')
    await world.pass(seconds(2))
    expect(await status(bought)).toBe('processing')
    world.sandbox.worlds.faults.clear()
    await world.until('what was missed', async () => (await status(bought)) === 'active')
  })

  test('goes on after a restart, and remembers how far it was', async () => {
    const bought = await ordered()
    await world.restart()
    world.sandbox.worlds.connect.approve(purchase(bought)?.id ?? '')
    await world.pass(seconds(2))
    expect(await status(bought)).toBe('active')
  })

  test('wakes whom it finds and nobody else', async () => {
    const [quiet, busy] = [await activated(world), await ordered()]
    for (let looks = 0; looks < 3; looks++) await world.pass(minutes(5)) // news for the last time
    const before = (await world.read(quiet.key)).connectObservedAt
    world.sandbox.worlds.connect.approve(purchase(busy)?.id ?? '')
    await world.pass(minutes(1))
    expect(await status(busy)).toBe('active')
    expect((await world.read(quiet.key)).connectObservedAt).toEqual(before)
  })
})
