/** Every sentence Connect is known to refuse with: the right next step, or a person asked with a code of its own, and nothing left once it is corrected. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutes, seconds } from '../../src/kit/time.ts'
import { wakeAfterSetup } from '../../src/subscriptions/index.ts'
import { getProduct } from '../../src/tenants/index.ts'
import { activated, assetOf, createNotifiedWorld, itemsOf, PROJECTS } from '../helpers/notified-world.ts'
import { type Bought, buy, confirm, land, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
beforeEach(() => {
  world.sandbox.worlds.faults.clear()
  world.sandbox.worlds.connect.state.refusals.length = 0
  world.sandbox.worlds.connect.setMode(PROJECTS, { kind: 'manual' })
})
afterAll(() => world.stop())

const refuse = (error: string, status: 400 | 409 = 400, params?: Record<string, string>, times = 1): void => {
  for (let n = 0; n < times; n++) world.sandbox.worlds.connect.refuseNext(status, [error], params)
}
const requests = ({ key }: Bought, type: 'purchase' | 'change' | 'suspend') =>
  world.sandbox.worlds.connect.requests({ externalUid: key.subscriptionId, type })
const attention = async ({ key }: Bought) => (await world.read(key)).openAttention
const codes = async (bought: Bought) => (await attention(bought)).map(({ code }) => code)

async function confirmed(): Promise<Bought> {
  const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 4 })
  await land(world, bought)
  await confirm(world, bought)
  return bought
}

describe('an order', () => {
  test.each([
    ["Field 'marketplace.id' is required.", 'MARKETPLACE_REFUSED'],
    ['marketplace.id: Marketplace "MP-1" not found.', 'MARKETPLACE_REFUSED'],
    ['asset.connection.id: Connection "CT-1" not found.', 'CONNECTION_REFUSED'],
    ['There is no Listing for specified Product and Marketplace.', 'PRODUCT_NOT_LISTED'],
    ['asset.items: This list may not be empty.', 'ORDER_EMPTY'],
    ['asset.tiers.customer.contact_info.contact.last_name: This field may not be blank.', 'BUYER_DATA_REFUSED'],
    ['asset.tiers.tier1.contact_info.contact.last_name: This field may not be null.', 'BUYER_DATA_REFUSED'],
    ['Something nobody has read before.', 'ORDER_REFUSED'],
  ])('refused with "%s" is %s, in Connect’s words, and goes through by itself once corrected', async (sentence, code) => {
    refuse(sentence)
    const bought = await confirmed()
    await world.rest()
    expect(await attention(bought)).toMatchObject([{ code, facts: { reasons: [sentence] } }])
    await world.pass(minutes(1) + seconds(1))
    expect(requests(bought, 'purchase')).toHaveLength(1)
    expect(await codes(bought)).toEqual([])
  })

  test('of a product at its end of sale says so', async () => {
    world.sandbox.worlds.connect.setEndOfSale(NOTES, true)
    const bought = await confirmed()
    await world.rest()
    expect(await codes(bought)).toEqual(['PRODUCT_NOT_SOLD'])
    world.sandbox.worlds.connect.setEndOfSale(NOTES, false)
    await world.pass(minutes(1) + seconds(1))
    expect(requests(bought, 'purchase')).toHaveLength(1)
  })

  test('whose connection Connect does not know any more goes through at once when the set-up names the right one', async () => {
    const product = await getProduct(world.database.db, TENANT, NOTES)
    if (!product) throw new Error('there is no such product')
    const setConnections = (connections: unknown) =>
      world.database.db
        .updateTable('products')
        .set({ connections: JSON.stringify(connections) })
        .where('id', '=', NOTES)
        .execute()
    await setConnections({ ...product.connections, production: { ...product.connections.production, connection: 'CT-0101-0202-0303' } })
    const bought = await confirmed()
    await world.pass(minutes(3))
    expect(await codes(bought)).toEqual(['CONNECTION_REFUSED'])
    await setConnections(product.connections)
    await wakeAfterSetup(world.database.db, world.clock.now())
    await world.rest()
    expect(requests(bought, 'purchase')).toHaveLength(1)
    expect(await codes(bought)).toEqual([])
  })

  test('a listing that is taken back is told, and the order goes on within a quarter of an hour of its return', async () => {
    world.sandbox.worlds.connect.setListed(NOTES, false)
    const bought = await confirmed()
    for (let hour = 0; hour < 6; hour++) await world.pass(minutes(20))
    expect(await codes(bought)).toEqual(['PRODUCT_NOT_LISTED'])
    world.sandbox.worlds.connect.setListed(NOTES, true)
    await world.pass(minutes(15) + seconds(1))
    expect(requests(bought, 'purchase')).toHaveLength(1)
  })
})

describe('"already there" (409)', () => {
  test('an open request of the same kind is adopted', async () => {
    world.sandbox.worlds.faults.add({ world: 'connect', method: 'POST', path: '/requests$', kind: 'hangAfterEffect', times: 1 })
    world.sandbox.worlds.faults.add({ world: 'connect', method: 'GET', path: '/requests$', kind: 'status', status: 503, times: 2 })
    const bought = await confirmed()
    await world.until('an order', () => requests(bought, 'purchase').length > 0)
    await world.pass(minutes(30))
    expect(requests(bought, 'purchase')).toHaveLength(1)
    expect(await codes(bought)).toEqual([])
  })

  test('one that names somebody else’s request is never adopted: a person is told which', async () => {
    const other = await confirmed()
    await world.rest()
    const [theirs] = requests(other, 'purchase')
    refuse('Request already exists.', 409, { request_id: theirs?.id ?? '', request_status: 'pending' })
    const bought = await confirmed()
    await world.rest()
    expect(await attention(bought)).toMatchObject([{ code: 'TAKEN_AT_CONNECT' }])
    expect(JSON.stringify(await attention(bought))).toContain(theirs?.id)
  })

  test('one whose request has failed says why', async () => {
    const params = { request_id: 'PR-1-1', request_status: 'failed', asset_id: 'AS-1-1', fail_message: 'No stock in this region.' }
    refuse('Request already exists.', 409, params)
    const bought = await confirmed()
    await world.rest()
    expect(await attention(bought)).toMatchObject([{ code: 'TAKEN_AT_CONNECT' }])
    expect(JSON.stringify(await attention(bought))).toContain('No stock in this region.')
  })

  test('an adjustment of the vendor in the way of a change is waited for, and then the change is made', async () => {
    const bought = await activated(world)
    const { connect, marketplace } = world.sandbox.worlds
    connect.setMode(PROJECTS, { kind: 'manual' })
    const adjustment = connect.adjust(assetOf(world, bought).id, { workspace_url: 'https://x.example' }, false)
    marketplace.changeQuantity(bought.key.subscriptionId, 33)
    await world.pass(minutes(30))
    expect(requests(bought, 'change')).toEqual([])
    expect(await codes(bought)).toEqual([])
    connect.approve(adjustment.id)
    await world.until('a change', () => requests(bought, 'change').length === 1)
  })
})

describe('a change', () => {
  const moved = async (seats: number, refused: () => void): Promise<Bought> => {
    const bought = await activated(world)
    refused()
    world.sandbox.worlds.marketplace.changeQuantity(bought.key.subscriptionId, seats)
    return bought
  }

  test.each(['Item limits is not changed in new request.', 'asset.items: Item quantities are not changed.'])(
    'answered with "%s" while the items differ is a person’s to decide',
    async (sentence) => {
      const bought = await moved(34, () => refuse(sentence))
      await world.pass(minutes(6))
      expect(await codes(bought)).toEqual(['VENDOR_DID_NOT_CHANGE'])
    },
  )

  test('refused because the asset is suspended is no one’s business when it passes: it goes through by itself', async () => {
    const bought = await moved(35, () =>
      refuse('Request type change is not allowed when asset state is suspended', 409, { asset_status: 'suspended' }, 2),
    )
    await world.until('the change', () => Object.values(itemsOf(world, bought)).includes(35))
    expect(await codes(bought)).toEqual([])
  })

  test('refused for the state of the asset again and again is told', async () => {
    const bought = await moved(36, () =>
      refuse('Request type change is not allowed when asset state is suspended', 409, { asset_status: 'suspended' }, 9),
    )
    await world.until('attention', async () => (await codes(bought)).length > 0)
    expect(await codes(bought)).toEqual(['STEP_REFUSED'])
    await world.until('the change', () => Object.values(itemsOf(world, bought)).includes(36))
  })

  test('refused because the product is not listed any more has that code', async () => {
    const bought = await moved(37, () => refuse('There is no Listing for specified Product and Marketplace.'))
    await world.until('attention', async () => (await codes(bought)).length > 0)
    expect(await codes(bought)).toEqual(['PRODUCT_NOT_LISTED'])
    await world.until('the change', () => Object.values(itemsOf(world, bought)).includes(37))
  })
})

test('a product that cannot be suspended leaves the subscription as it is, with a note', async () => {
  const bought = await activated(world)
  const reason = "The product doesn't support suspend/resume operations."
  world.sandbox.worlds.connect.setMode(PROJECTS, { kind: 'fail', reason }, ['suspend'])
  world.sandbox.worlds.marketplace.suspend(bought.key.subscriptionId)
  await world.until('the note', async () => ((await world.read(bought.key)).next?.note ?? '').includes(reason))
  expect(await codes(bought)).toEqual([])
})
