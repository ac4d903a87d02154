import { afterAll, beforeAll, expect, test } from 'vitest'
import { days } from '../../src/kit/time.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { accessToken, type Receiver, receive, replyOf } from '../testing/publisher.ts'

let sandbox: Sandbox
let receiver: Receiver
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  receiver = await receive(sandbox)
})
afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

async function send(method: string, path: string, body?: unknown) {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return replyOf(await fetch(`${sandbox.url}/_sandbox${path}`, { method, ...json }))
}
const idOf = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'subscriptionId' in json ? String(json.subscriptionId) : expect.fail(JSON.stringify(json))

test('another process can buy, change, look, and move the clock until all that fell due is done', async () => {
  const id = idOf((await send('POST', '/marketplace/purchases', { offerId: 'larkspur-notes', planId: 'team', quantity: 4 })).json)
  expect((await send('GET', `/marketplace/subscriptions/${id}`)).json).toMatchObject({ offerId: 'larkspur-notes', quantity: 4 })
  expect((await send('POST', `/marketplace/subscriptions/${id}/token`)).json).toMatchObject({ token: expect.any(String) })
  expect((await send('POST', `/marketplace/subscriptions/${id}/quantity`, { quantity: 5 })).status).toBe(400)
  const before = sandbox.clock.now().getTime()
  expect((await send('POST', '/clock', { moveBy: days(30) })).json).toMatchObject({ now: expect.any(String) })
  expect(sandbox.clock.now().getTime() - before).toBeGreaterThanOrEqual(days(30))
  expect((await send('GET', `/marketplace/subscriptions/${id}`)).json).toMatchObject({
    status: 'Unsubscribed',
    deliveries: [{ action: 'Unsubscribe', state: 'accepted' }],
  })
})

test('options, app registrations and the bridge’s address can be set; nonsense is 400 with the reason', async () => {
  expect((await send('PATCH', '/marketplace/options', { pageSize: 3 })).json).toMatchObject({ pageSize: 3, acceptWindow: 10_000 })
  const refused = await send('PATCH', '/marketplace/options', { pageSize: 101 })
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('pageSize')])
  expect((await send('POST', '/marketplace/purchases', { offerId: 'x', planId: 'y' })).json).toEqual({ error: 'there is no offer x' })
  expect((await send('PUT', '/entra/apps/a3f0c6de-7d55-4c1b-8f39-0b1a6c2d7e10', { secrets: [{ value: 'fresh' }] })).status).toBe(204)
  expect(await accessToken(sandbox, { client_secret: 'fresh' })).toMatch(/^ey/)
  expect((await send('PUT', '/bridge', { url: 'http://127.0.0.1:4444/' })).json).toEqual({ url: 'http://127.0.0.1:4444' })
  const { landingUrl } = sandbox.worlds.marketplace.purchase({ offerId: 'larkspur-notes', planId: 'team' })
  expect(landingUrl).toMatch(/^http:\/\/127\.0\.0\.1:4444\/portal\//)
})

test('a reset brings the seed back: nothing bought, no faults, first options and secrets', async () => {
  sandbox.worlds.faults.add({ world: 'entra', kind: 'hang', times: 100 })
  expect((await send('POST', '/reset')).status).toBe(204)
  expect(sandbox.worlds.marketplace.subscriptions()).toEqual([])
  expect(sandbox.worlds.marketplace.options().pageSize).toBe(100)
  expect(await accessToken(sandbox)).toMatch(/^ey/)
})
