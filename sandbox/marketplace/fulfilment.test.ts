import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { between, days, hours, instant, standingClock } from '../../src/kit/time.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { type Api, accessToken, activeSubscription, apiOf, type Receiver, receive } from '../testing/publisher.ts'
import type { Offer } from './types.ts'

const START = instant('2030-01-31T10:20:30.123Z')
let sandbox: Sandbox
let receiver: Receiver
let api: Api
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, clock: standingClock(START) })
  receiver = await receive(sandbox)
})
beforeEach(async () => {
  sandbox.reset()
  sandbox.clock.moveBy(between(sandbox.clock.now(), START))
  api = await apiOf(sandbox)
})
afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

const buySeats = () => sandbox.worlds.marketplace.purchase({ offerId: 'larkspur-projects', planId: 'basic', quantity: 10 })
const buyFlat = () => sandbox.worlds.marketplace.purchase({ offerId: 'larkspur-backup', planId: 'standard' })
const resolve = (token: string, by = api) => by.call('POST', '/resolve', { headers: { 'x-ms-marketplace-token': token } })
const status = async (id: string) => (await api.call('GET', `/${id}`)).json

const foreignApp = { clientId: 'bbbbbbbb-1111-4222-8333-444444444444', tenantId: 'cccccccc-1111-4222-8333-444444444444' }
async function foreignApi(): Promise<Api> {
  sandbox.worlds.entra.apps.set(foreignApp.clientId, { tenantId: foreignApp.tenantId, secrets: [{ value: 'theirs' }] })
  const token = await accessTokenOf(foreignApp.tenantId)
  return {
    call: (method, path, options = {}) =>
      api.call(method, path, { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } }),
  }
}
async function accessTokenOf(tenant: string): Promise<string> {
  const { entra } = sandbox.worlds
  const app = entra.apps.find(foreignApp.clientId) ?? expect.fail(tenant)
  return entra.tokens.forResource(app, '20e940b3-4c77-4b0b-9a53-9e16a1b010a7')
}

test('a purchase token resolves, again and again, only as the plain value of the link', async () => {
  const { token, landingUrl, subscriptionId } = buySeats()
  const inLink = new URL(landingUrl).searchParams.get('token') ?? ''
  expect(inLink).toBe(token)
  expect(token).toMatch(/\+.*\/|\/.*\+/)
  for (const once of [1, 2]) {
    const { status, json } = await resolve(inLink)
    expect([once, status]).toEqual([once, 200])
    expect(json).toMatchObject({ id: subscriptionId, offerId: 'larkspur-projects', planId: 'basic', quantity: 10 })
  }
  for (const spoilt of [encodeURIComponent(token), token.replaceAll('+', ' '), 'nonsense']) {
    const { status, json } = await resolve(spoilt)
    expect([status, json]).toEqual([400, expect.objectContaining({ code: 'InvalidValue' })])
  }
})

test('resolve without a token, with an old one, or with another publisher’s, is refused', async () => {
  expect((await api.call('POST', '/resolve')).json).toMatchObject({ code: 'HeaderNotPresent' })
  const { token } = buySeats()
  expect((await resolve(token, await foreignApi())).status).toBe(403)
  sandbox.clock.moveBy(hours(24))
  expect((await resolve(token, await apiOf(sandbox))).status).toBe(400)
})

test('every call needs the version, a bearer token, and the app of the offer', async () => {
  const { subscriptionId } = buySeats()
  const token = await accessToken(sandbox)
  const raw = (query: string, authorization?: string) =>
    fetch(`${sandbox.urls.marketplace}/saas/subscriptions/${subscriptionId}${query}`, {
      headers: authorization === undefined ? {} : { authorization },
    })
  expect(await (await raw('', `Bearer ${token}`)).json()).toMatchObject({ Error: { Code: 'ApiVersionUnspecified' } })
  expect(await (await raw('?api-version=2017-04-15', `Bearer ${token}`)).json()).toMatchObject({ Error: { Code: 'UnsupportedApiVersion' } })
  for (const bad of [undefined, token, `bearer ${token}`, `Bearer ${token}x`, 'Bearer x.y.z']) {
    expect((await raw('?api-version=2018-08-31', bad)).status).toBe(401)
  }
  const { entra } = sandbox.worlds
  const elsewhere = await entra.tokens.forResource(
    entra.apps.set('a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10', {}),
    'https://graph.microsoft.com',
  )
  expect((await raw('?api-version=2018-08-31', `Bearer ${elsewhere}`)).status).toBe(403)
  const theirs = await (await foreignApi()).call('GET', `/${subscriptionId}`)
  expect([theirs.status, typeof theirs.json]).toEqual([403, 'string'])
  expect((await (await foreignApi()).call('GET', '')).json).toEqual({})
})

test('request and correlation ids are given back, or made', async () => {
  const id = '11111111-2222-4333-8444-555555555555'
  const given = await api.call('GET', '', { headers: { 'x-ms-requestid': id, 'x-ms-correlationid': id } })
  expect([given.headers.get('x-ms-requestid'), given.headers.get('x-ms-correlationid')]).toEqual([id, id])
  expect((await api.call('GET', '')).headers.get('x-ms-requestid')).toMatch(/^[0-9a-f-]{36}$/)
})

test('activation is accepted at once and in force a little later, with a term of whole days', async () => {
  const { subscriptionId } = buySeats()
  const { status: code, text } = await api.call('POST', `/${subscriptionId}/activate`, { body: { planId: 'basic', quantity: 10 } })
  expect([code, text]).toEqual([200, ''])
  expect(await status(subscriptionId)).toMatchObject({ saasSubscriptionStatus: 'PendingFulfillmentStart', term: { termUnit: 'P1M' } })
  sandbox.clock.moveBy(400)
  await sandbox.settled()
  expect(await status(subscriptionId)).toMatchObject({
    saasSubscriptionStatus: 'Subscribed',
    term: { startDate: '2030-01-31T00:00:00.0000000Z', endDate: '2030-02-27T00:00:00.0000000Z', termUnit: 'P1M' },
  })
  expect((await api.call('POST', `/${subscriptionId}/activate`)).status).toBe(400)
  expect((await api.call('POST', '/11111111-2222-4333-8444-555555555555/activate')).status).toBe(404)
})

test('when Microsoft’s payment fails after activation the subscription ends', async () => {
  sandbox.worlds.marketplace.setOptions({ paymentFailsAtActivation: true })
  const id = await activeSubscription(sandbox, { offerId: 'larkspur-backup', planId: 'standard' })
  expect(await status(id)).toMatchObject({ saasSubscriptionStatus: 'Unsubscribed' })
})

test('times have seven digits and now and then no zone; flat rate has no seats, said in three ways; lists pad the status', async () => {
  const { subscriptionId, token } = buyFlat()
  expect(await status(subscriptionId)).toMatchObject({
    quantity: null,
    created: expect.stringMatching(/\.\d{7}Z$/),
    lastModified: expect.stringMatching(/\.\d{7}$/),
  })
  expect((await api.call('GET', '')).json).toMatchObject({
    subscriptions: [{ quantity: '', saasSubscriptionStatus: ' PendingFulfillmentStart ' }],
  })
  expect((await resolve(token)).json).not.toHaveProperty('quantity')
})

test('the list comes in pages behind an absolute link, which may name a foreign host', async () => {
  const ids = [buySeats(), buyFlat(), buySeats()].map(({ subscriptionId }) => subscriptionId)
  sandbox.worlds.marketplace.setOptions({ pageSize: 2 })
  const first = pageOf((await api.call('GET', '')).json)
  expect(new URL(first.next ?? '').origin).toBe(sandbox.url)
  const second = pageOf((await api.call('GET', new URL(first.next ?? '').search)).json)
  expect([...first.ids, ...second.ids]).toEqual(ids)
  expect(second.next).toBeUndefined()
  sandbox.worlds.marketplace.setOptions({ foreignLinks: true })
  expect(new URL(pageOf((await api.call('GET', '/')).json).next ?? '').host).toBe('marketplaceapi.microsoft.com')
  expect((await api.call('GET', '?continuationToken=nonsense')).status).toBe(400)
})

function pageOf(json: unknown): { readonly ids: readonly string[]; readonly next: string | undefined } {
  if (typeof json !== 'object' || json === null || !('subscriptions' in json) || !Array.isArray(json.subscriptions)) return expect.fail()
  return { ids: json.subscriptions.map(({ id }) => String(id)), next: '@nextLink' in json ? String(json['@nextLink']) : undefined }
}

test('available plans leave out what is private to others and honour the filter', async () => {
  const offer = sandbox.worlds.marketplace.offers().find(({ offerId }) => offerId === 'larkspur-projects') ?? expect.fail()
  const secret: Offer = { ...offer, plans: [...offer.plans, { planId: 'secret', name: 'Secret', price: 1, privateFor: ['somebody'] }] }
  sandbox.worlds.marketplace.addOffer(secret)
  const { subscriptionId } = buySeats()
  const plans = async (query = '') => (await api.call('GET', `/${subscriptionId}/listAvailablePlans${query}`)).json
  expect(await plans()).toMatchObject({
    plans: [{ planId: 'basic', minQuantity: 1, maxQuantity: 50 }, { planId: 'professional' }, { planId: 'enterprise' }],
  })
  expect(await plans('?planId=basic')).toMatchObject({ plans: [{ planId: 'basic', sourceOffers: [] }] })
  expect(await plans('?planId=nothing')).toEqual({ plans: [] })
})

test('the publisher’s change takes its time, one at a time, and is then in force', async () => {
  const id = await activeSubscription(sandbox, { offerId: 'larkspur-projects', planId: 'basic', quantity: 10 })
  const changed = await api.call('PATCH', `/${id}`, { body: { quantity: 12 } })
  expect(changed.status).toBe(202)
  const operation = new URL(changed.headers.get('operation-location') ?? '').pathname.split('/subscriptions')[1] ?? ''
  expect((await api.call('GET', operation)).json).toMatchObject({ action: 'ChangeQuantity', quantity: 12, status: 'InProgress' })
  expect((await api.call('GET', `/${id}/operations`)).json).toMatchObject({ operations: [{ action: 'ChangeQuantity' }] })
  expect((await api.call('PATCH', `/${id}`, { body: { planId: 'professional' } })).json).toMatchObject({ code: 'Failed' })
  expect((await api.call('DELETE', `/${id}`)).status).toBe(409)
  expect((await api.call('PATCH', operation, { body: { status: 'Success' } })).status).toBe(500)
  sandbox.clock.moveBy(1_500)
  await sandbox.settled()
  expect((await api.call('GET', operation)).json).toMatchObject({ status: 'Succeeded' })
  expect(await status(id)).toMatchObject({ quantity: 12 })
  expect(receiver.notices.at(-1)?.body).toMatchObject({ operationRequestSource: 'Partner', quantity: 12, subscription: { quantity: 10 } })
})

test.each([
  ['both at once', { planId: 'professional', quantity: 12 }, 'Cannot patch more than one field in the same request'],
  ['nothing', {}, 'nothing to patch'],
  ['the same plan', { planId: 'basic' }, 'same as the current plan'],
  ['the same seats', { quantity: 10 }, 'same as the current quantity'],
  ['an unknown plan', { planId: 'gold' }, 'NOT in Catalog'],
  ['too many seats', { quantity: 51 }, 'between 1 and 50'],
  ['too few seats for the new plan', { planId: 'enterprise' }, 'between 25 and'],
])('a change to %s is refused', async (_what, body, message) => {
  const id = await activeSubscription(sandbox, { offerId: 'larkspur-projects', planId: 'basic', quantity: 10 })
  const { status, json } = await api.call('PATCH', `/${id}`, { body })
  expect([status, json]).toEqual([400, expect.objectContaining({ message: expect.stringContaining(message) })])
})

test('a subscription sold by a partner can only be read', async () => {
  const id = await activeSubscription(sandbox, { offerId: 'larkspur-projects', planId: 'basic', quantity: 10, csp: true })
  expect(await status(id)).toMatchObject({ allowedCustomerOperations: ['Read'] })
  expect((await api.call('PATCH', `/${id}`, { body: { quantity: 11 } })).status).toBe(400)
  expect((await api.call('DELETE', `/${id}`)).status).toBe(400)
})

test('the publisher’s cancellation ends it after a while; repeated it changes nothing', async () => {
  const { subscriptionId: id } = buySeats()
  expect((await api.call('DELETE', `/${id}`)).status).toBe(202)
  sandbox.clock.moveBy(1_500)
  await sandbox.settled()
  expect(await status(id)).toMatchObject({ saasSubscriptionStatus: 'Unsubscribed' })
  expect((await api.call('DELETE', `/${id}`)).status).toBe(200)
})

test('unknown operations are 400 to read, 404 to answer; an unknown subscription has an empty list of them', async () => {
  const { subscriptionId: id } = buySeats()
  const nobody = '11111111-2222-4333-8444-555555555555'
  expect((await api.call('GET', `/${id}/operations/${nobody}`)).status).toBe(400)
  expect((await api.call('PATCH', `/${id}/operations/${nobody}`, { body: { status: 'Success' } })).status).toBe(404)
  expect((await api.call('GET', `/${nobody}/operations`)).json).toEqual({ operations: [] })
})

test('a preview purchase says so in its offer id; an order the shop would not allow is refused', async () => {
  const { marketplace } = sandbox.worlds
  const { subscriptionId } = marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team', quantity: 3, preview: true })
  expect(await status(subscriptionId)).toMatchObject({ offerId: 'larkspur-notes-preview' })
  expect(() => marketplace.purchase({ offerId: 'larkspur-notes', planId: 'gold' })).toThrow(RangeError)
  expect(() => marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team', quantity: 501 })).toThrow(RangeError)
  expect(() => marketplace.purchase({ offerId: 'larkspur-backup', planId: 'standard', quantity: 2 })).toThrow(RangeError)
})

test('a purchase nobody activates lapses on day 30, not before', async () => {
  const { subscriptionId: id } = buySeats()
  sandbox.clock.moveBy(days(30) - 1)
  await sandbox.settled()
  expect(sandbox.worlds.marketplace.subscription(id)?.status).toBe('PendingFulfillmentStart')
  sandbox.clock.moveBy(1)
  await sandbox.settled()
  expect(sandbox.worlds.marketplace.subscription(id)?.status).toBe('Unsubscribed')
  expect(receiver.notices.at(-1)?.body).toMatchObject({ action: 'Unsubscribe', subscriptionId: id })
})
