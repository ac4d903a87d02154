import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectSeed } from '../../seed.ts'
import { createRequest } from '../requests/create.ts'
import { productNamed, purchaseBody, startConnect, type TestConnect } from '../testing.ts'

let connect: TestConnect
beforeEach(async () => {
  connect = await startConnect()
})
afterEach(() => connect.stop())

const forms = productNamed('Forms')
const notes = productNamed('Notes')
const open = async (productId: string) =>
  (await connect.provider('GET', `/listing-requests?product.id=${productId}&state=reviewing`)).rows[0]
const act = (id: string, action: string, as: 'provider' | 'vendor' = 'provider') => connect[as]('POST', `/listing-requests/${id}/${action}`)
const order = (environment: 'production' | 'test') => connect.provider('POST', '/requests', purchaseBody(forms, {}, environment))

test('what the vendor asks to list is reviewed, deployed and completed by the distributor, and then sold', async () => {
  const asked = await open(forms.id)
  expect(asked).toMatchObject({ type: 'new', state: 'reviewing', product: { id: forms.id, version: 3 } })
  const id = asked?.id ?? ''
  expect((await order('production')).status).toBe(400)
  expect((await act(id, 'assign')).body).toMatchObject({ assignee: { id: 'SU-601-114-001' } })
  expect((await act(id, 'complete')).status).toBe(400)
  expect((await act(id, 'deploy')).body.state).toBe('deploying')
  expect((await act(id, 'complete')).body.state).toBe('completed')
  const [listing] = (await connect.provider('GET', `/listings?product.id=${forms.id}`)).rows
  expect(listing).toMatchObject({ status: 'listed', product: { version: 3 } })
  expect((await order('production')).status).toBe(201)
})

test('a listing request moves only along the documented ways, by the side whose turn it is', async () => {
  const body = { type: 'update', listing_id: notes.listingId, note: 'New texts' }
  expect((await connect.provider('POST', '/listing-requests', body)).status).toBe(403)
  const made = await connect.vendor('POST', '/listing-requests', body)
  expect([made.status, made.body.state]).toEqual([201, 'draft'])
  const { id } = made.body
  expect((await connect.provider('GET', `/listing-requests/${id}`)).status).toBe(404)
  expect((await connect.vendor('POST', '/listing-requests', body)).body.errors).toEqual([
    'listing_id: There is a pending request for this listing already.',
  ])
  expect((await act(id, 'submit')).status).toBe(403)
  expect((await act(id, 'submit', 'vendor')).body.state).toBe('reviewing')
  expect((await act(id, 'refine')).body.state).toBe('draft')
  await act(id, 'submit', 'vendor')
  expect((await act(id, 'deploy', 'vendor')).status).toBe(403)
  await act(id, 'deploy')
  expect((await act(id, 'cancel')).body.state).toBe('canceled')
  expect((await act(id, 'complete')).status).toBe(400)
})

test('a product that is taken off the shelf is seen no more, and takes orders only where the option says so', async () => {
  const seen = async () => (await connect.provider('GET', '/products')).rows.some(({ id }) => id === notes.id)
  expect(await seen()).toBe(true)
  const { id } = connect.world.askToList(notes.id, 'remove')
  connect.world.moveListingRequest(id, 'deploy')
  connect.world.moveListingRequest(id, 'complete')
  expect(await seen()).toBe(false)
  expect((await connect.provider('GET', `/products/${notes.id}`)).body).toMatchObject({ visibility: { listing: false } })
  const buy = (environment: 'production' | 'test') => createRequest(connect.world.state, purchaseBody(notes, {}, environment), 'provider')
  expect(() => buy('test')).toThrow('There is no Listing')
  connect.world.askToList(notes.id, 'new')
  expect(() => buy('production')).toThrow('There is no Listing')
  connect.world.options.unlistedOrders = 'refused'
  expect(() => buy('test')).toThrow('There is no Listing')
  connect.world.options.unlistedOrders = 'accepted'
  expect(buy('production').status).toBe('pending')
})

test('a new version brings items, renames them and ends their sale; an update puts it on the shelf', async () => {
  const [seat] = notes.items
  connect.world.publishVersion(notes.id, {
    added: [{ mpn: 'NOTES-AI', name: 'Assistant', type: 'PPU', unit: 'calls', precision: 'decimal(2)' }],
    changed: { [seat?.id ?? '']: { name: 'Notes seat, classic' } },
    ended: [seat?.id ?? ''],
  })
  expect((await connect.provider('GET', `/products/${notes.id}`)).body).toMatchObject({ version: 4 })
  expect((await connect.provider('GET', `/products/${notes.id}/items`)).rows).toMatchObject([
    { name: 'Notes seat, classic', status: 'endofsale' },
    { id: `${notes.id}-0002`, mpn: 'NOTES-AI', type: 'PPU', precision: 'Decimal(2)', status: 'published' },
  ])
  const listing = async () => (await connect.provider('GET', `/listings/${notes.listingId}`)).body
  expect(await listing()).toMatchObject({ product: { version: 3 } })
  const { id } = connect.world.askToList(notes.id, 'update')
  for (const action of ['deploy', 'complete'] as const) connect.world.moveListingRequest(id, action)
  expect(await listing()).toMatchObject({ product: { version: 4 } })
})

test('what Microsoft calls an item can be kept with the item, for each marketplace', async () => {
  const { rows } = await connect.provider('GET', `/products/${forms.id}/parameters?scope=item_marketplace`)
  const body = { parameter: { id: rows[0]?.id }, item: { id: forms.items[0]?.id }, marketplace: connectSeed.marketplace, value: 'starter' }
  expect((await connect.provider('POST', `/products/${forms.id}/configurations`, body)).status).toBe(201)
  expect((await connect.provider('POST', `/products/${forms.id}/configurations`, { ...body, item: { id: 'PRD-0' } })).status).toBe(400)
  const read = await connect.provider('GET', `/products/${forms.id}/configurations?item.id=${forms.items[0]?.id}`)
  expect(read.rows).toMatchObject([{ value: 'starter', item: { id: forms.items[0]?.id }, marketplace: { id: connectSeed.marketplace.id } }])
})

test('a token that is expired, or lacks the right, is refused', async () => {
  connect.world.options.listingRequests = 'refused'
  expect((await connect.provider('GET', '/listing-requests')).status).toBe(403)
  connect.world.options.providerToken = 'expired'
  expect((await connect.provider('GET', '/auth/context')).status).toBe(401)
})
