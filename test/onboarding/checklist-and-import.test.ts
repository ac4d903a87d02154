/** Without access to Partner Center an offer is a list to copy and tick; an offer made there by hand is taken over as it is. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publisher } from '../../sandbox/seed.ts'
import { presentAttention } from '../../src/attention/index.ts'
import { keptOffers, readSnapshot, wakeResync } from '../../src/catalogue/index.ts'
import { wantedOffer } from '../../src/catalogue/publication/wanted.ts'
import { differencesOf } from '../../src/catalogue/rules/diff/differences.ts'
import { offerTree } from '../../src/catalogue/rules/resources/tree.ts'
import { offerId, productId } from '../../src/kit/ids.ts'
import { minutes } from '../../src/kit/time.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { withIngestion } from '../helpers/ingestion-of.ts'
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

const env = () => ({ PUBLIC_URL: world.config.publicUrl })
const bridge = (...args: readonly string[]) =>
  terminal(world, { env: env(), pause: () => world.pass(minutes(1)).then(() => true) })(...args)
const OFFER = 'larkspur-notes'
const SIGNALS = productId.parse('PRD-417-220-904')
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

const read = (offer = OFFER) =>
  withIngestion(world, TENANT, async (ingestion) => {
    const product = await ingestion.findProduct(offerId.parse(offer))
    return offerTree((product && (await ingestion.readTree(product.productId, 'live')))?.resources ?? [])
  })

test('an offer that meters is taken over with its dimensions, what they cost and what they include; a plan of it shows our addresses only', async () => {
  const preview = await bridge('offer', 'import', TENANT, SIGNALS)
  expect(preview).toMatchObject({ code: 3, out: expect.stringContaining('larkspur-signals (Larkspur Signals, live) is taken over') })
  expect(preview.out).not.toContain('Not taken over')
  expect(await bridge('offer', 'import', TENANT, SIGNALS, '--yes')).toMatchObject({ code: 0 })
  const [offer] = (await keptOffers(world.database.db, TENANT, SIGNALS)).offers
  expect(offer?.content).toMatchObject({
    pricingModel: 'flatRate',
    dimensions: [
      { id: 'events', name: 'Events (thousand)', unit: 'k-events' },
      { id: 'mails', name: 'Mails sent', unit: 'mails' },
      { id: 'storage', name: 'Storage', unit: 'GB' },
    ],
  })
  const [metered, scale] = offer?.plans ?? []
  expect(metered).toMatchObject({
    id: 'metered',
    made: true,
    items: [{ dimension: 'events' }, { dimension: 'mails' }, { dimension: 'storage' }],
  })
  expect(metered?.content).toMatchObject({
    terms: [
      { term: '1 month', price: '0' },
      { term: '1 year', price: '0' },
    ],
    meters: [{ dimension: 'events', price: '0.4', included: [] }, { price: '0.002' }, { price: '0.12' }],
  })
  const monthly = (quantity: string) => ({ term: '1 month', quantity })
  expect(scale?.content.meters).toMatchObject([
    { dimension: 'events', price: '0.25', included: [monthly('500'), { term: '1 year', quantity: '6000' }] },
    { dimension: 'mails', price: '0.001', included: [monthly('unlimited'), { quantity: 'unlimited' }] },
    { dimension: 'storage', price: '0.1', included: [monthly('100'), { quantity: '1200' }] },
  ])
  const { differences, gaps, edits } = JSON.parse((await bridge('offer', 'plan', TENANT, 'larkspur-signals', '--json')).out)
  expect(differences.map(({ field }: { field: string }) => field).sort()).toEqual(['Connection webhook', 'Landing page'])
  expect([gaps, edits]).toEqual([[], []])
  expect((await read('larkspur-signals')).find('price-and-availability-plan', 'scale')).toBeDefined()
})

test('what was taken over can be sent on its way: nothing but our addresses is written, and then nothing is left to change', async () => {
  const before = draftOf('larkspur-signals')
  expect(await bridge('offer', 'apply', TENANT, 'larkspur-signals', '--to', 'draft', '--yes', '--wait')).toMatchObject({ code: 0, err: '' })
  const { toWrite, differences } = JSON.parse((await bridge('offer', 'plan', TENANT, 'larkspur-signals', '--json')).out)
  expect([toWrite, differences]).toEqual([0, []])
  const changed = [...draftOf('larkspur-signals')].filter(([id, { body }]) => JSON.stringify(body) !== JSON.stringify(before.get(id)?.body))
  expect(changed.map(([, { type }]) => type)).toEqual(['software-as-a-service-technical-configuration'])
})
const draftOf = (offer: string) => world.sandbox.worlds.partnerCenter.product(offer).draft

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
  expect(await bridge('offer', 'checklist', TENANT, OFFER, '--tick', 'plan-overview', 'nowhere')).toMatchObject({ code: 2 })
  expect((await field('plan-overview/team/plan-id')).seen).toBeUndefined()
  const { out } = await bridge('offer', 'history', TENANT, OFFER)
  expect(out).toContain('mara: Taken over from Partner Center')
  expect(out).toMatch(
    /mara: Seen in Partner Center: .*technical-configuration\.\n[\s\S]*mara: Not seen in Partner Center after all: technical-configuration/,
  )
})

const toldOf = async () => {
  await world.rest()
  return (await presentAttention(world.database.db, TENANT, { kind: 'product', id: NOTES })).filter(
    ({ code }) => code === 'PRODUCT_DIFFERS',
  )
}
const resync = (...more: readonly string[]) => bridge('offer', 'resync', TENANT, '--product', NOTES, ...more)

test('a new version of the product is found by the look, told once in plain words, and taken over on a word; then nothing is left', async () => {
  const kept = async () => (await keptOffers(world.database.db, TENANT, NOTES)).offers[0]?.plans ?? []
  const [team] = await kept()
  const [item] = team?.items ?? []
  world.sandbox.worlds.connect.publishVersion(NOTES, {
    added: [{ mpn: 'NOTES-MAX', name: 'Maximum', type: 'Reservation', unit: 'Seats' }],
    changed: { [item?.id ?? '']: { name: 'Crew' } },
  })
  await wakeResync(world.database.db, world.clock.now())
  expect(await toldOf()).toMatchObject([
    {
      facts: {
        differences: [
          expect.stringMatching(/^New: Maximum/),
          expect.stringMatching(/^New plan larkspur-notes \/ maximum/),
          expect.any(String),
        ],
      },
    },
  ])
  const shown = await resync()
  expect(shown.out).toMatch(/\+ New: Maximum \(\S+\), to be sold by larkspur-notes \/ maximum\./)
  expect(shown.out).toContain(`--product ${NOTES} --accept`)
  expect(await resync('--accept')).toMatchObject({ code: 3 })
  expect((await kept()).map(({ id }) => id)).not.toContain('maximum')

  const jobs = world.sandbox.worlds.partnerCenter.jobs().length
  expect(await resync('--accept', '--yes', '--as', 'mara')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing was written at Microsoft'),
  })
  expect(await kept()).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'maximum', made: false })]))
  expect((await kept()).find(({ id }) => id === team?.id)).toMatchObject({ made: true, items: team?.items })
  expect(await readSnapshot(world.database.db, TENANT, NOTES)).toMatchObject({ takenBy: 'mara' })
  expect(world.sandbox.worlds.partnerCenter.jobs()).toHaveLength(jobs)
  expect(await toldOf()).toEqual([])
  expect(await resync('--accept', '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('NOTHING_TO_ACCEPT') })
})

test('what the vendor retires is told and goes on selling until its plan is retired by a word', async () => {
  const plans = async () => (await keptOffers(world.database.db, TENANT, NOTES)).offers[0]?.plans ?? []
  const maximum = (await plans()).find(({ id }) => id === 'maximum')
  world.sandbox.worlds.connect.publishVersion(NOTES, { ended: [maximum?.items[0]?.id ?? ''] })
  expect((await resync('--accept', '--yes')).out).toMatch(/Left to you:\n +Nothing is left to sell in the plan larkspur-notes \/ maximum/)
  expect(await toldOf()).toMatchObject([
    { facts: { differences: ['Nothing is left to sell in the plan larkspur-notes / maximum: retire it.'] } },
  ])
  expect((await plans()).find(({ id }) => id === 'maximum')?.content.retired).toBe(false)
  expect(await resync('--accept', '--retire', '--yes')).toMatchObject({ code: 0 })
  expect((await plans()).find(({ id }) => id === 'maximum')?.content.retired).toBe(true)
  expect(await toldOf()).toEqual([])
})
