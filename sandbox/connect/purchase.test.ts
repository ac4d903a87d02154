import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectSeed } from '../seed.ts'
import { customer, productNamed, purchaseBody, startConnect, type TestConnect } from './testing.ts'

let connect: TestConnect
beforeEach(async () => {
  connect = await startConnect()
})
afterEach(() => connect.stop())

const notes = productNamed('Notes')

test('a purchase is pending until the vendor approves, then its asset is active with the vendor texts and numbers', async () => {
  const created = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect([created.status, created.body.status, created.body.asset.status]).toEqual([201, 'pending', 'processing'])
  const approved = await connect.vendor('POST', `/requests/${created.body.id}/approve`, { template_id: 'TL-417-901-001' })
  expect([approved.status, approved.body.status]).toEqual([200, 'approved'])
  const asset = await connect.provider('GET', `/assets/${created.body.asset.id}`)
  expect(asset.body.status).toBe('active')
  expect(asset.body.params.find((param) => param.id === 'larkspur_subscription')).toMatchObject({
    value: 'LKS-220100010001',
    constraints: { reconciliation: true, shared: 'view' },
  })
  const text = await connect.provider('GET', `/assets/${created.body.asset.id}/render`)
  expect(text.headers['content-type']).toContain('text/markdown')
  expect(text.text).toContain('# Larkspur Notes is ready')
  expect(text.text).toContain('- Notes seat: 5')
})

test('quantities are read as text, unlimited as a word, and items the customer does not hold are listed with zeros', async () => {
  const suite = productNamed('Suite')
  const body = purchaseBody(suite, {
    items: [
      { id: suite.items[1]?.localId, quantity: -1 },
      { global_id: suite.items[2]?.id, quantity: 'unlimited' },
    ],
    params: [{ id: 'subdomain', value: 'fabrikam' }],
  })
  const { body: request } = await connect.provider('POST', '/requests', body)
  expect(request.asset.items.map((item) => [item.quantity, item.old_quantity])).toEqual([
    ['0', '0'],
    ['unlimited', '0'],
    ['unlimited', '0'],
  ])
})

test('a second purchase of the same external_uid is refused with the ids of the first, in any of its states', async () => {
  const first = await connect.provider('POST', '/requests', purchaseBody(notes))
  const open = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect(open.status).toBe(409)
  expect(open.body.params).toEqual({
    request_id: first.body.id,
    request_status: 'pending',
    asset_id: first.body.asset.id,
    asset_status: 'processing',
  })
  connect.world.approve(first.body.id)
  const done = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect([done.status, done.body.params]).toMatchObject([409, { request_status: 'approved', asset_status: 'active' }])
  expect(connect.world.counts('37f9dea2-4345-438f-b0bd-03d40d28c7e0')).toEqual({ purchase: 1 })
})

test('the test connection and production are told apart', async () => {
  await connect.provider('POST', '/requests', purchaseBody(notes))
  const other = await connect.provider('POST', '/requests', purchaseBody(notes, {}, 'test'))
  expect([other.status, other.body.asset.connection.type, other.body.asset.connection.hub.id]).toEqual([
    201,
    'test',
    connectSeed.hubs.test.id,
  ])
})

test('after a failed purchase the same external_uid may be bought again, or is refused with fail_message, by option', async () => {
  const first = await connect.provider('POST', '/requests', purchaseBody(notes))
  await connect.vendor('POST', `/requests/${first.body.id}/fail`, { reason: 'No capacity.' })
  expect(connect.world.asset(first.body.asset.id).status).toBe('terminated')
  connect.world.options.afterFailedPurchase = 'conflict'
  connect.world.options.conflictId = 'id'
  const refused = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect([refused.status, refused.body.params]).toEqual([
    409,
    {
      id: first.body.id,
      request_status: 'failed',
      asset_id: first.body.asset.id,
      asset_status: 'terminated',
      fail_message: 'No capacity.',
    },
  ])
  connect.world.options.afterFailedPurchase = 'new'
  expect((await connect.provider('POST', '/requests', purchaseBody(notes))).status).toBe(201)
})

test('every fault of the customer is named with its path', async () => {
  const contact = { ...customer.contact_info.contact, last_name: '', email: 'nobody' }
  const faulty = {
    ...customer,
    contact_info: { ...customer.contact_info, city: null, country: 'Germany', contact, postal_code: undefined },
  }
  const { status, body } = await connect.provider('POST', '/requests', purchaseBody(notes, { tiers: { customer: faulty } }))
  const path = 'asset.tiers.customer.contact_info'
  expect(status).toBe(400)
  expect(body).toEqual({
    error_code: 'VAL_001',
    errors: [
      `${path}.city: This field may not be null.`,
      `${path}.postal_code: This field is required.`,
      `${path}.country: Ensure this field has no more than 2 characters.`,
      `${path}.contact.last_name: This field may not be blank.`,
      `${path}.contact.email: Enter a valid email address.`,
      `${path}.country: "Germany" is not a valid choice.`,
      'asset.tiers.tier1: This field is required.',
    ],
  })
})

const [seat] = notes.items
test.each([
  ['no marketplace', { ...purchaseBody(notes), marketplace: undefined }, "Field 'marketplace.id' is required."],
  ['a null marketplace', { ...purchaseBody(notes), marketplace: { id: 'MP-00000' } }, "Field 'marketplace.id' is required."],
  [
    'a foreign marketplace',
    { ...purchaseBody(notes), marketplace: { id: 'MP-99999' } },
    'There is no Listing for specified Product and Marketplace.',
  ],
  ['no connection', purchaseBody(notes, { connection: {} }), 'asset.connection.id: This field is required.'],
  [
    'an unknown connection',
    purchaseBody(notes, { connection: { id: 'CT-1-2-3' } }),
    'asset.connection.id: Connection "CT-1-2-3" not found.',
  ],
  [
    "another product's connection",
    purchaseBody(notes, { connection: { id: productNamed('Suite').connections.production } }),
    `asset.connection.id: Connection "${productNamed('Suite').connections.production}" does not belong to product ${notes.id}.`,
  ],
  ['no items', purchaseBody(notes, { items: [] }), 'asset.items: This list may not be empty.'],
  ['zeros only', purchaseBody(notes, { items: [{ id: seat?.id, quantity: 0 }] }), 'asset.items: This list may not be empty.'],
  [
    'an unknown item',
    purchaseBody(notes, { items: [{ id: 'X', quantity: 1 }] }),
    `asset.items.0.id: Item "X" does not belong to product ${notes.id}.`,
  ],
  [
    'unlimited seats',
    purchaseBody(notes, { items: [{ id: seat?.id, quantity: -1 }] }),
    'asset.items.0.quantity: Ensure this value is greater than or equal to 0.',
  ],
  [
    'half a seat',
    purchaseBody(notes, { items: [{ id: seat?.id, quantity: 1.5 }] }),
    'asset.items.0.quantity: A valid integer is required.',
  ],
  [
    'an unknown parameter',
    purchaseBody(notes, { params: [{ id: 'colour', value: 'red' }] }),
    'asset.params: Parameter "colour" does not exist.',
  ],
  [
    "the vendor's parameter",
    purchaseBody(notes, { params: [{ id: 'larkspur_subscription', value: '1' }] }),
    'asset.params.larkspur_subscription: This parameter is filled by the vendor.',
  ],
  [
    'too long a value',
    purchaseBody(notes, { params: [{ id: 'workspace_name', value: 'x'.repeat(41) }] }),
    'asset.params.workspace_name: Ensure this field has no more than 40 characters.',
  ],
  ['no external_uid', purchaseBody(notes, { external_uid: '' }), 'asset.external_uid: This field is required.'],
  [
    'an unknown reseller',
    purchaseBody(notes, { tiers: { customer, tier1: { id: 'TA-1' } } }),
    'asset.tiers.tier1.id: Tier account "TA-1" not found.',
  ],
])('a purchase with %s is refused and leaves nothing behind', async (_, body, message) => {
  const reply = await connect.provider('POST', '/requests', body)
  expect([reply.status, reply.body.errors]).toEqual([400, [message]])
  expect(connect.world.dump()).toEqual({ assets: [], requests: [] })
})

test('an unlisted product takes no order', async () => {
  connect.world.setListed(notes.id, false)
  const reply = await connect.provider('POST', '/requests', purchaseBody(notes))
  expect(reply.body.errors).toEqual(['There is no Listing for specified Product and Marketplace.'])
})

test('a missing required parameter turns the request into an inquiry; the hosted form brings it back to pending', async () => {
  const { body } = await connect.provider('POST', '/requests', purchaseBody(productNamed('Suite')))
  expect([body.status, body.template.message]).toEqual(['inquiring', 'Please fill in the missing values.'])
  const form = body.params_form_url.replace('http://sandbox.test', '')
  expect((await connect.app.inject({ url: form })).body).toContain('Address of your Suite')
  expect((await connect.app.inject({ url: form.replace(/code=.*/, 'code=guess') })).statusCode).toBe(404)
  const send = (subdomain: string) =>
    connect.app.inject({
      method: 'POST',
      url: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `subdomain=${subdomain}`,
    })
  expect((await send('no way!')).statusCode).toBe(400)
  expect((await send('fabrikam')).statusCode).toBe(200)
  const after = await connect.provider('GET', `/requests/${body.id}`)
  expect([after.body.status, after.body.params_form_url, after.body.answered]).toEqual(['pending', undefined, true])
  expect((await send('again')).statusCode).toBe(404)
})

test('without the code of the form the distributor may pend only where the option says so', async () => {
  const { body } = await connect.provider('POST', '/requests', purchaseBody(productNamed('Suite')))
  const filled = await connect.provider('PUT', `/requests/${body.id}`, { asset: { params: [{ id: 'subdomain', value: 'fabrikam' }] } })
  expect(filled.status).toBe(200)
  expect((await connect.provider('POST', `/requests/${body.id}/pend`)).status).toBe(403)
  connect.world.options.pendWithoutCode = 'allowed'
  expect((await connect.provider('POST', `/requests/${body.id}/pend`)).body.status).toBe('pending')
})

test('the customer of a later purchase is the same tier account, brought up to date', async () => {
  const one = await connect.provider('POST', '/requests', purchaseBody(notes))
  const renamed = { customer: { ...customer, name: 'Fabrikam SE' }, tier1: { id: connectSeed.reseller.id } }
  const two = await connect.provider('POST', '/requests', purchaseBody(notes, { external_uid: 'another', tiers: renamed }))
  const id = one.body.asset.tiers.customer.id
  expect(two.body.asset.tiers.customer.id).toBe(id)
  expect((await connect.provider('GET', `/tier/accounts/${id}`)).body).toMatchObject({ name: 'Fabrikam SE', version: 2, type: 'customer' })
})
