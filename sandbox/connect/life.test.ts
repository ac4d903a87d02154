import { afterEach, beforeEach, expect, test } from 'vitest'
import { productNamed, projectsParams, purchaseBody, startConnect, type TestConnect } from './testing.ts'

let connect: TestConnect
beforeEach(async () => {
  connect = await startConnect()
})
afterEach(() => connect.stop())

const notes = productNamed('Notes')
const seat = notes.items[0]?.id ?? ''

async function active(product = notes): Promise<string> {
  const { body } = await connect.provider('POST', '/requests', purchaseBody(product))
  connect.world.approve(body.id)
  return body.asset.id
}
const ask = (type: string, assetId: string, more: object = {}) =>
  connect.provider('POST', '/requests', { type, asset: { id: assetId, ...more } })
const statusOf = (assetId: string): string => connect.world.asset(assetId).status

test('a change carries absolute quantities; the asset takes them when the vendor approves', async () => {
  const id = await active()
  const { body } = await ask('change', id, { items: [{ id: seat, quantity: '8' }] })
  expect(body.asset.items.map((item) => [item.old_quantity, item.quantity])).toEqual([['5', '8']])
  expect([statusOf(id), connect.world.asset(id).quantities.get(seat)]).toEqual(['active', 5])
  connect.world.approve(body.id)
  expect([statusOf(id), connect.world.asset(id).quantities.get(seat)]).toEqual(['active', 8])
  const read = await connect.provider('GET', `/requests/${body.id}`)
  expect(read.body.previous_approved_request.id).toMatch(/-001$/)
})

test('a failed change leaves everything as it was; the vendor may also deliver other than ordered', async () => {
  const id = await active()
  const first = await ask('change', id, { items: [{ id: seat, quantity: 8 }] })
  connect.world.fail(first.body.id, 'Seat limit of this edition is 5.')
  expect([statusOf(id), connect.world.asset(id).quantities.get(seat)]).toEqual(['active', 5])
  const second = await ask('change', id, { items: [{ id: seat, quantity: 8 }] })
  connect.world.approve(second.body.id, { quantities: { [seat]: 6 } })
  expect(connect.world.asset(id).quantities.get(seat)).toBe(6)
})

test('a change to what is there already, or to nothing, is refused', async () => {
  const id = await active()
  const same = await ask('change', id, { items: [{ id: seat, quantity: 5 }] })
  expect([same.status, same.body.errors]).toEqual([400, ['Item limits is not changed in new request.']])
  const none = await ask('change', id, { items: [{ id: seat, quantity: 0 }] })
  expect([none.status, none.body.errors]).toEqual([400, ['asset.items: This list may not be empty.']])
})

test('items a change does not name are kept or zeroed, by option', async () => {
  const suite = productNamed('Suite')
  const body = purchaseBody(suite, {
    params: [{ id: 'subdomain', value: 'fabrikam' }],
    items: [
      { id: suite.items[0]?.id, quantity: 3 },
      { id: suite.items[1]?.id, quantity: -1 },
    ],
  })
  const { body: made } = await connect.provider('POST', '/requests', body)
  connect.world.approve(made.id)
  const quantities = async () => {
    const reply = await ask('change', made.asset.id, { items: [{ id: suite.items[0]?.id, quantity: 4 }] })
    connect.world.fail(reply.body.id, 'only looking')
    return reply.body.asset.items.map((item) => item.quantity)
  }
  expect(await quantities()).toEqual(['4', 'unlimited', '0'])
  connect.world.options.omittedItems = 'zeroed'
  expect(await quantities()).toEqual(['4', '0', '0'])
})

test('parameters travel in a change only where the product allows it', async () => {
  const id = await active()
  const refused = await ask('change', id, { items: [{ id: seat, quantity: 6 }], params: [{ id: 'workspace_name', value: 'Team' }] })
  expect(refused.body.errors).toEqual(['asset.params: The product does not support changing ordering parameters.'])
})

test('while one request is open every other is answered 409 with its ids', async () => {
  const id = await active()
  const change = await ask('change', id, { items: [{ id: seat, quantity: 6 }] })
  for (const type of ['change', 'suspend', 'cancel']) {
    const reply = await ask(type, id, { items: [{ id: seat, quantity: 7 }] })
    expect([reply.status, reply.body.params]).toMatchObject([409, { request_id: change.body.id, request_status: 'pending', asset_id: id }])
  }
})

test('suspend and resume, each refused with 409 when the asset is there already; no change meanwhile', async () => {
  const id = await active()
  const suspend = await ask('suspend', id)
  connect.world.approve(suspend.body.id)
  expect(statusOf(id)).toBe('suspended')
  const again = await ask('suspend', id)
  expect([again.status, again.body.params]).toMatchObject([409, { asset_status: 'suspended', request_id: suspend.body.id }])
  const change = await ask('change', id, { items: [{ id: seat, quantity: 6 }] })
  expect([change.status, change.body.errors]).toEqual([409, ['Request type change is not allowed when asset state is suspended']])
  const resume = await ask('resume', id)
  connect.world.fail(resume.body.id, 'not yet')
  expect(statusOf(id)).toBe('suspended')
  connect.world.approve((await ask('resume', id)).body.id)
  expect(statusOf(id)).toBe('active')
  expect((await ask('resume', id)).status).toBe(409)
})

test('a product that cannot be held gets a request that has failed from the start', async () => {
  const id = await active(productNamed('Backup'))
  const reply = await ask('suspend', id)
  expect([reply.status, reply.body.status, reply.body.reason]).toEqual([
    201,
    'failed',
    "The product doesn't support suspend/resume operations.",
  ])
  expect(statusOf(id)).toBe('active')
})

test('a cancel ends the asset, or leaves it as it was when the vendor refuses', async () => {
  const id = await active()
  const refused = await ask('cancel', id)
  expect(statusOf(id)).toBe('terminating')
  expect((await ask('cancel', id)).body.params).toMatchObject({ asset_status: 'terminating' })
  connect.world.fail(refused.body.id, 'Minimum term.')
  expect(statusOf(id)).toBe('active')
  connect.world.approve((await ask('cancel', id)).body.id)
  expect(statusOf(id)).toBe('terminated')
  expect((await ask('cancel', id)).body.params).toMatchObject({ asset_status: 'terminated', request_status: 'approved' })
  expect((await connect.provider('POST', '/requests', purchaseBody(notes))).status).toBe(201)
})

test('a suspended asset may be cancelled, or not, by option; a refused cancel leaves it suspended', async () => {
  const id = await active()
  connect.world.approve((await ask('suspend', id)).body.id)
  connect.world.options.cancelWhileSuspended = 'refused'
  expect((await ask('cancel', id)).status).toBe(409)
  connect.world.options.cancelWhileSuspended = 'allowed'
  const cancel = await ask('cancel', id)
  connect.world.fail(cancel.body.id, 'no')
  expect(statusOf(id)).toBe('suspended')
  connect.world.approve((await ask('cancel', id)).body.id)
  expect(statusOf(id)).toBe('terminated')
})

test('only what is scheduled can be revoked; a revoked purchase ends its asset', async () => {
  const { body } = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect((await connect.provider('POST', `/requests/${body.id}/revoke`, { reason: 'x' })).status).toBe(400)
  await connect.vendor('POST', `/requests/${body.id}/schedule`, { planned_date: '2026-04-01T00:00:00+00:00' })
  const revoking = await connect.provider('POST', `/requests/${body.id}/revoke`, { reason: 'The customer has gone.' })
  expect([revoking.body.status, revoking.body.planned_date]).toEqual(['revoking', '2026-04-01T00:00:00+00:00'])
  const revoked = await connect.vendor('POST', `/requests/${body.id}/confirm`)
  expect([revoked.body.status, revoked.body.reason, statusOf(body.asset.id)]).toEqual(['revoked', 'The customer has gone.', 'terminated'])
})

test('the vendor adjusts parameters of an active asset, and may end it', async () => {
  const id = await active()
  const adjusted = connect.world.adjust(id, { larkspur_subscription: 'LKS-NEW' })
  expect([adjusted.type, adjusted.status]).toEqual(['adjustment', 'approved'])
  const { body } = await connect.provider('GET', `/assets/${id}`)
  expect(body.params.find((param) => param.id === 'larkspur_subscription')?.value).toBe('LKS-NEW')
  connect.world.cancel(id)
  expect(statusOf(id)).toBe('terminated')
})

test('a tier-configured product waits in tiers_setup for its reseller once, and goes on when that is approved', async () => {
  const projects = productNamed('Projects')
  const buy = (uid: string, params = projectsParams) =>
    connect.provider('POST', '/requests', purchaseBody(projects, { external_uid: uid, params }))
  const [first, second] = [await buy('1'), await buy('2', [])]
  expect([first.body.status, second.body.status]).toEqual(['tiers_setup', 'tiers_setup'])
  const { rows } = await connect.provider('GET', '/tier/config-requests?status=pending')
  expect(rows).toHaveLength(1)
  const [setup] = rows
  const approved = await connect.vendor('POST', `/tier/config-requests/${setup?.id}/approve`, { template: { id: 'TL-417-902-006' } })
  expect([approved.status, approved.body.template.id]).toEqual([200, 'TL-417-902-006'])
  expect(connect.world.request(first.body.id).status).toBe('pending')
  expect(connect.world.request(second.body.id).status).toBe('inquiring')
  expect((await buy('3')).body.status).toBe('pending')
  expect((await connect.provider('GET', '/tier/configs')).rows.map((config) => config.status)).toEqual(['active'])
})

test('when the reseller is refused the waiting purchase fails, and the next one asks again', async () => {
  const projects = productNamed('Projects')
  const first = await connect.provider('POST', '/requests', purchaseBody(projects, { params: projectsParams }))
  const [setup] = connect.world.tierConfigRequests('pending')
  const failed = await connect.vendor('POST', `/tier/config-requests/${setup?.id}/fail`, { reason: 'No agreement.' })
  expect(failed.status).toBe(204)
  const read = await connect.provider('GET', `/requests/${first.body.id}`)
  expect([read.body.status, read.body.reason, read.body.asset.status]).toEqual([
    'failed',
    `Tier configuration request ${setup?.id} failed: No agreement.`,
    'terminated',
  ])
  await connect.provider('POST', '/requests', purchaseBody(projects, { params: projectsParams }))
  expect(connect.world.tierConfigRequests('pending')).toHaveLength(1)
})

test('a required reseller parameter makes the set-up an inquiry until the distributor fills it, or travels with the purchase', async () => {
  const projects = productNamed('Projects')
  connect.world.editParameter(projects.id, 'partner_number', { required: true })
  await connect.provider('POST', '/requests', purchaseBody(projects, { params: projectsParams }))
  const [setup] = connect.world.tierConfigRequests('inquiring')
  const path = `/tier/config-requests/${setup?.id}`
  expect((await connect.provider('POST', `${path}/pend`)).status).toBe(400)
  await connect.provider('PUT', path, { params: [{ id: 'partner_number', value: 'LP-1' }] })
  expect((await connect.provider('POST', `${path}/pend`)).status).toBe(204)
  expect(setup?.status).toBe('pending')
  const body = purchaseBody(projects, { params: [...projectsParams, { id: 'partner_number', value: 'LP-2' }] }, 'test')
  await connect.provider('POST', '/requests', body)
  expect(connect.world.tierConfigRequests().map((each) => each.status)).toEqual(['pending', 'pending'])
})
