import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRequest } from '../connect/requests/create.ts'
import { customer, productNamed, projectsParams, purchaseBody, startConnect, type TestConnect } from '../connect/testing.ts'
import { deskPages } from './index.ts'

let connect: TestConnect
let desk: FastifyInstance
beforeEach(async () => {
  connect = await startConnect()
  desk = Fastify()
  desk.register(deskPages({ world: connect.world }), { prefix: '/desk' })
})
afterEach(async () => {
  await desk.close()
  await connect.stop()
})

const notes = productNamed('Notes')
const buy = (change: Record<string, unknown> = {}) => createRequest(connect.world.state, purchaseBody(notes, change), 'provider')
const read = async (path: string): Promise<string> => (await desk.inject({ url: path })).body
const post = (path: string, fields: Record<string, string> = {}) =>
  desk.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })

test('a posted decision takes effect and leads back to the page of the request', async () => {
  const { id, assetId } = buy()
  const reply = await post(`/desk/requests/${id}/approve`, { template: 'TL-417-901-003' })
  expect([reply.statusCode, reply.headers.location]).toEqual([303, `/desk/requests/${id}`])
  expect(connect.world.asset(assetId)).toMatchObject({ status: 'active', activation: { templateId: 'TL-417-901-003' } })
})

test('ask, schedule, fail: each with what the vendor has written', async () => {
  const [asked, planned, failed] = [buy({ external_uid: '1' }), buy({ external_uid: '2' }), buy({ external_uid: '3' })]
  await post(`/desk/requests/${asked.id}/inquire`, { message: 'Which name?', parameter: 'workspace_name' })
  expect([asked.status, asked.message, asked.params.get('workspace_name')?.valueError]).toEqual(['inquiring', 'Which name?', 'Which name?'])
  await post(`/desk/requests/${planned.id}/schedule`, { date: '2026-03-05' })
  expect([planned.status, planned.plannedDate?.toISOString()]).toEqual(['scheduled', '2026-03-05T08:00:00.000Z'])
  await post(`/desk/requests/${failed.id}/fail`, { reason: 'No capacity.' })
  expect([failed.status, failed.reason]).toEqual(['failed', 'No capacity.'])
})

test('a decision that comes too late or lacks its reason is explained on a page of its own', async () => {
  const { id } = buy()
  expect((await post(`/desk/requests/${id}/fail`, { reason: ' ' })).statusCode).toBe(400)
  connect.world.approve(id)
  const late = await post(`/desk/requests/${id}/fail`, { reason: 'Too late.' })
  expect([late.statusCode, late.body.includes('That did not work')]).toEqual([400, true])
  expect((await desk.inject({ url: '/desk/requests/PR-0' })).statusCode).toBe(404)
})

test('what customers write is shown as text, never as markup', async () => {
  const nasty = { ...customer, name: '<script>alert(1)</script>' }
  const { id } = buy({ tiers: { customer: nasty, tier1: { id: 'TA-7700-1000-2000' } } })
  for (const path of ['/desk', `/desk/requests/${id}`, '/desk/assets']) {
    const html = await read(path)
    expect(html).toContain('&lt;script>alert(1)')
    expect(html).not.toContain('<script>alert')
  }
})

test('passwords a customer gave are not shown', async () => {
  const projects = productNamed('Projects')
  const params = [...projectsParams, { id: 'import_key', value: 'very-secret-key' }]
  const { id } = createRequest(connect.world.state, purchaseBody(projects, { params }), 'provider')
  const html = await read(`/desk/requests/${id}`)
  expect(html).toContain('Import key')
  expect(html).not.toContain('very-secret-key')
})

test('a reseller is set up from the queue, and the waiting purchase moves on', async () => {
  const projects = productNamed('Projects')
  const request = createRequest(connect.world.state, purchaseBody(projects, { params: projectsParams }), 'provider')
  const [setup] = connect.world.tierConfigRequests('pending')
  expect(await read('/desk')).toContain(`/desk/tiers/${setup?.id}/approve`)
  await post(`/desk/tiers/${setup?.id}/approve`)
  expect(request.status).toBe('pending')
})

test('a product set to automatic answers what waits already', async () => {
  const { id } = buy()
  await post(`/desk/products/${notes.id}/mode`, { mode: 'automatic' })
  expect(connect.world.request(id).status).toBe('approved')
  expect((await post(`/desk/products/${notes.id}/mode`, { mode: 'whatever' })).statusCode).toBe(400)
})

test('usage is reported with a form, and shown with what became of it', async () => {
  const signals = productNamed('Signals')
  expect(await read('/desk/usage')).toContain('No active subscription is paid by use.')
  const { id, assetId } = createRequest(connect.world.state, purchaseBody(signals), 'provider')
  connect.world.approve(id)
  expect(await read('/desk/usage')).toContain('Fabrikam GmbH: Events (thousand)')
  const fields = { what: `${assetId} SIG-EVENTS-K`, quantity: '1.5', hour: '2026-03-02T08:00' }
  expect((await post('/desk/usage', fields)).headers.location).toBe('/desk/usage')
  expect(connect.world.usageFiles()).toMatchObject([{ status: 'pending' }])
  await post('/desk/usage', { ...fields, quantity: 'many' })
  expect(connect.world.usageFiles()[1]).toMatchObject({ status: 'invalid' })
  expect(await read('/desk/usage')).toContain('A valid number is required.')
  expect((await post('/desk/usage', { ...fields, hour: '' })).statusCode).toBe(400)
})

test('products are put on the shelf, renewed and taken off at the desk, and new versions published', async () => {
  const { id } = notes
  const last = () => connect.world.listingRequests(id).at(-1)
  await post(`/desk/products/${id}/version`, { item: 'Assistant', type: 'PPU', ended: '' })
  expect(connect.world.product(id)).toMatchObject({ version: 4, seed: { items: [{}, { name: 'Assistant', type: 'PPU' }] } })
  await post(`/desk/products/${id}/update`)
  expect(last()).toMatchObject({ type: 'update', state: 'reviewing', productVersion: 4 })
  expect((await post(`/desk/products/${id}/remove`)).body).toContain('pending request')
  connect.world.moveListingRequest(last()?.id ?? '', 'cancel')
  await post(`/desk/products/${id}/remove`)
  expect([last()?.type, (await read('/desk/products')).includes('Asked to be taken off')]).toEqual(['remove', true])
})
