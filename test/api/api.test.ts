/** The REST API at its door: whose key, which scope, which answer. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { granted } from '../../sandbox/marketplace/answer.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '../../src/identity/index.ts'
import { days, hours, plus } from '../../src/kit/time.ts'
import { PROJECTS } from '../helpers/notified-world.ts'
import { TENANT } from '../helpers/world.ts'
import { type Door, OTHER, openDoor } from './door.ts'

let door: Door
let [reader, operator, stranger]: string[] = []
let [id, item, notice]: string[] = []
beforeAll(async () => {
  door = await openDoor()
  ;[reader, operator, stranger] = [
    await door.keyOf(['read']),
    await door.keyOf(['read', 'operate']),
    await door.keyOf(['read', 'operate', 'usage'], OTHER),
  ]
  id = door.bought.key.subscriptionId
  door.world.sandbox.worlds.connect.setMode(PROJECTS, { kind: 'fail', reason: 'No more workspaces' })
  granted(door.world.sandbox.worlds.marketplace.changeQuantity(id, 40))
  await door.world.until('attention', async () => (await door.world.read(door.bought.key)).openAttention.length > 0)
  item = first(await door.call(operator, 'GET', '/attention'))
  notice = first(await door.call(operator, 'GET', '/notices'))
})
afterAll(() => door.world.stop())

const first = ({ body }: { readonly body: Record<string, unknown> }): string => {
  const [one] = body['items'] as readonly { readonly id: string }[]
  return one?.id ?? ''
}

/** Every route, with the scope it needs and a body it takes; `:id` is another thing each time. */
const routes = () =>
  [
    ['GET', '/subscriptions', 'read', undefined],
    ['GET', `/subscriptions/${id}`, 'read', undefined],
    ['POST', `/subscriptions/${id}/actions`, 'operate', { action: 'retry', dryRun: true }],
    ['GET', '/attention', 'read', undefined],
    ['GET', `/attention/${item}`, 'read', undefined],
    ['POST', `/attention/${item}/acknowledge`, 'operate', {}],
    ['POST', `/attention/${item}/snooze`, 'operate', { until: plus(door.world.clock.now(), days(1)).toISOString() }],
    ['POST', `/attention/${item}/resolve`, 'operate', { action: 'retry', dryRun: true }],
    ['GET', '/notices', 'read', undefined],
    ['GET', `/notices/${notice}`, 'read', undefined],
    ['POST', `/notices/${notice}/replay`, 'operate', undefined],
    ['POST', '/work/wake', 'operate', { kind: 'subscription', key: id }],
  ] as const

describe('a key', () => {
  test('is needed for everything, and each route needs its scope', async () => {
    const usageOnly = await door.keyOf(['usage'])
    for (const [method, path, scope, body] of routes()) {
      expect(await door.call(undefined, method, path, body)).toMatchObject({ status: 401, body: { code: 'ERR_API_KEY_INVALID' } })
      expect(await door.call(usageOnly, method, path, body)).toMatchObject({ status: 403, body: { code: 'ERR_API_SCOPE', scope } })
      if (scope === 'operate') expect((await door.call(reader, method, path, body)).status).toBe(403)
      expect([method, path, (await door.call(operator, method, path, body)).status < 300]).toEqual([method, path, true])
    }
  })

  test('that is wrong, expired, revoked, or of an archived tenant is none', async () => {
    const { db } = door.world.database
    const now = door.world.clock.now()
    const wanted = { tenantId: TENANT, name: 'short', scopes: ['read'] as const, by: 'mara' }
    const short = await createApiKey(db, { ...wanted, expiresAt: plus(now, hours(1)) }, now)
    const revoked = await createApiKey(db, wanted, now)
    expect((await door.call(short.text, 'GET', '/attention')).status).toBe(200)
    await revokeApiKey(db, revoked.key.id, 'mara', now)
    const expired = await createApiKey(db, { ...wanted, expiresAt: now }, now)
    const wrong = `${short.text.slice(0, -1)}${short.text.endsWith('A') ? 'B' : 'A'}`
    for (const key of [revoked.text, expired.text, wrong, 'mbk_', 'nonsense'])
      expect((await door.call(key, 'GET', '/attention')).status).toBe(401)
    await db.updateTable('tenants').set({ status: 'archived' }).where('id', '=', OTHER).execute()
    expect((await door.call(stranger, 'GET', '/attention')).status).toBe(401)
    await db.updateTable('tenants').set({ status: 'active' }).where('id', '=', OTHER).execute()
    const kept = await listApiKeys(db, TENANT)
    expect(kept.find((one) => one.id === short.key.id)).toMatchObject({ lastUsedAt: expect.any(Date), scopes: ['read'] })
    const stored = await db.selectFrom('api_keys').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(short.text.slice(-43))
  })

  test('of another tenant sees nothing, and is answered exactly as for what does not exist', async () => {
    for (const path of ['/subscriptions', '/attention', '/notices'])
      expect((await door.call(stranger, 'GET', path)).body).toEqual({ items: [], next: null })
    for (const [method, path, , body] of routes().filter(([, path]) => /[0-9a-f]{8}-/.test(path) || path === '/work/wake')) {
      const unknown = randomUUID()
      const theirs = await door.call(stranger, method, path, body)
      const nobodys = await door.call(stranger, method, path.replace(/[0-9a-f-]{36}/, unknown), body && replaceId(body, unknown))
      const alike = ({ status, body: { requestId: _requestId, ...rest } }: typeof theirs) => ({ status, rest })
      expect(theirs.status).toBe(404)
      expect(alike(theirs)).toEqual(alike(nobodys))
    }
  })
})

const replaceId = (body: object, unknown: string) => ('key' in body ? { ...body, key: unknown } : body)

describe('what is asked wrongly', () => {
  test.each([
    ['GET', '/subscriptions?limit=0', undefined, 'limit'],
    ['GET', '/subscriptions?limit=201', undefined, 'limit'],
    ['GET', '/subscriptions?stauts=x', undefined, ''],
    ['GET', '/attention?code=NO_SUCH', undefined, 'code'],
    ['GET', '/attention?cursor=nonsense', undefined, 'cursor'],
    ['GET', '/notices?subscriptionId=1', undefined, 'subscriptionId'],
    ['POST', '/subscriptions/ID/actions', { action: 'destroy' }, 'action'],
    ['POST', '/subscriptions/ID/actions', { action: 'changeSeats', seats: 1.5 }, 'seats'],
    ['POST', '/attention/ITEM/snooze', { until: 'tomorrow' }, 'until'],
    ['POST', '/work/wake', { kind: 'everything' }, 'kind'],
  ] as const)('%s %s with %o names the fault', async (method, path, body, field) => {
    const answer = await door.call(operator, method, path.replace('ID', id ?? '').replace('ITEM', item ?? ''), body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'ERR_BAD_INPUT', status: 400 } })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect((answer.body['fields'] as readonly { field: string }[])[0]?.field).toBe(field)
  })

  test('an address that is none, a body that is no JSON, and a snooze into the past are told as such', async () => {
    expect(await door.call(operator, 'GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'ERR_NOT_FOUND' } })
    const past = { until: '2001-01-01T00:00:00Z' }
    expect(await door.call(operator, 'POST', `/attention/${item}/snooze`, past)).toMatchObject({ status: 400 })
    const reply = await door.world.bridge.app.inject({
      method: 'POST',
      url: '/api/v1/work/wake',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      payload: '{ "kind": ',
    })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'ERR_BAD_INPUT'])
  })

  test('what cannot be done says why; an action the item does not offer names those it does', async () => {
    const same = { action: 'changeSeats', seats: 40 }
    expect(await door.call(operator, 'POST', `/subscriptions/${id}/actions`, same)).toMatchObject({
      status: 409,
      body: { code: 'ERR_ACTION_NOT_POSSIBLE', reason: 'SAME_SEATS' },
    })
    expect(await door.call(operator, 'POST', `/subscriptions/${id}/actions`, { ...same, dryRun: true })).toMatchObject({
      status: 200,
      body: { preview: { possible: false, reason: 'SAME_SEATS' }, done: null },
    })
    expect(await door.call(operator, 'POST', `/attention/${item}/resolve`, { action: 'replayNotice' })).toMatchObject({
      status: 400,
      body: { code: 'ERR_ACTION_NOT_OFFERED', offered: ['retry', 'revertAtMicrosoft', 'leave'] },
    })
  })
})

test('lists come in pages that leave nothing out and tell nothing twice', async () => {
  const all = async (path: string): Promise<readonly string[]> => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await door.call(reader, 'GET', `${path}?limit=1${cursor}`)
      seen.push(...(body['items'] as readonly { id: string }[]).map((one) => one.id))
      if (body['next'] === null) return seen
      cursor = `&cursor=${String(body['next'])}`
    }
  }
  for (const path of ['/notices', '/subscriptions', '/attention']) {
    const whole = (await door.call(reader, 'GET', `${path}?limit=200`)).body['items'] as readonly { id: string }[]
    expect(await all(path)).toEqual(whole.map((one) => one.id))
  }
})

test('who holds a key is named in the timeline, and nothing personal or secret is shown', async () => {
  await door.call(operator, 'POST', `/attention/${item}/acknowledge`, { note: 'seen' })
  const shown = await door.call(reader, 'GET', `/subscriptions/${id}`)
  expect(JSON.stringify(shown.body['timeline'])).toContain('API key nightly sees to it')
  const text = JSON.stringify([shown.body, (await door.call(reader, 'GET', `/notices/${notice}`)).body])
  expect(text).not.toMatch(/mara\.vogt@|Hauptstrasse|mbk_/)
})

test('too many requests with one key are told to wait, and others go on', async () => {
  const busy = await door.keyOf(['read'])
  const statuses = []
  for (let n = 0; n < 601; n++) statuses.push((await door.call(busy, 'GET', '/attention?limit=1')).status)
  expect(statuses.slice(0, 600).every((status) => status === 200)).toBe(true)
  expect(statuses[600]).toBe(429)
  expect((await door.call(busy, 'GET', '/attention')).headers['retry-after']).toBeDefined()
})
