/** The whole way in the buyer's browser, over the real rooms and both sandbox worlds. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buy, createWorld, NOTES, type World } from '../helpers/world.ts'
import { type Browser, createBrowser } from './browser.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  world.sandbox.setBridgeUrl(world.config.publicUrl)
})
afterAll(() => world.stop())

const browserOf = (): Browser => createBrowser({ inject: (request) => world.bridge.app.inject(request) }, world.config.publicUrl)

const organisation = {
  ...{ companyName: 'Fabrikam GmbH', firstName: 'Mara', lastName: 'Vogt', email: 'mara.vogt@fabrikam.example' },
  ...{ address_line1: 'Hauptstrasse 1', postal_code: '10115', city: 'Berlin', country: 'DE' },
}

/** What a buyer of a product without ordering parameters fills in. */
function answers(body: string): Record<string, string> {
  const [, csrfToken = ''] = /name="csrfToken" value="([^"]+)"/.exec(body) ?? []
  return { ...organisation, csrfToken }
}

test('a buyer lands, signs in, orders, watches, and sees the product active once the vendor approved; a colleague sees the same', async () => {
  const { key, token } = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 5 })
  const start = `/portal/larkspur/${NOTES}/start?token=${encodeURIComponent(token)}`
  const mara = browserOf()
  const form = await mara.pick(await mara.get(start), 'mara')
  const page = `${world.config.publicUrl}/portal/larkspur/${NOTES}/subscriptions/${key.subscriptionId}`
  expect([form.status, form.url]).toEqual([200, page])

  const sent = await mara.post(`${page}/order`, answers(form.body))
  expect([sent.status, sent.url]).toEqual([200, page])
  const stage = async () => JSON.parse((await mara.get(`${page}/status`)).body).stage
  await world.until('the vendor has the order', async () => (await world.read(key)).connect.openRequest !== undefined)
  expect(await stage()).toBe('waiting')

  const orders = world.sandbox.worlds.connect.requests({ externalUid: key.subscriptionId, type: 'purchase' })
  expect(orders).toHaveLength(1)
  for (const { id } of orders) world.sandbox.worlds.connect.approve(id)
  await world.until('it is active', async () => (await stage()) === 'active')
  const jonas = browserOf()
  const seen = await jonas.pick(await jonas.get(page), 'jonas')
  expect(seen.status).toBe(200)
  expect(seen.body).toContain('data-live')
})
