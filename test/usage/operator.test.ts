/** What operators see of usage and do about it, from the terminal and over HTTP. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hours, minutes } from '../../src/kit/time.ts'
import { type Door, OTHER, openDoor } from '../api/door.ts'
import { terminal } from '../helpers/at-terminal.ts'
import type { Bought } from '../helpers/world.ts'
import { event, report, slotsOf } from './metered-world.ts'
import { onPlatform, SUITE } from './platform.ts'

let door: Door
let key: string
let bought: Bought
beforeAll(async () => {
  door = await openDoor()
  key = await door.keyOf(['read', 'operate'])
})
beforeEach(async () => {
  bought = await onPlatform(door.world)
})
afterAll(() => door.world.stop())

const bridge = (...args: readonly string[]) => terminal(door.world)('usage', ...args)
const id = () => bought.key.subscriptionId
const used = (quantity: string, dimension = 'storage') => ({
  ...event(bought, quantity, door.world.clock.now(), dimension),
  productId: SUITE,
})
const billed = () => door.world.sandbox.worlds.marketplace.billed(id()).map(({ dimension, quantity }) => `${dimension} ${quantity}`)
const states = async () => (await slotsOf(door.world, bought)).map(({ state }) => state)

/** Sending was stopped for a day: an hour of it is not billed. */
async function expired(quantity: string): Promise<void> {
  await report(door.world, used(quantity))
  await bridge('stop', 'larkspur', '--product', SUITE, '--yes')
  await door.world.pass(hours(26))
  await bridge('resume', 'larkspur', '--product', SUITE, '--yes')
  expect(await states()).toEqual(['expired'])
}

test('an attention item’s action is carried out on all hours it is about, and the item says who did it', async () => {
  await expired('3')
  const { body } = await door.call(key, 'GET', `/attention?code=USAGE_EXPIRED&subjectId=${id()}`)
  const [item] = body['items'] as readonly { id: string }[]
  const preview = await door.call(key, 'POST', `/attention/${item?.id}/resolve`, { action: 'billUsageLater', dryRun: true })
  expect(JSON.stringify(preview.body['preview'])).toMatch(/storage, hour .* 3 billed with the hour/)
  expect(await states()).toEqual(['expired'])
  expect((await door.call(key, 'POST', `/attention/${item?.id}/resolve`, { action: 'billUsageLater' })).status).toBe(200)
  expect(await door.call(key, 'GET', `/attention/${item?.id}`)).toMatchObject({
    body: { state: 'resolved', resolution: 'billUsageLater', by: 'API key nightly' },
  })
  await door.world.pass(hours(2) + minutes(10))
  expect(billed()).toEqual(['storage 3'])
  const again = await door.call(key, 'POST', `/subscriptions/${id()}/usage/decisions`, { decision: 'billLater' })
  expect(again).toMatchObject({ status: 409, body: { reason: 'NOTHING_WAITS' } })
})

test('without a yes nothing is decided; with it an hour is written off, once', async () => {
  await expired('4')
  const asked = await bridge('decide', 'write-off', id())
  expect([asked.code, asked.out]).toEqual([3, expect.stringContaining('4 not billed, for good')])
  expect(await states()).toEqual(['expired'])
  expect((await bridge('decide', 'write-off', id(), '--dimension', 'api-calls', '--yes')).err).toContain('NOTHING_WAITS')
  expect((await bridge('decide', 'write-off', id(), '--yes')).code).toBe(0)
  expect(await states()).toEqual(['writtenOff'])
  expect((await bridge('decide', 'write-off', id(), '--yes')).code).toBe(1)
})

test('a stop really stops, of the product it names, and what it waits with is told', async () => {
  await report(door.world, used('2'))
  expect((await bridge('stop', 'larkspur', '--product', SUITE)).code).toBe(3)
  expect((await door.call(key, 'POST', '/usage/stop', { productId: SUITE, note: 'price list wrong' })).status).toBe(200)
  await door.world.pass(hours(3))
  expect(billed()).toEqual([])
  expect((await door.call(key, 'GET', '/usage/stops')).body).toMatchObject({ items: [{ productId: SUITE, by: 'API key nightly' }] })
  expect((await bridge('resume', 'larkspur')).err).toContain('NOT_STOPPED')
  expect((await bridge('resume', 'larkspur', '--product', SUITE, '--yes')).out).toContain('1 hours wait to be sent')
  await door.world.rest()
  expect(billed()).toEqual(['storage 2'])
})

test('a one-off is added after its preview tells the hour, what is due of it and the price, and counts once', async () => {
  await report(door.world, used('990', 'api-calls'))
  await door.world.pass(hours(2) + minutes(10))
  const at = door.world.clock.now().toISOString()
  const add = (...more: readonly string[]) => bridge('add', id(), 'api-calls', '30', '--at', at, ...more)
  expect((await add()).out).toMatch(/30 of api-calls is billed with the hour .*\n.*Due: 20 after 10 that is left.*\n.*About 1 USD, at 0.05/)
  expect((await add('--yes')).code).toBe(0)
  expect((await add('--yes')).out).toContain('added before')
  await door.world.pass(hours(2) + minutes(10))
  expect(billed()).toEqual(['api-calls 20'])
  const path = `/subscriptions/${id()}/usage/events`
  expect(await door.call(key, 'POST', path, { dimension: 'seats', quantity: 1 })).toMatchObject({
    status: 409,
    body: { reason: 'ERR_USAGE_UNKNOWN_DIMENSION' },
  })
  expect(await door.call(key, 'POST', path, { dimension: 'storage', quantity: '0.5', dryRun: true })).toMatchObject({ status: 200 })
})

test('what is used, included, left and not billed yet is shown, and where each hour stands', async () => {
  await report(door.world, used('1100', 'api-calls'), used('2.5'))
  await door.world.pass(hours(2) + minutes(10))
  await report(door.world, used('7', 'api-calls'))
  const { body } = await door.call(key, 'GET', `/subscriptions/${id()}/usage`)
  expect(body).toMatchObject({
    usage: {
      planId: 'platform',
      dimensions: [
        { dimension: 'api-calls', used: '1107', included: '1000', left: '0', notBilledYet: '7', price: '0.05', currency: 'USD' },
        { dimension: 'storage', used: '2.5', included: '0', left: '0', notBilledYet: '0' },
      ],
    },
    held: [],
  })
  expect((await bridge('show', id())).out).toMatch(/api-calls +1107 +1000 +0 +7 +0.05 USD/)
  const slots = JSON.parse((await bridge('slots', '--subscription', id(), '--state', 'accepted', '--json')).out)
  expect(slots).toMatchObject([
    { dimension: 'storage', quantity: '2.5', acceptedQuantity: '2.5', usageEventId: expect.any(String) },
    { dimension: 'api-calls', quantity: '100' },
  ])
  expect((await bridge('slots', '--state', 'lost')).code).toBe(2)
  const page = await door.call(key, 'GET', `/usage/slots?subscriptionId=${id()}&limit=1`)
  const next = await door.call(
    key,
    'GET',
    `/usage/slots?subscriptionId=${id()}&limit=200&cursor=${encodeURIComponent(String(page.body['next']))}`,
  )
  expect([page, next].map(({ body: { items } }) => (items as readonly unknown[]).length)).toEqual([1, 2])
})

test('another tenant sees none of it and decides nothing', async () => {
  await report(door.world, used('1'))
  const stranger = await door.keyOf(['read', 'operate'], OTHER)
  expect((await door.call(stranger, 'GET', '/usage/slots')).body).toEqual({ items: [], next: null })
  for (const [path, body] of [
    ['decisions', { decision: 'drop' }],
    ['events', { dimension: 'storage', quantity: 1 }],
  ] as const)
    expect((await door.call(stranger, 'POST', `/subscriptions/${id()}/usage/${path}`, body)).status).toBe(404)
  expect((await door.call(stranger, 'GET', `/subscriptions/${id()}/usage`)).status).toBe(404)
})
