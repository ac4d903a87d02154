/** What a vendor asks of the shelf, carried to the store at Microsoft and out of it again: one story over both sandbox worlds. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { completedForms, type FormsChange } from '../../sandbox/testing/forms.ts'
import { listAttention } from '../../src/attention/index.ts'
import { listingInWords, loadListingRequest, readPublication, wakeListingRequests } from '../../src/catalogue/index.ts'
import { listingRequestId } from '../../src/kit/ids.ts'
import { minutes } from '../../src/kit/time.ts'
import { terminal } from '../helpers/at-terminal.ts'
import { FORMS, FORMS_OFFER, type FormsFile, formsKey, proposeForms } from '../helpers/forms.ts'
import { createWorld, TENANT, type World } from '../helpers/world.ts'

let world: World
let file: FormsFile
let die = (_point: string): void => undefined
beforeAll(async () => {
  world = await createWorld({ crashPoint: (point) => die(point) })
  file = await proposeForms(world)
  await wakeListingRequests(world.database.db, world.clock.now())
})
afterAll(async () => {
  await world.stop()
  file.remove()
})

const connect = () => world.sandbox.worlds.connect
const center = () => world.sandbox.worlds.partnerCenter
const buys = (planId = 'starter') => world.sandbox.worlds.marketplace.purchase({ offerId: FORMS_OFFER, planId, quantity: 3 })
const bridge = async (...args: readonly string[]) => {
  const ran = await terminal(world, { env: { MICROSOFT_INGESTION_URL: world.sandbox.urls.ingestion } })(...args)
  if (ran.code !== 0) throw new Error(`${args.join(' ')}: ${ran.err}${ran.out}`)
  return ran.out
}
const request = () => connect().listingRequests(FORMS).at(-1)
/** Publishing takes hours: they pass in steps as long as a bridge’s own looks are apart. */
async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let step = 0; step < 40; step++) {
    await world.pass(step === 0 ? 0 : minutes(15))
    if (await isSo()) return
  }
  throw new Error(`it never came to this: ${what}`)
}
const comesTo = (words: RegExp) =>
  until(String(words), async () => {
    const id = listingRequestId.parse(request()?.id)
    const stored = await loadListingRequest(world.database.db, { tenantId: TENANT, id })
    return stored !== undefined && words.test(listingInWords(stored))
  })
const isCompleted = () => until('completed', () => request()?.state === 'completed')
const goLive = () => bridge('offer', 'apply', TENANT, FORMS_OFFER, '--to', 'live', '--yes')
const told = async () =>
  (await listAttention(world.database.db, { tenantId: TENANT, states: ['open'] }, world.clock.now())).map(({ code }) => code)

async function ask(type: 'new' | 'update' | 'remove'): Promise<string> {
  const { id } = connect().askToList(FORMS, type, 'Please.')
  await world.pass(minutes(6))
  return id
}

/** What the publisher does about a version: proposes anew, and gives what only he knows. */
async function publishFile(change: FormsChange): Promise<void> {
  await bridge('offer', 'propose', TENANT, FORMS, '--file', file.path)
  writeFileSync(file.path, completedForms(readFileSync(file.path, 'utf8'), { ...change, drivesListing: true }))
  await bridge('apply', file.path)
}

test('a request under review takes its offer to the preview by itself, to the store on a yes, and is completed then', async () => {
  await file.apply({ drivesListing: true })
  await comesTo(/your yes that buyers see the offer/)
  expect(request()?.state).toBe('deploying')
  expect([center().product(FORMS_OFFER).preview !== undefined, center().product(FORMS_OFFER).live]).toEqual([true, undefined])
  expect(await told()).toContain('OFFER_WAITS_FOR_YES')
  expect(await readPublication(world.database.db, formsKey)).toMatchObject({ target: 'live', wantedBy: expect.stringContaining('LSTR-') })
  await goLive()
  await isCompleted()
  expect(buys().subscriptionId).toBeDefined()
})

test('an update waits for what the version brings, publishes it, and is completed once buyers can have it', async () => {
  connect().publishVersion(FORMS, { added: [{ mpn: 'FORMS-PRO', name: 'Forms professional', type: 'Reservation', unit: 'Seats' }] })
  await ask('update')
  expect(await told()).toContain('LISTING_CHANGES_TO_APPLY')
  await publishFile({})
  await comesTo(/your yes/)
  expect(() => buys('forms-professional')).toThrow()
  await goLive()
  await isCompleted()
  expect(buys('forms-professional').subscriptionId).toBeDefined()
})

test('what Microsoft calls an item is written to Connect where it differs, once; a parameter that is not shared for it is named', async () => {
  const write = () => bridge('offer', 'write-back', TENANT, FORMS, '--yes')
  const parameter = 'microsoft_plan_id'
  await expect(write()).rejects.toThrow('mappingParameters')
  await publishFile({ mapsTo: parameter })
  connect().editParameter(FORMS, parameter, { shared: 'view' })
  await expect(write()).rejects.toThrow(`Shared for reading only: ${parameter}`)
  connect().editParameter(FORMS, parameter, { shared: 'edit' })
  expect(await write()).toContain('4 values were written')
  const kept = () => [...connect().product(FORMS).configurations.values()].map(({ value }) => value)
  expect(kept()).toEqual(expect.arrayContaining(['starter', 'forms-professional']))
  expect(await write()).toContain('nothing is written')
})

test('a certification that fails is told with the request, which goes on once the offer is corrected', async () => {
  center().setOptions({ certification: 'fail' })
  await publishFile({ title: 'Larkspur Forms, once more' })
  const id = await ask('update')
  await comesTo(/the offer, which is held up/)
  expect(await bridge('listing', 'show', TENANT, id)).toMatch(/What the offers say:\n +larkspur-forms: Microsoft’s certification .*failed/)
  expect([request()?.state, (await told()).includes('OFFER_CERTIFICATION_FAILED')]).toEqual(['deploying', true])
  center().setOptions({ certification: 'pass' })
  await publishFile({ title: 'Larkspur Forms for teams' })
  await comesTo(/your yes/)
  await goLive()
  await isCompleted()
})

test('a removal ends the sale once, on a yes only, wherever the process dies; the product comes back by a new request, on a new yes', async () => {
  const { subscriptionId } = buys()
  const id = await ask('remove')
  expect([await told(), request()?.state]).toEqual([expect.arrayContaining(['LISTING_REMOVAL_TO_ACCEPT']), 'reviewing'])
  const points = new Set(['listing.publish.stored', 'offer.request.called'])
  die = (point) => {
    if (points.delete(point)) throw new Error(point)
  }
  const jobs = center().jobs().length
  expect(await bridge('listing', 'accept', TENANT, id, '--yes')).toContain('larkspur-forms leaves the store')
  await world.rest()
  await world.restart()
  await isCompleted()
  expect([points.size, center().jobs().length - jobs]).toEqual([0, 1])
  expect(() => buys()).toThrow()
  expect(world.sandbox.worlds.marketplace.subscription(subscriptionId)).toBeDefined()

  await ask('new')
  await comesTo(/your yes/)
  await goLive()
  await isCompleted()
  expect(buys().subscriptionId).toBeDefined()
})
