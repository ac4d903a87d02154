/** Connect's webhook: registered by the bridge itself, heard only when signed, and only a reason to look. */
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listWork } from '../../src/database/work/index.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { hours, minutes, seconds } from '../../src/kit/time.ts'
import { CONNECT_WATCH_WORK, connectHealth, wakeConnectWebhooks } from '../../src/subscriptions/index.ts'
import { freePort } from '../helpers/free-port.ts'
import { anOrder, type Bought, buy, confirm, createWorld, land, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
let base: string
let stopAt: string | undefined
const crashPoint = (name: string): void => {
  if (name !== stopAt) return
  stopAt = undefined
  throw new Crash(name)
}
beforeAll(async () => {
  const port = await freePort()
  world = await createWorld({ port, crashPoint })
  base = await world.bridge.app.listen({ host: '127.0.0.1', port })
  await wakeConnectWebhooks(world.database.db, world.clock.now())
  await world.rest()
})
beforeEach(() => world.sandbox.worlds.faults.clear())
afterAll(() => world.stop())

const registered = (product?: string) =>
  [...world.sandbox.worlds.connect.state.webhooks.values()].filter(({ productId }) => product === undefined || productId === product)
const ofNotes = () => registered(NOTES)[0] ?? expect.fail('no webhook')
const states = async () => (await connectHealth(world.database.db, TENANT)).webhooks.map(({ state }) => state)
const check = async () => {
  await world.pass(hours(1) + seconds(1))
}

async function ordered(): Promise<Bought> {
  const bought = buy(world, { offerId: 'larkspur-notes', planId: 'team', quantity: 4 })
  await land(world, bought)
  await confirm(world, bought, anOrder)
  await world.until('an order that is waited for', async () => (await world.read(bought.key)).next?.waitsFor === 'vendor')
  return bought
}

const approve = ({ key }: Bought) => {
  const { connect } = world.sandbox.worlds
  connect.approve(connect.requests({ externalUid: key.subscriptionId, type: 'purchase' })[0]?.id ?? '')
}
const status = async (bought: Bought) => (await world.read(bought.key)).connect.asset?.status

describe('the bridge registers its webhook', () => {
  test('once for each product, with a secret nobody reads in the database', async () => {
    await check()
    await check()
    expect(new Set(registered().map(({ productId }) => productId)).size).toBe(registered().length)
    expect(ofNotes()).toMatchObject({ externalUrl: `${base}/connect/${TENANT}/events`, objectClass: 'fulfillment_request', active: true })
    expect([...new Set(await states())]).toEqual(['registered'])
    const rows = await world.database.db.selectFrom('connect_webhooks').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(ofNotes().jwtSecret)
  })

  test('again when somebody has removed it, and not when somebody has switched it off', async () => {
    world.sandbox.worlds.connect.state.webhooks.delete(ofNotes().id)
    await check()
    ofNotes().active = false
    await check()
    expect(registered(NOTES)).toHaveLength(1)
    expect(await states()).toContain('switchedOff')
    ofNotes().active = true
    await check()
    expect([...new Set(await states())]).toEqual(['registered'])
  })

  test('once even when Connect’s answer is lost, and what it then sends is believed', async () => {
    world.sandbox.worlds.connect.state.webhooks.delete(ofNotes().id)
    world.sandbox.worlds.faults.add({ world: 'connect', method: 'POST', path: '/webhooks$', kind: 'hangAfterEffect', times: 1 })
    await check()
    await world.pass(minutes(6))
    expect(registered(NOTES)).toHaveLength(1)
    expect((await poke(await signed(ofNotes().jwtSecret))).status).toBe(200)
  })

  test('once even when the process stops before it has stored the answer', async () => {
    world.sandbox.worlds.connect.state.webhooks.delete(ofNotes().id)
    stopAt = 'connectWebhook.called'
    await check()
    expect(stopAt, 'it was passed').toBeUndefined()
    await world.pass(minutes(6))
    expect(registered(NOTES)).toHaveLength(1)
    expect((await poke(await signed(ofNotes().jwtSecret))).status).toBe(200)
  })

  test('not where the token may not, which is told; Connect is read all the same', async () => {
    const { connect } = world.sandbox.worlds
    connect.state.webhooks.delete(ofNotes().id)
    connect.options.webhooks = 'refused'
    await check()
    expect(await states()).toContain('notAllowed')
    const bought = await ordered()
    approve(bought)
    await world.pass(seconds(2))
    expect(await status(bought)).toBe('active')
    connect.options.webhooks = 'allowed'
    await check()
    expect(registered(NOTES)).toHaveLength(1)
  })

  test('not from this machine to a Connect that is not on it', async () => {
    const setUrl = (url: string | null) => world.database.db.updateTable('tenants').set({ connect_api_url: url }).execute()
    await setUrl('https://api.connect.example/public/v1')
    await wakeConnectWebhooks(world.database.db, world.clock.now())
    await world.bridge.worker.runDue()
    expect([...new Set(await states())]).toEqual(['notReachable'])
    await setUrl(null)
    await wakeConnectWebhooks(world.database.db, world.clock.now())
    await world.rest()
    expect([...new Set(await states())]).toEqual(['registered'])
  })
})

const signed = (secret: string, ageInSeconds = 0, lifetime = 300): Promise<string> => {
  const now = Math.floor(world.clock.now().getTime() / 1000) - ageInSeconds
  const key = new TextEncoder().encode(secret)
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(now)
    .setExpirationTime(now + lifetime)
    .sign(key)
}
const poke = (
  token: string | undefined,
  path = `/connect/${TENANT}/events`,
  body: string | null = null,
  type?: string,
): Promise<Response> =>
  fetch(`${base}${path}`, {
    method: 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    body,
  })

const watchIsDueBy = async (): Promise<number> => {
  const rows = await listWork(world.database.db, {})
  return rows.find(({ kind }) => kind === CONNECT_WATCH_WORK)?.dueAt?.getTime() ?? Number.POSITIVE_INFINITY
}

describe('what Connect sends', () => {
  test('has Connect read within a second, however long nobody waited for anything', async () => {
    const bought = await ordered()
    await world.pass(hours(30))
    await world.pass(minutes(1))
    approve(bought)
    await world.sandbox.settled() // Connect has called
    await world.pass(500)
    expect(await status(bought)).toBe('active')
  })

  test.each(['duplicate', 'late', 'drop'] as const)('may be a %s: what happened is seen all the same, once', async (kind) => {
    const bought = await ordered()
    await world.pass(hours(2))
    world.sandbox.worlds.faults.add({ world: 'connectWebhook', kind, times: 5 })
    approve(bought)
    await world.pass(seconds(31))
    expect(await status(bought)).toBe('active')
    expect(world.sandbox.worlds.connect.counts(bought.key.subscriptionId)).toEqual({ purchase: 1 })
  })

  test('is heard whatever its body is, and when it is sent again', async () => {
    const token = await signed(ofNotes().jwtSecret)
    const bodies: readonly (readonly [string | null, string?])[] = [
      [null],
      ['{}', 'application/json'],
      ['{"product_id":', 'application/json'],
      ['a=b', 'application/x-www-form-urlencoded'],
      ['x'.repeat(100_000), 'no type at all'],
    ]
    for (const [body, type] of bodies) expect((await poke(token, undefined, body, type)).status).toBe(200)
    expect((await watchIsDueBy()) - world.clock.now().getTime()).toBeLessThanOrEqual(200)
  })
})

describe('refused, and nothing is woken:', () => {
  const refusals: readonly (readonly [string, () => Promise<Response>])[] = [
    ['no signature', () => poke(undefined)],
    ['a forged one', async () => poke(await signed('a secret of somebody else'))],
    ['one that has expired', async () => poke(await signed(ofNotes().jwtSecret, 3600))],
    ['one that is none', () => poke('not.a.token')],
    ['one for another tenant', async () => poke(await signed(ofNotes().jwtSecret), '/connect/somebody-else/events')],
    ['an unknown tenant', async () => poke(await signed('anything'), '/connect/nobody/events')],
    ['an impossible tenant', async () => poke(await signed('anything'), '/connect/No%20Body/events')],
  ]

  test.each(refusals)('%s', async (_, send) => {
    await world.rest()
    const before = await watchIsDueBy()
    const answer = await send()
    expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ code: 'ERR_CONNECT_EVENT_NOT_PROVED' })])
    expect(await watchIsDueBy()).toBe(before)
  })

  test('an unknown tenant and a forged signature are answered alike', async () => {
    const [unknown, forged] = await Promise.all([poke('a.b.c', '/connect/nobody/events'), poke('a.b.c')])
    expect(await unknown.text()).toBe(await forged.text())
  })
})
