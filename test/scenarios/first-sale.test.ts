import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectSeed } from '../../sandbox/seed.ts'
import { days, hours } from '../../src/kit/time.ts'
import { anOrder, type Bought, buy, confirm, createWorld, land, NOTES, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
beforeEach(() => world.sandbox.worlds.faults.clear())
afterAll(() => world.stop())

const seats = (quantity = 12) => buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity })
const statusAtMicrosoft = (bought: Bought) => world.sandbox.worlds.marketplace.subscription(bought.key.subscriptionId)?.status
const purchases = (bought: Bought) => world.sandbox.worlds.connect.requests({ externalUid: bought.key.subscriptionId, type: 'purchase' })
const openPurchase = (bought: Bought) => purchases(bought).find((request) => request.status === 'pending')

async function ordered(): Promise<Bought> {
  const bought = seats()
  await land(world, bought)
  await confirm(world, bought)
  await world.until('an order at the vendor', () => openPurchase(bought) !== undefined)
  return bought
}

describe('the first sale', () => {
  test('a confirmed purchase is ordered at the vendor, activated once approved, and then both sides agree', async () => {
    const bought = await ordered()
    expect(statusAtMicrosoft(bought)).toBe('PendingFulfillmentStart')
    world.sandbox.worlds.connect.approve(openPurchase(bought)?.id ?? '')
    await world.until('an active subscription', () => statusAtMicrosoft(bought) === 'Subscribed')
    await world.until('a settled record', async () => (await world.read(bought.key)).next?.kind === 'settled')
    const record = await world.read(bought.key)
    expect(record.microsoft.status).toBe('Subscribed')
    expect(record.connect.asset?.status).toBe('active')
    expect(record.connect.activationText).toBeDefined()
    expect(record.connect.asset?.reconciliationId).toMatch(/^LKS-/)
    expect(record.openAttention).toEqual([])
  })

  test('nothing is ordered before the buyer has confirmed; day 20 asks for attention; the lapse on day 30 settles it', async () => {
    const bought = seats()
    await land(world, bought)
    await world.pass(days(1))
    expect(purchases(bought)).toEqual([])
    await world.pass(days(19.5))
    expect((await world.read(bought.key)).openAttention.map((item) => item.code)).toEqual(['BUYER_NOT_CONFIRMED'])
    await world.pass(days(11))
    await world.until('the lapse to be seen', async () => (await world.read(bought.key)).microsoft.status === 'Unsubscribed')
    expect((await world.read(bought.key)).openAttention).toEqual([])
  })

  test('a purchase whose buyer never came is discovered', async () => {
    const bought = seats()
    await world.pass(hours(1))
    expect((await world.read(bought.key)).microsoft.status).toBe('PendingFulfillmentStart')
  })

  test('two tabs and two colleagues make one purchase', async () => {
    const bought = seats()
    await Promise.all([land(world, bought), land(world, bought)])
    const outcomes = await Promise.all([confirm(world, bought), confirm(world, bought), confirm(world, bought, anOrder, 'jonas')])
    expect(outcomes.map((one) => one.outcome).sort()).toEqual(['alreadyConfirmed', 'alreadyConfirmed', 'confirmed'])
    await world.until('an order', () => openPurchase(bought) !== undefined)
    expect(purchases(bought)).toHaveLength(1)
  })

  test('the vendor declines: the operator is asked, and nothing is billed', async () => {
    const bought = await ordered()
    world.sandbox.worlds.connect.fail(openPurchase(bought)?.id ?? '', 'We do not serve this region.')
    await world.until('attention', async () => (await world.read(bought.key)).openAttention.length > 0)
    const [item] = (await world.read(bought.key)).openAttention
    expect(item).toMatchObject({ code: 'PURCHASE_FAILED', facts: { reason: 'We do not serve this region.' } })
    expect(statusAtMicrosoft(bought)).toBe('PendingFulfillmentStart')
  })

  test('a preview purchase goes to the test connection, never to the production vendor', async () => {
    const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 1, preview: true })
    await land(world, bought)
    await confirm(world, bought)
    await world.until('an order', () => openPurchase(bought) !== undefined)
    const [asset] = world.sandbox.worlds.connect.assets({ externalUid: bought.key.subscriptionId })
    expect(asset?.environment).toBe('test')
    expect((await world.read(bought.key)).environment).toBe('test')
  })

  test('an order that Connect refuses is attention with its words, and goes through once the cause is gone', async () => {
    world.sandbox.worlds.connect.setListed(NOTES, false)
    const bought = seats()
    await land(world, bought)
    await confirm(world, bought)
    await world.until('attention', async () => (await world.read(bought.key)).openAttention.length > 0)
    expect((await world.read(bought.key)).openAttention[0]).toMatchObject({ code: 'PRODUCT_NOT_LISTED' })
    world.sandbox.worlds.connect.setListed(NOTES, true)
    await world.until('an order', () => openPurchase(bought) !== undefined)
    await world.rest()
    expect((await world.read(bought.key)).openAttention).toEqual([])
  })

  test.each(['status', 'statusAfterEffect', 'hang', 'hangAfterEffect'] as const)(
    'an order whose call ends in "%s" is placed once',
    async (kind) => {
      const bought = seats()
      await land(world, bought)
      world.sandbox.worlds.faults.add({ world: 'connect', method: 'POST', path: '/requests$', kind, times: 1 })
      await confirm(world, bought)
      await world.until('an order', () => openPurchase(bought) !== undefined)
      await world.pass(hours(1))
      expect(purchases(bought)).toHaveLength(1)
    },
  )

  test('the customer account at Connect is the organisation, below the constant reseller', async () => {
    const bought = await ordered()
    const [asset] = world.sandbox.worlds.connect.assets({ externalUid: bought.key.subscriptionId })
    expect(JSON.stringify(asset?.tiers)).toContain(connectSeed.reseller.id)
  })
})
