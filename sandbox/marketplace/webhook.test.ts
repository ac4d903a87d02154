import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { between, days, hours, instant, seconds, standingClock } from '../../src/kit/time.ts'
import { publisher } from '../seed.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { activeSubscription, apiOf, type Receiver, receive } from '../testing/publisher.ts'
import { granted } from './answer.ts'
import { outcomeOf } from './deliver.ts'

const START = instant('2030-03-15T08:00:00Z')
let sandbox: Sandbox
let receiver: Receiver
let id: string
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, clock: standingClock(START) })
  receiver = await receive(sandbox)
})
beforeEach(async () => {
  sandbox.reset()
  sandbox.clock.moveBy(between(sandbox.clock.now(), START))
  id = await activeSubscription(sandbox, { offerId: 'larkspur-projects', planId: 'basic', quantity: 10 })
  receiver.notices.length = 0
  receiver.answers.length = 0
})
afterAll(async () => {
  await sandbox.stop()
  await receiver.stop()
})

const market = () => sandbox.worlds.marketplace
const now = () => market().subscription(id) ?? expect.fail()
const pass = async (length: number): Promise<void> => {
  sandbox.clock.moveBy(length)
  await sandbox.settled()
}
const actions = () => receiver.notices.map(({ body }) => body['action'])

test('the buyer’s change is told with a token that verifies and the values before the change, and silence for 10 s means yes', async () => {
  const operation = granted(market().changePlan(id, 'professional'))
  await sandbox.settled()
  const [notice = expect.fail()] = receiver.notices
  expect(notice.path).toBe('/portal/larkspur/PRD-417-220-902/notification')
  const token = notice.headers.authorization?.replace('Bearer ', '') ?? ''
  const { payload } = await jwtVerify(
    token,
    createRemoteJWKSet(new URL(`${sandbox.urls.login}/${publisher.entraTenantId}/discovery/keys`)),
    {
      audience: publisher.apiApp.clientId,
      issuer: `${sandbox.urls.sts}/${publisher.entraTenantId}/`,
    },
  )
  expect(payload['appid']).toBe('20e940b3-4c77-4b0b-9a53-9e16a1b010a7')
  expect(notice.body).toMatchObject({
    id: operation.id,
    action: 'ChangePlan',
    planId: 'professional',
    status: 'InProgress',
    operationRequestSource: 'Azure',
    subscription: { planId: 'basic' },
  })
  await pass(seconds(10) - 1)
  expect(now().planId).toBe('basic')
  await pass(1)
  expect([now().planId, market().operation(operation.id)?.status]).toEqual(['professional', 'Succeeded'])
})

test.each([
  ['Success', 12, 'Succeeded'],
  ['Failure', 10, 'Failed'],
] as const)('PATCH %s decides at once, and a second answer is 409', async (status, quantity, outcome) => {
  const operation = granted(market().changeQuantity(id, 12))
  await sandbox.settled()
  const api = await apiOf(sandbox)
  const patch = () => api.call('PATCH', `/${id}/operations/${operation.id}`, { body: { status } })
  expect((await patch()).status).toBe(200)
  expect([now().quantity, market().operation(operation.id)?.status]).toEqual([quantity, outcome])
  expect((await patch()).status).toBe(409)
  await pass(seconds(10))
  expect(now().quantity).toBe(quantity)
})

test('4xx on a change is a refusal; on anything else, and 5xx on everything, it is tried again', async () => {
  receiver.answers.push(400)
  const refused = granted(market().changePlan(id, 'professional'))
  await sandbox.settled()
  expect([market().operation(refused.id)?.status, now().planId]).toEqual(['Failed', 'basic'])
  receiver.answers.push(404, 503)
  granted(market().renew(id))
  await sandbox.settled()
  await pass(seconds(1))
  await pass(seconds(2))
  expect(market().deliveries(id).at(-1)).toMatchObject({
    state: 'accepted',
    attempts: [{ outcome: 404 }, { outcome: 503 }, { outcome: 200 }],
  })
  expect([outcomeOf(401, true), outcomeOf(401, false), outcomeOf(500, true), outcomeOf('reset', true), outcomeOf(204, true)]).toEqual([
    'refused',
    'failing',
    'failing',
    'failing',
    'taken',
  ])
})

test('the 10 seconds begin when the call was taken; never taken for 8 hours, the change fails', async () => {
  receiver.answers.push(500)
  const operation = granted(market().changeQuantity(id, 20))
  await sandbox.settled()
  await pass(seconds(1))
  await pass(seconds(9))
  expect(now().quantity).toBe(10)
  await pass(seconds(1))
  expect(now().quantity).toBe(20)

  receiver.answers.push(...Array.from({ length: 5 }, () => 500))
  const hopeless = granted(market().changeQuantity(id, 30))
  await sandbox.settled()
  await pass(hours(8))
  expect([market().operation(hopeless.id)?.status, market().deliveries(id).at(-1)?.state]).toEqual(['Failed', 'givenUp'])
  expect(operation.id).not.toBe(hopeless.id)
})

test('a refused change can be followed by a notice back to the present value, and can be ignored', async () => {
  const api = await apiOf(sandbox)
  const refuse = async (quantity: number) => {
    const operation = granted(market().changeQuantity(id, quantity))
    await sandbox.settled()
    await api.call('PATCH', `/${id}/operations/${operation.id}`, { body: { status: 'Failure' } })
    await sandbox.settled()
  }
  market().setOptions({ revertAfterRefusal: true })
  await refuse(12)
  expect(receiver.notices.at(-1)?.body).toMatchObject({ action: 'ChangeQuantity', quantity: 10, subscription: { quantity: 10 } })
  await pass(seconds(10))
  market().setOptions({ ignoreRefusals: true })
  await refuse(15)
  expect(now().quantity).toBe(15)
})

test('suspension is told afterwards, reinstatement before; 30 unpaid days end it', async () => {
  granted(market().suspend(id))
  await sandbox.settled()
  expect([now().status, receiver.notices[0]?.body]).toMatchObject([
    'Suspended',
    { action: 'Suspend', status: 'Succeeded', subscription: { saasSubscriptionStatus: 'Subscribed' } },
  ])
  granted(market().reinstate(id))
  expect(now().status).toBe('Suspended')
  await sandbox.settled()
  expect([now().status, receiver.notices[1]?.body]).toMatchObject(['Subscribed', { action: 'Reinstate', status: 'InProgress' }])
  granted(market().suspend(id))
  await pass(days(30))
  expect([now().status, actions().at(-1)]).toEqual(['Unsubscribed', 'Unsubscribe'])
})

test('a term that ends is renewed by itself, or not when renewal is off; what ended while suspended is renewed on reinstatement', async () => {
  const { term } = now()
  await pass(days(31))
  expect(now().term?.startDate.getTime()).toBe((term?.endDate.getTime() ?? 0) + days(1))
  expect(actions()).toEqual(['Renew'])
  granted(market().suspend(id))
  await pass(days(29))
  granted(market().reinstate(id))
  await sandbox.settled()
  await pass(days(5))
  expect(now().term?.endDate.getTime()).toBeGreaterThan(sandbox.clock.now().getTime())
  market().setAutoRenew(id, false)
  await pass(days(31))
  expect(now().status).toBe('Unsubscribed')
})

test('a cancelled subscription drops its pending change and never changes again', async () => {
  const operation = granted(market().changePlan(id, 'professional'))
  await sandbox.settled()
  granted(market().cancel(id))
  await pass(seconds(30))
  expect([now().status, now().planId, market().operation(operation.id)?.status]).toEqual(['Unsubscribed', 'basic', 'Failed'])
  expect(market().renew(id)).toMatchObject({ ok: false })
})

test('notices come twice, late, never or out of order when told so', async () => {
  const { faults } = sandbox.worlds
  faults.add({ world: 'webhook', kind: 'duplicate' })
  granted(market().renew(id))
  await sandbox.settled()
  expect(receiver.notices.map(({ body }) => body['id'])).toEqual(Array(2).fill(market().operations(id).at(-1)?.id))

  receiver.notices.length = 0
  faults.add({ world: 'webhook', kind: 'reorder', action: 'Suspend' })
  granted(market().suspend(id))
  granted(market().reinstate(id))
  await sandbox.settled()
  expect(actions()).toEqual(['Reinstate', 'Suspend'])

  receiver.notices.length = 0
  faults.add({ world: 'webhook', kind: 'late', delay: seconds(60) })
  granted(market().renew(id))
  await pass(seconds(59))
  expect(actions()).toEqual([])
  await pass(seconds(1))
  expect(actions()).toEqual(['Renew'])

  faults.add({ world: 'webhook', kind: 'drop' })
  granted(market().changePlan(id, 'professional'))
  await pass(seconds(10))
  expect([now().planId, actions()]).toEqual(['professional', ['Renew']])
})
