/** An offer's way to the store at Microsoft, with what goes wrong on it. The sandbox plays Microsoft. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { listAttention } from '../../src/attention/index.ts'
import { type Goal, readPublication, wakeOffers, wantOffer } from '../../src/catalogue/index.ts'
import { hours } from '../../src/kit/time.ts'
import { getOfferContent, getTenant } from '../../src/tenants/index.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { FORMS_OFFER, type FormsFile, formsKey, proposeForms } from '../helpers/forms.ts'
import { createWorld, TENANT, type World } from '../helpers/world.ts'

let world: World
let file: FormsFile
beforeEach(async () => {
  world = await createWorld()
  file = await proposeForms(world)
})
afterEach(async () => {
  await world.stop()
  file.remove()
})

const want = (target: Goal, confirmsLive = false) =>
  wantOffer(world.database.db, formsKey, target, { name: 'mara', at: world.clock.now(), confirmsLive })
const next = async () => (await readPublication(world.database.db, formsKey))?.standing?.next
const comesTo = (kind: string, why?: string) =>
  world.until(`${kind} ${why}`, async () => {
    const found = await next()
    return found?.kind === kind && found.why === why
  })
const center = () => world.sandbox.worlds.partnerCenter
const told = async () =>
  (await listAttention(world.database.db, { tenantId: TENANT, states: ['open'] }, world.clock.now())).map(({ code }) => code)
const look = async () => {
  await wakeOffers(world.database.db, world.clock.now())
  await world.rest()
}
const applied = async (change?: Parameters<FormsFile['apply']>[0]) => expect(await file.apply(change)).toMatchObject({ code: 0, err: '' })

test('an offer gets from nothing to draft, to preview, and to the store; a second look sends nothing', async () => {
  await applied()
  await want('draft')
  await comesTo('settled')
  expect(center().product(FORMS_OFFER).preview).toBeUndefined()
  expect((await getOfferContent(world.database.db, TENANT, FORMS_OFFER))?.madeAt).toBeDefined()

  await want('live')
  await comesTo('confirm')
  expect(center().product(FORMS_OFFER).live).toBeUndefined()
  expect(await told()).toContain('OFFER_WAITS_FOR_YES')

  await want('live', true)
  await comesTo('settled')
  expect(center().product(FORMS_OFFER).live).toBeDefined()
  expect(await told()).not.toContain('OFFER_WAITS_FOR_YES')
  expect((await getOfferContent(world.database.db, TENANT, FORMS_OFFER))?.publishedAt).toBeDefined()
  expect((await readPublication(world.database.db, formsKey))?.standing?.steps.map(({ state }) => state)).toEqual(Array(5).fill('done'))

  const jobs = center().jobs().length
  await look()
  expect(center().jobs()).toHaveLength(jobs)
  const { subscriptionId } = world.sandbox.worlds.marketplace.purchase({ offerId: FORMS_OFFER, planId: 'starter', quantity: 3 })
  expect(subscriptionId).toBeDefined()
})

test('what Partner Center refuses is told with the field, and goes on once it is corrected', async () => {
  await applied({ summary: 'x'.repeat(101) })
  await want('draft')
  await comesTo('attention', 'refused')
  expect(await told()).toContain('OFFER_REFUSED')
  const jobs = center().jobs().length
  await look()
  expect(center().jobs()).toHaveLength(jobs)

  await applied()
  await comesTo('settled')
  expect(await told()).not.toContain('OFFER_REFUSED')
})

test('a certification that fails waits for a person, and goes on once the offer is corrected', async () => {
  center().setOptions({ certification: 'fail' })
  await applied()
  await want('preview')
  await comesTo('attention', 'certification')
  expect(await told()).toContain('OFFER_CERTIFICATION_FAILED')

  center().setOptions({ certification: 'pass' })
  await applied({ title: 'Larkspur Forms for teams' })
  await comesTo('settled')
  expect(await told()).not.toContain('OFFER_CERTIFICATION_FAILED')
})

test('an edit of a colleague is not published without a yes to this very edit', async () => {
  await applied()
  await want('live', true)
  await comesTo('settled')
  center().editByHand(FORMS_OFFER, { type: 'property', change: { appVersion: '9.9' } })
  await applied({ title: 'Larkspur Forms for teams' })
  await want('live', true)
  await comesTo('attention', 'edits')
  expect(await told()).toContain('OFFER_HAS_FOREIGN_EDITS')
})

test('without the publisher’s app, or its role, it waits and says so; the role given, it goes on by itself', async () => {
  center().setOptions({ appRole: 'none' })
  await applied()
  await want('draft')
  await comesTo('refused', 'ERR_PARTNER_CENTER_FORBIDDEN')
  expect(await told()).toContain('OFFER_CREDENTIAL_REFUSED')
  center().setOptions({ appRole: 'manager' })
  await world.pass(hours(1))
  await comesTo('settled')
  expect(await told()).not.toContain('OFFER_CREDENTIAL_REFUSED')
})

test('at the terminal: what would change, one yes for what cannot be undone, how far it is, and then nothing to change', async () => {
  const bridge = terminal(world, { env: { PUBLIC_URL: world.config.publicUrl } })
  await applied()
  expect((await bridge('offer', 'plan', TENANT, FORMS_OFFER)).out).toContain('The offer is not in Partner Center yet.')
  const asked = await bridge('offer', 'apply', TENANT, FORMS_OFFER, '--to', 'live')
  expect(asked).toMatchObject({ code: 3, out: expect.stringContaining('cannot be taken back') })
  expect(await readPublication(world.database.db, formsKey)).toBeUndefined()

  expect(await bridge('offer', 'apply', TENANT, FORMS_OFFER, '--to', 'live', '--yes')).toMatchObject({ code: 0, err: '' })
  await comesTo('settled')
  expect((await bridge('offer', 'status', TENANT, FORMS_OFFER)).out).toMatch(/Goes to live\.[\s\S]*goToMarket +done/)
  expect((await bridge('offer', 'plan', TENANT, FORMS_OFFER)).out).toBe('Nothing to change.\n')
})

test('a file that publishes an offer without content is refused as a whole', async () => {
  const file = parse(readFileSync('examples/sandbox.yaml', 'utf8'))
  const [tenant] = file.tenants
  tenant.name = 'Another name'
  tenant.products[0].offers[0].publish = 'live'
  const path = join(mkdtempSync(join(tmpdir(), 'bridge-publish-')), 'mapped.yaml')
  writeFileSync(path, stringify(file))
  const refused = await terminal(world)('apply', path)
  rmSync(dirname(path), { recursive: true })
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('ERR_OFFER_NOT_OURS') })
  expect((await getTenant(world.database.db, TENANT))?.name).not.toBe('Another name')
})
