/** The address Microsoft calls: who is let in, what is kept, and that no authentic notice ever hears a 4xx. Real tokens, a real port. */
import { randomUUID } from 'node:crypto'
import { connect as connectTo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import type { NoticeSummary } from '../../src/subscriptions/index.ts'
import { listNotices, readNoticeRecord, webhookHealth } from '../../src/subscriptions/index.ts'
import { addressOf, createNotifiedWorld, notify, PROJECTS, webhookToken } from '../helpers/notified-world.ts'
import { TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterEach(() => world.sandbox.worlds.faults.clear())
afterAll(() => world.stop())

const SUBSCRIPTION = '37f9dea2-4345-438f-b0bd-03d40d28c7e0'
const newest = async (): Promise<NoticeSummary> =>
  (await listNotices(world.database.db, { tenantId: TENANT, limit: 1 }))[0] ?? expect.fail('nothing was stored')
const count = async () => (await listNotices(world.database.db, { tenantId: TENANT, limit: 1000 })).length
const full = async () => (await readNoticeRecord(world.database.db, (await newest()).id)) ?? expect.fail('not found')

interface Sent {
  readonly authorization?: string | undefined
  readonly type?: string | undefined
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined
  readonly path?: string | undefined
}

async function send({ authorization, type, body, path }: Sent): Promise<Response> {
  const headers = { ...(authorization === undefined ? {} : { authorization }), ...(type === undefined ? {} : { 'content-type': type }) }
  return fetch(addressOf(world, path), { method: 'POST', headers, body: body ?? null })
}

const authentic = async (sent: Sent): Promise<Response> => send({ authorization: `Bearer ${await webhookToken(world)}`, ...sent })

/** One payload for each action, in the current shape; then the older ones. */
const embedded = { id: SUBSCRIPTION, offerId: 'larkspur-projects', planId: 'basic', quantity: 10, saasSubscriptionStatus: 'Subscribed' }
const current = (action: string, more: object = {}) => ({
  id: randomUUID(),
  activityId: randomUUID(),
  publisherId: 'larkspursoftware',
  offerId: 'larkspur-projects',
  planId: 'basic',
  quantity: 10,
  subscriptionId: SUBSCRIPTION,
  timeStamp: '2030-04-15T20:17:31.7350641Z',
  action,
  status: 'InProgress',
  operationRequestSource: 'Azure',
  subscription: embedded,
  purchaseToken: null,
  ...more,
})

const shapes: readonly (readonly [string, object, string | undefined])[] = [
  ['ChangePlan', current('ChangePlan', { planId: 'professional' }), 'ChangePlan'],
  ['ChangeQuantity', current('ChangeQuantity', { quantity: 20 }), 'ChangeQuantity'],
  ['ChangeQuantity, the number as text', current('ChangeQuantity', { quantity: '20' }), 'ChangeQuantity'],
  ['Renew', current('Renew', { status: 'Succeeded' }), 'Renew'],
  ['Suspend', current('Suspend', { status: 'Succeeded' }), 'Suspend'],
  ['Suspended, the life-cycle page’s word', current('Suspended'), 'Suspend'],
  ['Unsubscribe', current('Unsubscribe', { status: 'Succeeded' }), 'Unsubscribe'],
  ['Reinstate', current('Reinstate'), 'Reinstate'],
  ['Reinstate, early draft', { subscriptionId: SUBSCRIPTION, operationType: 'Reinstate' }, 'Reinstate'],
  ['Subscribe, 2019', { operationId: randomUUID(), subscriptionId: SUBSCRIPTION, planId: 'p', action: 'Subscribe' }, 'Subscribe'],
  ['Renew, minimal of 2021', { id: randomUUID(), activityId: randomUUID(), subscriptionId: SUBSCRIPTION, action: 'Renew' }, 'Renew'],
  ['no embedded subscription', { ...current('ChangePlan'), subscription: undefined }, 'ChangePlan'],
  ['seats that are no number', current('ChangeQuantity', { quantity: { of: 'ten' } }), 'ChangeQuantity'],
  ['seats beyond every number', current('ChangeQuantity', { quantity: 9e300 }), 'ChangeQuantity'],
  ['an action of tomorrow', current('Transfer'), 'Transfer'],
  ['an action with a NUL and half a character', current('Tra\0ns\ud800fer'), 'Tra\uFFFDns\uFFFDfer'],
  ['a time stamp out of this world', current('Renew', { timeStamp: '+123456-01-01T00:00:00Z' }), 'Renew'],
  ['fields nobody has heard of', current('Renew', { brandNew: { deep: [1, 2, 3] } }), 'Renew'],
]

describe('an authentic notice', () => {
  test.each(shapes)('is stored and answered 200: %s', async (_, body, action) => {
    const answer = await notify(world, body)
    expect([answer.status, await answer.json()]).toEqual([200, { outcome: 'stored' }])
    expect(await newest()).toMatchObject({ action, subscriptionId: SUBSCRIPTION, productId: PROJECTS })
  })

  test.each([
    ['not JSON', 'action=Renew', 'notJson'],
    ['empty', '', 'notJson'],
    ['a list', '[]', 'notAnObject'],
    ['about nobody', '{"action":"Renew"}', 'noSubscription'],
    ['full of NULs', '\0\0\0', 'notJson'],
    ['endlessly nested', '['.repeat(200_000), 'notJson'],
  ])('is stored and answered 200 with a body that is %s', async (_, body, reason) => {
    expect((await authentic({ type: 'application/json', body })).status).toBe(200)
    expect(await newest()).toMatchObject({ unreadableBecause: reason, subscriptionId: undefined, outcome: undefined })
  })

  test.each([undefined, 'text/plain', 'application/xml; charset=utf-16', 'application/x-www-form-urlencoded', 'nonsense', ';;;', 'a/b/c'])(
    'is stored and answered 200 with content type %s, and that is kept',
    async (type) => {
      const body = new TextEncoder().encode(JSON.stringify(current('Renew')))
      expect((await authentic({ type, body })).status).toBe(200)
      const notice = await full()
      expect(notice.action).toBe('Renew')
      expect(notice.headers['content-type']).toBe(type)
    },
  )

  test('without any body is stored and answered 200', async () => {
    expect((await authentic({})).status).toBe(200)
    expect(await newest()).toMatchObject({ unreadableBecause: 'notJson' })
  })

  test('of three megabytes is read to one, stored cut and answered 200', async () => {
    const body = `${JSON.stringify(current('Renew')).slice(0, -1)},"more":"${'x'.repeat(3 * 1024 * 1024)}"}`
    expect((await authentic({ type: 'application/json', body })).status).toBe(200)
    expect(await full()).toMatchObject({ unreadableBecause: 'notJson', bodyTruncated: true, bodyBytes: body.length })
    expect((await full()).body).toHaveLength(1024 * 1024)
  })

  test.each([
    ['an unknown product', '/portal/larkspur/PRD-000-000-000/notification', 'PRD-000-000-000'],
    ['a product id with oddities', '/portal/larkspur/%E2%9C%93%20%00/notification', '✓ \uFFFD'],
    ['a product id of a novel', `/portal/larkspur/${'p'.repeat(800)}/notification`, 'p'.repeat(255)],
    ['a slash at the end', `/portal/larkspur/${PROJECTS}/notification/`, PROJECTS],
    ['a query', `/portal/larkspur/${PROJECTS}/notification?x=1`, PROJECTS],
  ])('to an address with %s is stored and answered 200', async (_, path, productId) => {
    expect((await notify(world, current('Renew'), path)).status).toBe(200)
    expect((await newest()).productId).toBe(productId)
  })

  test('of an archived product is stored and answered 200', async () => {
    const { db } = world.database
    await db.updateTable('products').set({ status: 'archived' }).where('id', '=', PROJECTS).execute()
    expect((await notify(world, current('Renew'))).status).toBe(200)
    await db.updateTable('products').set({ status: 'active' }).where('id', '=', PROJECTS).execute()
  })

  test('whose sender breaks off in the middle is kept all the same', async () => {
    const before = await count()
    const url = addressOf(world)
    const token = await webhookToken(world)
    const socket = connectTo(Number(url.port), url.hostname)
    const head = `POST ${url.pathname} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\n`
    await new Promise<void>((resolve) => socket.write(`${head}{"subscriptionId":`, () => resolve()))
    socket.destroy()
    await expect.poll(count, { timeout: 4_000 }).toBe(before + 1)
    expect(await full()).toMatchObject({ unreadableBecause: 'notJson', bodyTruncated: true })
  })

  test('comes as often as it likes: a hundred at once are a hundred rows', async () => {
    const before = await count()
    const body = current('Renew')
    const answers = await Promise.all(Array.from({ length: 100 }, () => notify(world, body)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await count()).toBe(before + 100)
  })

  test('leaves no purchase token behind', async () => {
    await notify(world, current('Renew', { purchaseToken: 'abc+/=' }))
    expect((await full()).body).toContain('"purchaseToken":"[removed]"')
  })

  test('with a version 2 token is taken; the first token a tenant was sent stays in its health', async () => {
    const { apps } = world.sandbox.worlds.entra
    apps.set(publisher.apiApp.clientId, { tokenVersion: 2 })
    expect((await notify(world, current('Renew'))).status).toBe(200)
    apps.set(publisher.apiApp.clientId, { tokenVersion: 1 })
    expect((await full()).claims).toMatchObject({ ver: '2.0', azp: '20e940b3-4c77-4b0b-9a53-9e16a1b010a7' })
    const { firstToken, lastHeardAt } = await webhookHealth(world.database.db, TENANT)
    expect(firstToken?.shape).toMatchObject({ version: 'v1', caller: 'appid', audience: publisher.apiApp.clientId })
    expect(lastHeardAt).toEqual((await newest()).receivedAt)
  })

  test('is told how it was answered, and how fast', async () => {
    await notify(world, current('Renew'))
    await expect.poll(async () => (await newest()).answered).toMatchObject({ status: 200, milliseconds: expect.any(Number) })
  })

  test('is proved by a key Entra has just begun to use', async () => {
    await world.sandbox.worlds.entra.keys.rotate({ keepOld: false })
    expect((await notify(world, current('Renew'))).status).toBe(200)
  })
})

describe('what cannot be Microsoft’s is refused, and nothing of it is kept', () => {
  const claims = async () => {
    const [, payload = ''] = (await webhookToken(world)).split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  }
  const signed = async (change: object) => `Bearer ${await world.sandbox.worlds.entra.keys.sign({ ...(await claims()), ...change })}`
  const forged = async (): Promise<readonly (readonly [string, string | undefined])[]> => {
    const [head = '', payload = '', signature = ''] = (await webhookToken(world)).split('.')
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    const other = Buffer.from(JSON.stringify({ ...(await claims()), sub: 'other' })).toString('base64url')
    return [
      ['no token', undefined],
      ['another scheme', 'Basic abc'],
      ['nonsense', 'Bearer abc'],
      ['no signature', `Bearer ${unsigned}.${payload}.`],
      ['changed claims', `Bearer ${head}.${other}.${signature}`],
      ['another audience', await signed({ aud: randomUUID() })],
      ['another directory', await signed({ tid: randomUUID() })],
      ['another caller', await signed({ appid: randomUUID() })],
      ['another issuer', await signed({ iss: 'https://sts.windows.net/common/' })],
      ['long expired', await signed({ exp: 1_000_000_000 })],
    ]
  }

  test('with 401, whatever is wrong with the token', async () => {
    const before = await count()
    for (const [what, authorization] of await forged()) {
      const answer = await send({ authorization, type: 'application/json', body: JSON.stringify(current('ChangePlan')) })
      expect([what, answer.status, answer.headers.get('www-authenticate')?.startsWith('Bearer')]).toEqual([what, 401, true])
      expect(await answer.json()).toMatchObject({ code: 'ERR_NOTICE_TOKEN_BAD' })
    }
    expect(await count()).toBe(before)
  })

  test('with 404 where there is no such tenant: nothing sent there can be authentic', async () => {
    for (const tenant of ['nobody', 'NOT%20A%20TENANT']) {
      expect((await notify(world, current('Renew'), `/portal/${tenant}/${PROJECTS}/notification`)).status).toBe(404)
    }
  })
})

describe('when our own machinery fails, Microsoft is asked to come again', () => {
  test('with 503 while Entra’s keys are out of reach and the token’s key is not known', async () => {
    await world.sandbox.worlds.entra.keys.rotate({ keepOld: false })
    world.clock.moveBy(120_000)
    world.sandbox.worlds.faults.add({ world: 'entra', kind: 'hang', times: 20 })
    const before = await count()
    expect((await notify(world, current('ChangePlan'))).status).toBe(503)
    expect(await count()).toBe(before)
  })

  test('with 503 while the tenant has no Microsoft credential', async () => {
    const { db } = world.database
    const kept = await db.deleteFrom('credentials').where('kind', '=', 'microsoft').returningAll().execute()
    expect((await notify(world, current('ChangePlan'))).status).toBe(503)
    await db
      .insertInto('credentials')
      .values(kept.map((row) => ({ ...row, public_part: JSON.stringify(row.public_part) })))
      .execute()
  })

  test('with 500 while notices cannot be stored', async () => {
    const { db } = world.database
    await db.schema.alterTable('notices').renameTo('notices_away').execute()
    const answer = await notify(world, current('ChangePlan'))
    await db.schema.alterTable('notices_away').renameTo('notices').execute()
    expect([answer.status, await answer.json()]).toMatchObject([500, { code: 'ERR_INTERNAL' }])
    expect((await notify(world, current('ChangePlan'))).status).toBe(200)
  })
})
