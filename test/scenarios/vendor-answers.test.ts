/** What the vendor and Connect may answer on the way to an active subscription, and what the operator's set-up makes of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectsParams } from '../../sandbox/connect/testing.ts'
import { products } from '../../sandbox/seed.ts'
import { productId } from '../../src/kit/ids.ts'
import { hours, instant, plus } from '../../src/kit/time.ts'
import { type Order, validateDraft } from '../../src/subscriptions/index.ts'
import { anOrder, type Bought, buy, confirm, createWorld, land, TENANT, type World } from '../helpers/world.ts'

const PROJECTS = productId.parse(products[1]?.id)
const projectsOrder: Order = {
  ...anOrder,
  params: projectsParams.map((param) => ({
    id: param.id,
    ...('value' in param ? { value: String(param.value) } : {}),
    ...('structured_value' in param ? { structuredValue: param.structured_value as Record<string, unknown> } : {}),
  })),
}

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const statusAtMicrosoft = (bought: Bought) => world.sandbox.worlds.marketplace.subscription(bought.key.subscriptionId)?.status
const request = (bought: Bought) => world.sandbox.worlds.connect.requests({ externalUid: bought.key.subscriptionId, type: 'purchase' })[0]
const inStatus = (bought: Bought, status: string) =>
  world.until(status, async () => (await world.read(bought.key)).connect.openRequest?.status === status)
const active = (bought: Bought) => world.until('active on both sides', () => statusAtMicrosoft(bought) === 'Subscribed')

async function ordered(): Promise<Bought> {
  const bought = buy(world, { offerId: 'larkspur-projects', planId: 'professional', quantity: 20 })
  await land(world, bought, PROJECTS)
  await confirm(world, bought, projectsOrder)
  await world.until('a request', () => request(bought) !== undefined)
  return bought
}

describe('an order of a product with a reseller set-up', () => {
  test('waits in tiers_setup, then for the vendor, and becomes active', async () => {
    const { connect } = world.sandbox.worlds
    const bought = await ordered()
    await inStatus(bought, 'tiers_setup')
    for (const setup of connect.tierConfigRequests('pending')) connect.approveTierConfig(setup.id)
    await inStatus(bought, 'pending')
    connect.approve(request(bought)?.id ?? '')
    await active(bought)
  })

  test('while the vendor asks, the question and the form are there for the buyer; once answered it goes on', async () => {
    const { connect } = world.sandbox.worlds
    const bought = await ordered()
    await inStatus(bought, 'pending')
    connect.inquire(request(bought)?.id ?? '', { message: 'Which **region**?' })
    await inStatus(bought, 'inquiring')
    const asked = (await world.read(bought.key)).connect.openRequest
    expect(asked?.message).toContain('region')
    expect(asked?.paramsFormUrl).toMatch(/^http/)
    connect.answerInquiry(request(bought)?.id ?? '', {})
    await inStatus(bought, 'pending')
    connect.approve(request(bought)?.id ?? '')
    await active(bought)
  })

  test('a scheduled order tells its date, and is activated when it is delivered', async () => {
    const { connect } = world.sandbox.worlds
    const bought = await ordered()
    await inStatus(bought, 'pending')
    const plannedAt = plus(world.clock.now(), hours(30))
    connect.schedule(request(bought)?.id ?? '', plannedAt)
    await inStatus(bought, 'scheduled')
    const shown = (await world.read(bought.key)).connect.openRequest?.plannedAt
    expect(Math.abs((shown ?? instant(0)).getTime() - plannedAt.getTime())).toBeLessThan(1000)
    await world.pass(hours(31))
    await inStatus(bought, 'pending')
    connect.approve(request(bought)?.id ?? '')
    await active(bought)
  })
})

describe('validation of a draft by the vendor', () => {
  const check = async (params: Order['params']) => {
    const bought = buy(world, { offerId: 'larkspur-projects', planId: 'basic', quantity: 3 })
    await land(world, bought, PROJECTS)
    const verdict = await validateDraft(world.bridge.subscriptions, bought.key, { ...projectsOrder, params })
    return { verdict, placed: world.sandbox.worlds.connect.requests({ externalUid: bought.key.subscriptionId }) }
  }
  const free = projectsOrder.params.map((param) => (param.id.startsWith('workspace_') ? { ...param, value: 'tailwind' } : param))
  const reserved = free.map((param) => (param.id === 'workspace_address' ? { ...param, value: 'admin' } : param))

  test('says what is wrong with a value, and places nothing', async () => {
    const { verdict, placed } = await check(reserved)
    expect(verdict).toMatchObject({ outcome: 'invalid', errors: [{ parameterId: 'workspace_address', message: expect.any(String) }] })
    expect(placed).toEqual([])
  })

  test.each(['gatewayError', 'refused'] as const)('never stands in the way when it is broken: %s', async (how) => {
    world.sandbox.worlds.connect.options.validation = how
    const { verdict } = await check(reserved)
    world.sandbox.worlds.connect.options.validation = 'works'
    expect(verdict.outcome).toBe('skipped')
  })

  test('a good order is valid', async () => {
    expect((await check(free)).verdict).toEqual({ outcome: 'valid' })
  })
})

describe('by the policy of the product', () => {
  const setProduct = (change: { policies?: string; tier1?: string; connections?: string }) =>
    world.database.db.updateTable('products').set(change).where('tenant_id', '=', TENANT).where('id', '=', PROJECTS).execute()

  test('a declined order is cancelled at Microsoft, never billed, and settles for good', async () => {
    await setProduct({ policies: JSON.stringify({ onVendorFailure: 'cancelAtMicrosoft' }) })
    const bought = await ordered()
    await inStatus(bought, 'pending')
    world.sandbox.worlds.connect.fail(request(bought)?.id ?? '', 'No capacity.')
    await world.until('the end at Microsoft', () => statusAtMicrosoft(bought) === 'Unsubscribed')
    await world.until('settled', async () => (await world.read(bought.key)).microsoft.status === 'Unsubscribed')
    expect((await world.read(bought.key)).openAttention).toEqual([])
  })

  test('the parameters of the constant reseller go with every order', async () => {
    const [before] = await world.database.db.selectFrom('products').select('tier1').where('id', '=', PROJECTS).execute()
    await setProduct({ tier1: JSON.stringify({ ...(before?.tier1 as object), parameters: { partner_number: 'P-4711' } }) })
    world.sandbox.worlds.connect.reset() // the reseller's set-up is asked for with the first order
    await ordered()
    expect(JSON.stringify(world.sandbox.worlds.connect.tierConfigRequests().map(({ params }) => [...params]))).toContain('P-4711')
  })

  test('a test purchase without a test connection is attention, never an order at the production vendor', async () => {
    const [before] = await world.database.db.selectFrom('products').select('connections').where('id', '=', PROJECTS).execute()
    const { production } = (before?.connections ?? {}) as { production?: object }
    await setProduct({ connections: JSON.stringify({ production }) })
    const bought = buy(world, { offerId: 'larkspur-projects', planId: 'basic', quantity: 3, preview: true })
    await land(world, bought, PROJECTS)
    await confirm(world, bought, projectsOrder)
    await world.until('attention', async () => (await world.read(bought.key)).openAttention.length > 0)
    expect((await world.read(bought.key)).openAttention[0]?.code).toBe('NO_TEST_CONNECTION')
    await world.pass(hours(5))
    expect(world.sandbox.worlds.connect.requests({ externalUid: bought.key.subscriptionId })).toEqual([])
  })
})
