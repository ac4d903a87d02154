/** Without access to Partner Center an offer is a list to copy and tick; an offer made there by hand is taken over as it is. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import { keptOffers } from '../../src/catalogue/index.ts'
import { wantedOffer } from '../../src/catalogue/publication/wanted.ts'
import { differencesOf } from '../../src/catalogue/rules/diff/differences.ts'
import { offerTree } from '../../src/catalogue/rules/resources/tree.ts'
import { offerId } from '../../src/kit/ids.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { createWorld, NOTES, TENANT, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  const { clientId, secret } = publisher.partnerCenterApp
  const run = terminal(world, { env: env(), input: secret })
  const app = ['--client-id', clientId, '--tenant-id', publisher.entraTenantId]
  expect(await run('credential', 'set', TENANT, 'partnerCenter', ...app)).toMatchObject({ code: 0 })
})
afterAll(() => world.stop())

const env = () => ({ MICROSOFT_INGESTION_URL: world.sandbox.urls.ingestion })
const bridge = (...args: readonly string[]) => terminal(world, { env: env() })(...args)
const OFFER = 'larkspur-notes'
const list = async (...more: readonly string[]) => JSON.parse((await bridge('offer', 'checklist', TENANT, OFFER, '--json', ...more)).out)
const field = async (key: string) => (await list()).fields.find((one: { key: string }) => one.key === key)

test('an offer that is only mapped has no checklist, and says why', async () => {
  expect(await bridge('offer', 'checklist', TENANT, OFFER)).toMatchObject({ code: 1, err: expect.stringContaining('ERR_OFFER_NOT_OURS') })
})

test('an offer made by hand is taken over as it is at Microsoft: nothing is written there, and nothing would be', async () => {
  const before = world.sandbox.worlds.partnerCenter.products()
  const preview = await bridge('offer', 'import', TENANT, NOTES)
  expect(preview).toMatchObject({ code: 3, out: expect.stringContaining('larkspur-notes (Larkspur Notes, live) is taken over') })
  expect((await keptOffers(world.database.db, TENANT, NOTES)).offers[0]?.content.listings).toEqual([])

  expect(await bridge('offer', 'import', TENANT, NOTES, '--yes')).toMatchObject({ code: 0 })
  const [offer] = (await keptOffers(world.database.db, TENANT, NOTES)).offers
  expect(offer).toMatchObject({ made: true, content: { pricingModel: 'perUser', listings: [{ title: 'Larkspur Notes' }] } })
  expect(offer?.plans).toMatchObject([
    { id: 'team', made: true, content: { terms: [{ price: '6' }, { price: '72' }], seats: { max: 500 } } },
  ])
  expect(world.sandbox.worlds.partnerCenter.products()).toEqual(before)
  expect(world.sandbox.worlds.partnerCenter.jobs()).toEqual([])
  expect(await bridge('offer', 'import', TENANT, NOTES, '--yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('NOTHING_TO_IMPORT'),
  })
})

test('an imported offer differs in nothing from the published one but our own addresses', async () => {
  const { db } = world.database
  const deps = { db, keyring: world.keyring, publicUrl: world.config.publicUrl }
  const wanted = await wantedOffer(deps, { tenantId: TENANT, offerId: offerId.parse(OFFER) }, undefined, world.clock.now())
  const trees = await read()
  const open = wanted && differencesOf(wanted.wanted, trees, trees)
  expect(open?.map((one) => one.field).sort()).toEqual(['Connection webhook', 'Landing page'])
})

async function read() {
  const { tenantClients } = await import('../../src/main/subscriptions.ts')
  const { createHttp } = await import('../../src/kit/http.ts')
  const { silentLog } = await import('../../src/kit/log.ts')
  const http = createHttp({ clock: world.clock, log: silentLog })
  const storage = { ...world.database, keyring: world.keyring }
  const config = { ...world.config, outside: { ...world.config.outside, ingestion: world.sandbox.urls.ingestion } }
  const ingestion = await tenantClients({ config, storage, clock: world.clock, log: silentLog }, http).ingestionFor(TENANT)
  const product = await ingestion.findProduct(offerId.parse(OFFER))
  const tree = product && (await ingestion.readTree(product.productId, 'live'))
  await http.close()
  return offerTree(tree?.resources ?? [])
}

test('the checklist gives every value as Partner Center takes it, our addresses and the app included', async () => {
  const { out } = await bridge('offer', 'checklist', TENANT, OFFER)
  expect(out).toContain('Technical configuration')
  expect(await field('technical-configuration/landing-page-url')).toMatchObject({
    value: expect.stringContaining(`/portal/${TENANT}/${NOTES}/start`),
  })
  expect(await field('technical-configuration/microsoft-entra-application-id')).toMatchObject({ value: publisher.apiApp.clientId })
  expect(await field('pricing-and-availability/team/markets')).toMatchObject({ value: 'Custom: those below' })
  expect(await field('plan-overview/team/plan-id')).toMatchObject({ value: 'team' })
})

test('a tick says who saw a value and when, a page is ticked at once, and a tick falls off when the value changes', async () => {
  const title = 'offer-listing/en-us/name'
  expect(await bridge('offer', 'checklist', TENANT, OFFER, '--tick', title, 'technical-configuration')).toMatchObject({ code: 0 })
  expect((await field(title)).seen).toMatchObject({ by: 'mara' })
  expect((await field('technical-configuration/connection-webhook')).seen).toMatchObject({ by: 'mara' })

  const [offer] = (await keptOffers(world.database.db, TENANT, NOTES)).offers
  const listings = offer?.content.listings.map((one) => ({ ...one, title: 'Larkspur Notes 2' })) ?? []
  await world.database.db
    .updateTable('offer_contents')
    .set({ content: JSON.stringify({ ...offer?.content, listings }) })
    .where('offer_id', '=', OFFER)
    .execute()
  expect(await field(title)).toMatchObject({ value: 'Larkspur Notes 2' })
  expect((await field(title)).seen).toBeUndefined()

  await bridge('offer', 'checklist', TENANT, OFFER, '--untick', 'technical-configuration')
  expect((await field('technical-configuration/connection-webhook')).seen).toBeUndefined()
  expect(await bridge('offer', 'checklist', TENANT, OFFER, '--tick', 'nowhere')).toMatchObject({ code: 2 })
})
