import { createServer } from 'node:http'
import { jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { days, seconds } from '../../src/kit/time.ts'
import { connectSeed, products } from '../seed.ts'
import { productNamed, projectsParams, purchaseBody, startConnect, type TestConnect } from './testing.ts'

let connect: TestConnect
beforeEach(async () => {
  connect = await startConnect()
})
afterEach(() => connect.stop())

const notes = productNamed('Notes')

test('only the seed tokens open the door, and each says who it is', async () => {
  const refused = await connect.nobody('GET', '/requests')
  expect([refused.status, refused.body]).toEqual([401, { error_code: 'AUTH_001', errors: ['API request is unauthorized.'] }])
  expect((await connect.provider('GET', '/auth/context')).body).toMatchObject({ account: { id: 'PA-601-114' } })
  expect((await connect.vendor('GET', '/auth/context')).body).toMatchObject({ account: { id: 'VA-310-441' } })
  expect((await connect.vendor('GET', '/accounts')).rows.map((account) => [account.id, account.type])).toEqual([['VA-310-441', 'vendor']])
})

test.each(['approve', 'fail', 'inquire', 'schedule', 'confirm', 'assign', 'unassign'])(
  '%s is for the vendor alone, whatever the state',
  async (action) => {
    const { body } = await connect.provider('POST', '/requests', purchaseBody(notes))
    expect((await connect.provider('POST', `/requests/${body.id}/${action}`, { reason: 'x' })).status).toBe(403)
    expect(connect.world.request(body.id).status).toBe('pending')
  },
)

test.each(['purchase', 'submit', 'validate', 'revoke', 'pend'])('%s is for the distributor alone', async (action) => {
  const { body } = await connect.provider('POST', '/requests', { ...purchaseBody(notes), status: 'draft' })
  expect((await connect.vendor('POST', `/requests/${body.id}/${action}`, { reason: 'x' })).status).toBe(403)
})

test('a vendor cannot buy; a distributor cannot adjust', async () => {
  expect((await connect.vendor('POST', '/requests', purchaseBody(notes))).status).toBe(403)
  const { body } = await connect.provider('POST', '/requests', purchaseBody(notes))
  connect.world.approve(body.id)
  const adjustment = { type: 'adjustment', asset: { id: body.asset.id } }
  expect((await connect.provider('POST', '/requests', adjustment)).status).toBe(403)
})

test('what the vendor does not share is invisible to the distributor', async () => {
  const { body } = await connect.provider('POST', '/requests', purchaseBody(productNamed('Projects'), { params: projectsParams }))
  connect.world.approveTierConfig(connect.world.tierConfigRequests()[0]?.id ?? '')
  connect.world.approve(body.id)
  const names = async (side: 'provider' | 'vendor') =>
    (await connect[side]('GET', `/assets/${body.asset.id}`)).body.params.map(({ id }) => id)
  expect(await names('vendor')).toContain('internal_cluster')
  expect(await names('provider')).not.toContain('internal_cluster')
  expect(await names('provider')).toContain('workspace_url')
  const hidden = '/assets?eq(params.value,eu-west-7)'
  expect([(await connect.vendor('GET', hidden)).rows.length, (await connect.provider('GET', hidden)).rows.length]).toEqual([1, 0])
})

test('lists are bare arrays with their total in Content-Range, pages do not overlap', async () => {
  for (let n = 0; n < 7; n++) await connect.provider('POST', '/requests', purchaseBody(notes, { external_uid: `uid-${n}` }))
  const page = (offset: number) => connect.provider('GET', `/requests?ordering(created)&limit=3&offset=${offset}`)
  const [one, two, three] = [await page(0), await page(3), await page(6)]
  expect([one, two, three].map((each) => each.headers['content-range'])).toEqual(['items 0-2/7', 'items 3-5/7', 'items 6-6/7'])
  expect(new Set([one, two, three].flatMap((each) => each.rows.map(({ id }) => id))).size).toBe(7)
})

test('requests are found by the filters integrations use, others are refused', async () => {
  const first = await connect.provider('POST', '/requests', purchaseBody(notes))
  const query = [
    `and(eq(asset.external_uid,37f9dea2-4345-438f-b0bd-03d40d28c7e0),eq(type,purchase)`,
    `in(status,(failed,pending,approved,inquiring,tiers_setup,scheduled,revoking,revoked)))`,
  ].join(',')
  const found = await connect.provider('GET', `/requests?${query}&select(-asset.configuration)&ordering(-created)&limit=1`)
  expect(found.rows.map(({ id }) => id)).toEqual([first.body.id])
  expect(found.rows[0]?.asset).not.toHaveProperty('configuration')
  const unknown = await connect.provider('GET', '/requests?eq(colour,red)')
  expect([unknown.status, unknown.body.error_code]).toEqual([400, 'VAL_001'])
  expect((await connect.provider('GET', '/requests?eq(id,a/b)')).status).toBe(400)
})

test('sellable items, connections of a hub, the rest of the catalogue', async () => {
  const suite = productNamed('Suite')
  const items = await connect.provider(
    'GET',
    `/products/${suite.id}/items?in(type,(Reservation,PPU))&eq(dynamic,false)&in(status,(published,endofsale))`,
  )
  expect(items.rows.map(({ type }) => type)).toEqual(['Reservation', 'PPU', 'PPU'])
  const hub = connectSeed.hubs.test.id
  const connections = await connect.provider('GET', `/products/${suite.id}/connections?eq(hub.id,${hub})`)
  expect(connections.rows.map(({ id, type }) => [id, type])).toEqual([[suite.connections.test, 'test']])
  for (const path of ['/products', '/marketplaces', '/hubs', '/listings', '/listing-requests', '/tier/accounts', '/tier/configs']) {
    expect((await connect.provider('GET', path)).status, path).toBe(200)
  }
  expect((await connect.provider('GET', '/products')).rows).toHaveLength(products.length)
  expect((await connect.provider('GET', '/products/PRD-0')).status).toBe(404)
  expect((await connect.provider('GET', '/nothing/here')).status).toBe(404)
})

test('"Larkspur Projects" asks a parameter of every type, one of them only when another has a value', async () => {
  const { rows } = await connect.provider('GET', '/products/PRD-417-220-902/parameters?eq(phase,ordering)&eq(scope,asset)')
  expect(new Set(rows.map(({ type }) => type))).toEqual(
    new Set('text dropdown choice checkbox password email url domain subdomain phone address object heading content'.split(' ')),
  )
  const dependent = rows.find(({ name }) => name === 'saml_metadata_url')
  const other = rows.find(({ name }) => name === 'sign_in_method')
  expect(dependent?.constraints['dependency']).toEqual({
    ...{ parameter: { id: other?.id, name: 'sign_in_method' }, values: ['saml'] },
    ...{ required: true, hidden: false, readonly: false },
  })
})

test('an action link is for one asset and this moment; texts come in the language asked for', async () => {
  const { body } = await connect.provider('POST', '/requests', purchaseBody(notes))
  connect.world.approve(body.id)
  const link = await connect.provider('GET', `/products/${notes.id}/actions/ACT-417-220-901-001/actionLink?asset_id=${body.asset.id}`)
  expect(link.body.link).toBe(`http://sandbox.test/connect/vendor/open?asset=${body.asset.id}&until=1772442300`)
  const german = await connect.app.inject({
    url: `/connect/public/v1/assets/${body.asset.id}/render`,
    headers: { authorization: connectSeed.provider.token, 'connect-localization': 'de-AT' },
  })
  expect(german.body).toContain('# Larkspur Notes ist bereit')
})

test('a vendor in automatic mode answers after the caller has had its answer; modes may differ by type', async () => {
  connect.world.setMode(notes.id, { kind: 'automatic' })
  connect.world.setMode(notes.id, { kind: 'fail', reason: 'Never.' }, ['cancel'])
  const { body } = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect(body.status).toBe('pending')
  await connect.world.settled()
  expect(connect.world.request(body.id).status).toBe('approved')
  const cancel = await connect.provider('POST', '/requests', { type: 'cancel', asset: { id: body.asset.id } })
  await connect.world.settled()
  expect(connect.world.request(cancel.body.id)).toMatchObject({ status: 'failed', reason: 'Never.' })
})

test('the other ways a vendor may behave: late, asking first, scheduling', async () => {
  const buy = async (uid: string) => (await connect.provider('POST', '/requests', purchaseBody(notes, { external_uid: uid }))).body.id
  const status = async (id: string) => {
    await connect.world.settled()
    return connect.world.request(id).status
  }
  connect.world.setMode(notes.id, { kind: 'automatic', after: seconds(30) })
  const late = await buy('late')
  expect(await status(late)).toBe('pending')
  connect.clock.moveBy(seconds(30))
  expect(await status(late)).toBe('approved')
  connect.world.setMode(notes.id, { kind: 'inquireFirst', message: 'Which name?', errors: { workspace_name: 'Please choose one.' } })
  const asked = await buy('asked')
  expect(await status(asked)).toBe('inquiring')
  connect.world.answerInquiry(asked, { workspace_name: 'Team' })
  expect(await status(asked)).toBe('approved')
  connect.world.setMode(notes.id, { kind: 'schedule', by: days(2) })
  const planned = await buy('planned')
  expect(await status(planned)).toBe('scheduled')
  connect.clock.moveBy(days(2))
  expect(await status(planned)).toBe('approved')
})

test('other processes steer the world by HTTP', async () => {
  const control = (name: string, payload: object) => connect.app.inject({ method: 'POST', url: `/connect/_control/${name}`, payload })
  expect((await control('mode', { mode: { kind: 'automatic' } })).statusCode).toBe(200)
  const { body } = await connect.provider('POST', '/requests', purchaseBody(notes))
  await connect.world.settled()
  const read = (path: string) => connect.app.inject({ url: `/connect/_control${path}` }).then((reply) => JSON.parse(reply.body))
  expect(await read('/requests?type=purchase')).toMatchObject([{ id: body.id, status: 'approved' }])
  expect(await read('/counts/37f9dea2-4345-438f-b0bd-03d40d28c7e0')).toEqual({ purchase: 1 })
  expect((await control('options', { omittedItems: 'zeroed' })).statusCode).toBe(200)
  expect((await control('options', { omittedItem: 'zeroed' })).statusCode).toBe(400)
  expect((await control('approve', { id: 'PR-0' })).statusCode).toBe(404)
  await control('reset', {})
  expect(await read('')).toEqual({ assets: [], requests: [] })
})

test('a webhook is poked with a signed message without the object, several changes at once as one', async () => {
  const got: { authorization: string; body: string }[] = []
  const server = createServer((request, reply) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      got.push({ authorization: request.headers.authorization ?? '', body })
      reply.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const created = await connect.provider('POST', '/notifications/webhooks', {
    ...{ object_class: 'fulfillment_request', label: 'bridge requests', product_id: notes.id, description: '', active: true },
    ...{ external_url: `http://127.0.0.1:${port}/poke`, jwt_secret: 'sandbox-hook-secret', http_method: 'POST' },
  })
  expect(created.status).toBe(201)
  await connect.provider('POST', '/requests', purchaseBody(notes, { external_uid: 'a' }))
  await connect.provider('POST', '/requests', purchaseBody(productNamed('Backup'), { external_uid: 'b' }))
  await connect.world.settled()
  expect(got).toHaveLength(1)
  const [poke] = got
  const body = JSON.parse(poke?.body ?? '{}')
  expect(body).toMatchObject({ webhook_id: created.body.id, object_class: 'fulfillment_request', product_id: notes.id, data: {} })
  expect(poke?.body).not.toContain('PR-')
  const token = (poke?.authorization ?? '').replace('Bearer ', '')
  const key = new TextEncoder().encode('sandbox-hook-secret')
  await jwtVerify(token, key, { algorithms: ['HS256'], currentDate: new Date(connect.clock.now().getTime()) })
  const read = await connect.provider('GET', `/notifications/webhooks/${created.body.id}`)
  expect(read.body).toMatchObject({ stats: { triggers: 1, success_triggers: 1 } })
  expect((await connect.vendor('GET', `/notifications/webhooks/${created.body.id}`)).status).toBe(404)
  expect((await connect.provider('DELETE', `/notifications/webhooks/${created.body.id}`)).status).toBe(204)
  await new Promise((resolve) => server.close(resolve))
})
