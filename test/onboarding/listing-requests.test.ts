/** What a vendor asks of the shelf, followed to its end over both sandbox worlds. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRequest } from '../../sandbox/connect/requests/create.ts'
import { productNamed, purchaseBody } from '../../sandbox/connect/testing.ts'
import { putSubmission } from '../../sandbox/partner-center/state.ts'
import { publisher } from '../../sandbox/seed.ts'
import { listAttention } from '../../src/attention/index.ts'
import { wakeListingRequests } from '../../src/catalogue/index.ts'
import { inTransaction } from '../../src/database/index.ts'
import { crashAt } from '../../src/kit/crash-point.ts'
import { itemId, offerId, type ProductId, planId, productId } from '../../src/kit/ids.ts'
import { minutes } from '../../src/kit/time.ts'
import { defaultPolicies, getProduct, type Policies, saveOffer, savePlanMapping, saveProduct } from '../../src/tenants/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { createWorld, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
let die = (_point: string): void => undefined
const called: string[] = []
beforeAll(async () => {
  world = await createWorld({
    crashPoint: (point) => die(point),
    onCall: ({ method, path }) => {
      const [, action] = /\/listing-requests\/[^/]+\/(\w+)$/.exec(path) ?? []
      if (method === 'POST' && action) called.push(action)
    },
  })
  await wakeListingRequests(world.database.db, world.clock.now())
  await world.rest()
})
afterAll(() => world.stop())
beforeEach(() => {
  called.length = 0
})

const formsSeed = productNamed('Forms')
const FORMS = productId.parse(formsSeed.id)
const connect = () => world.sandbox.worlds.connect
const bridge = (...args: readonly string[]) => terminal(world, { env: { MICROSOFT_INGESTION_URL: world.sandbox.urls.ingestion } })(...args)
const say = (word: string, id: string) => bridge('listing', word, TENANT, id, '--yes')
const requestOf = (product: string) => connect().listingRequests(product).at(-1)
const stateOf = (product: string) => requestOf(product)?.state
const order = (environment: 'production' | 'test') =>
  createRequest(connect().state, purchaseBody(formsSeed, { external_uid: randomUUID() }, environment), 'provider').status

/** What waits for an operator about the newest request of a product. */
async function told(product: string) {
  const items = await listAttention(world.database.db, { tenantId: TENANT, subjectKind: 'listingRequest' }, world.clock.now())
  return items.filter(({ subject, state }) => subject.id === requestOf(product)?.id && state !== 'resolved').map(({ code }) => code)
}

async function ask(product: string, type: 'new' | 'update' | 'remove'): Promise<string> {
  const { id } = connect().askToList(product, type, 'Please.')
  await world.pass(minutes(6))
  return id
}

async function policy(id: ProductId, given: Partial<Policies['listing']>): Promise<void> {
  const listing = { ...defaultPolicies.listing, ...given }
  const product = await getProduct(world.database.db, TENANT, id)
  if (!product) throw new Error('no such product')
  const changed = { ...product, policies: { ...product.policies, listing } }
  await inTransaction(world.database.db, (tx) => saveProduct(tx, changed, world.clock.now()))
}

/** As `bridge apply` maps an offer that was made by hand. */
const mapForms = () =>
  inTransaction(world.database.db, async (tx) => {
    const [id, now] = [offerId.parse('larkspur-forms'), world.clock.now()]
    await saveOffer(tx, { tenantId: TENANT, id, productId: FORMS, name: 'Larkspur Forms', status: 'active' }, now)
    const items = formsSeed.items
      .slice(0, 1)
      .map((item) => ({ itemId: itemId.parse(item.id), kind: 'reservation' as const, dimension: undefined }))
    await savePlanMapping(tx, TENANT, { offerId: id, planId: planId.parse('starter'), name: 'Starter', items, status: 'active' }, now)
  })

test('a product nobody added waits for its set-up, then for offers, then goes on; preview buyers can activate before it is listed', async () => {
  expect(await told(FORMS)).toEqual(['LISTING_PRODUCT_NOT_ADDED'])
  expect((await bridge('listing', 'list', TENANT)).out).toMatch(/new +reviewing +Larkspur Forms +3 +you: the product is not in the set-up/)
  expect(await bridge('product', 'add', TENANT, FORMS)).toMatchObject({ code: 0 })
  await policy(FORMS, { drive: 'automatic', deployAt: 'checked', completeAt: 'live' })
  await world.pass(minutes(15))
  expect(await told(FORMS)).toEqual(['LISTING_HAS_PROBLEMS'])
  expect(await say('accept', requestOf(FORMS)?.id ?? '')).toMatchObject({ code: 1, err: expect.stringContaining('HAS_PROBLEMS') })

  await mapForms()
  await world.pass(minutes(15))
  expect([stateOf(FORMS), await told(FORMS)]).toEqual(['deploying', ['LISTING_OFFER_NOT_SEEN']])
  expect(order('test')).toBe('pending')
  expect(() => order('production')).toThrow('There is no Listing')

  const preview = await bridge('listing', 'complete', TENANT, requestOf(FORMS)?.id ?? '')
  expect(preview).toMatchObject({ code: 3, out: expect.stringContaining('larkspur-forms: not seen') })
  expect(stateOf(FORMS)).toBe('deploying')
  expect(await say('complete', requestOf(FORMS)?.id ?? '')).toMatchObject({ code: 0 })
  await world.rest()
  expect([stateOf(FORMS), await told(FORMS), called]).toEqual(['completed', [], ['deploy', 'complete']])
  expect(order('production')).toBe('pending')
})

test('where Connect refuses every order of what is not listed, completing before live lets preview buyers in', async () => {
  connect().options.unlistedOrders = 'refused'
  await ask(FORMS, 'remove')
  const id = requestOf(FORMS)?.id ?? ''
  await say('accept', id)
  await world.rest()
  await say('complete', id)
  await world.rest()
  expect(stateOf(FORMS)).toBe('completed')
  await ask(FORMS, 'new')
  expect(stateOf(FORMS)).toBe('deploying')
  expect(() => order('test')).toThrow('There is no Listing')
  await say('complete', requestOf(FORMS)?.id ?? '')
  await world.rest()
  expect(order('test')).toBe('pending')
  connect().options.unlistedOrders = 'test'
})

test('with Partner Center’s app the bridge sees the offer itself, and a confirming operator says each step', async () => {
  const { partnerCenterApp, entraTenantId } = publisher
  const env = { MICROSOFT_INGESTION_URL: world.sandbox.urls.ingestion }
  const set = await terminal(world, { env, input: partnerCenterApp.secret })(
    ...['credential', 'set', TENANT, 'partnerCenter', '--client-id', partnerCenterApp.clientId, '--tenant-id', entraTenantId],
  )
  expect(set).toMatchObject({ code: 0 })
  const id = await ask(NOTES, 'update')
  expect([stateOf(NOTES), await told(NOTES)]).toEqual(['reviewing', ['LISTING_TO_ACCEPT']])
  expect(await say('complete', id)).toMatchObject({ code: 1, err: expect.stringContaining('NOT_DEPLOYED') })
  await say('accept', id)
  await world.rest()
  expect([stateOf(NOTES), await told(NOTES)]).toEqual(['deploying', ['LISTING_TO_COMPLETE']])
  expect((await bridge('listing', 'show', TENANT, id)).out).toMatch(/larkspur-notes: live[\s\S]*accepted by mara/)
  await say('complete', id)
  await world.rest()
  expect(stateOf(NOTES)).toBe('completed')
})

test('a refused request is canceled; one the vendor takes back is left alone, and a word said before does not count when it comes again', async () => {
  const refused = await ask(NOTES, 'update')
  await say('refuse', refused)
  await world.rest()
  expect([stateOf(NOTES), called]).toEqual(['canceled', ['cancel']])
  const id = await ask(NOTES, 'update')
  await say('accept', id)
  connect().moveListingRequest(id, 'refine', 'vendor')
  await world.rest()
  expect((await bridge('listing', 'list', TENANT, '--all')).out).toMatch(new RegExp(`${id} +update +gone`))
  connect().moveListingRequest(id, 'submit', 'vendor')
  await world.pass(minutes(6))
  expect([stateOf(NOTES), await told(NOTES)]).toEqual(['reviewing', ['LISTING_TO_ACCEPT']])
  connect().moveListingRequest(id, 'deploy')
  connect().moveListingRequest(id, 'complete')
  await world.pass(minutes(6))
  expect([stateOf(NOTES), await told(NOTES), called]).toEqual(['completed', [], ['cancel']])
})

const POINTS = ['found.step', 'deploy.told', 'deploy.stored', 'complete.told', 'complete.stored', 'found.over'] as const
test.each(POINTS)('a process that dies at %s goes on from there: one deploy, one complete, and the product is listed', async (point) => {
  await policy(NOTES, { drive: 'automatic', deployAt: 'preview', completeAt: 'live' })
  let died = false
  die = crashAt(`listing.${point}`, {
    act: (at) => {
      died = true
      throw new Error(at)
    },
  })
  await ask(NOTES, 'update')
  die = () => undefined
  expect(died).toBe(true)
  await world.restart()
  await world.pass(minutes(6))
  expect([stateOf(NOTES), await told(NOTES), called]).toEqual(['completed', [], ['deploy', 'complete']])
})

test('a step Connect refuses is tried again and told, and the item goes once it is through', async () => {
  await policy(NOTES, { drive: 'automatic', deployAt: 'checked', completeAt: 'live' })
  const id = await ask(NOTES, 'remove')
  connect().options.listingRequests = 'refused'
  await say('accept', id)
  for (let round = 0; round < 4; round++) await world.pass(minutes(6))
  expect(await told(NOTES)).toContain('LISTING_REQUEST_STUCK')
  connect().options.listingRequests = 'allowed'
  await world.pass(minutes(6))
  expect([stateOf(NOTES), await told(NOTES)]).toEqual(['deploying', ['LISTING_STILL_OFFERED']])
})

test('a removal is completed by itself once nothing of the offer is sold at Microsoft, and not before', async () => {
  await world.pass(minutes(30))
  expect(stateOf(NOTES)).toBe('deploying')
  const { state } = world.sandbox.worlds.partnerCenter
  const { guid, submissions } = world.sandbox.worlds.partnerCenter.product('larkspur-notes')
  const live = submissions.find(({ target }) => target === 'live')
  if (!live) throw new Error('it is live')
  putSubmission(state, guid, { ...live, lifecycleState: 'deprecated' })
  await world.pass(minutes(16))
  expect([stateOf(NOTES), await told(NOTES)]).toEqual(['completed', []])
})

test('a version with news is told with what is new, and sold without it only on a word', async () => {
  const projects = productNamed('Projects')
  const added = [{ mpn: 'PRJ-MAX', name: 'Maximum', type: 'Reservation' as const, unit: 'Seats' }]
  connect().publishVersion(projects.id, { added })
  const id = await ask(projects.id, 'update')
  expect(await told(projects.id)).toEqual(['LISTING_CHANGES_TO_APPLY'])
  expect((await bridge('listing', 'show', TENANT, id)).out).toMatch(/What the version brings:\n +New: Maximum/)
  await say('accept', id)
  await world.rest()
  expect([stateOf(projects.id), await told(projects.id)]).toEqual(['deploying', ['LISTING_TO_COMPLETE']])
})
