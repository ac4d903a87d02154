/** What goes wrong between the bridge and Partner Center: the next look goes on, nothing is sent twice, and nothing that is not ours is touched. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FaultInput } from '../../sandbox/faults.ts'
import { minutes } from '../../src/kit/time.ts'
import { type FormsFile, type FormsOffer, formsOffer, offersOnly, proposeForms } from '../helpers/forms.ts'
import { createWorld, type World } from '../helpers/world.ts'

let world: World
let file: FormsFile
let offers: Awaited<ReturnType<typeof offersOnly>>
beforeAll(async () => {
  world = await createWorld()
  file = await proposeForms(world)
  await file.apply()
  offers = await offersOnly(world)
})
afterEach(() => world.sandbox.worlds.faults.clear())
afterAll(async () => {
  await offers.stop()
  await world.stop()
  file.remove()
})

const center = () => world.sandbox.worlds.partnerCenter
const submitted = (id: string) =>
  center()
    .product(id)
    .submissions.map(({ target, result }) => `${target} ${result}`)

const CONFIGURE = { world: 'partnerCenter', method: 'POST', path: 'configure$' } as const
const WITHOUT_EFFECT: readonly (readonly [name: string, fault: FaultInput])[] = [
  ['throttled (429)', { ...CONFIGURE, kind: 'status', status: 429, retryAfter: 0 }],
  ['refused by an outage (503)', { ...CONFIGURE, kind: 'status', status: 503 }],
  ['lost on the way there', { ...CONFIGURE, kind: 'hang' }],
]
const WITH_EFFECT: typeof WITHOUT_EFFECT = [
  ['answered with 500 after its effect', { ...CONFIGURE, kind: 'statusAfterEffect', status: 500 }],
  ['lost with its answer', { ...CONFIGURE, kind: 'hangAfterEffect' }],
  ['late by a minute, its answer lost', { ...CONFIGURE, kind: 'lateEffect', delay: minutes(1) }],
]
/** One creates the offer, one writes the draft, one submits the preview, one goes live. */
const REQUESTS = [0, 1, 2, 3]

test.each([
  ...WITHOUT_EFFECT.map(([name, fault]) => [name, REQUESTS.map((skip) => ({ ...fault, skip }))] as const), // its repeat arrives
  ...WITH_EFFECT.map(([name, fault]) => [name, REQUESTS.map(() => fault)] as const), // there is no repeat
])('each request is %s: the offer gets to the store all the same, submitted once', async (name, faults) => {
  const id = `f-${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')
  const offer = await formsOffer(world, id, offers.pass)
  for (const fault of faults) world.sandbox.worlds.faults.add(fault)
  await offer.want('live')
  await offer.comesTo('settled')
  expect(world.sandbox.worlds.faults.list()).toEqual([])
  expect(submitted(id)).toEqual(['preview succeeded', 'live succeeded'])
  expect(await offer.plan()).toMatchObject({ differences: [], edits: [], toWrite: 0 })
})

test('questions that fail on the way (429, 500, no answer) only take longer', async () => {
  const offer = await formsOffer(world, 'f-questions', offers.pass)
  for (const [skip, path] of ['status$', 'resource-tree', 'submission', 'product$'].entries())
    for (const kind of ['status', 'hang'] as const)
      world.sandbox.worlds.faults.add({ world: 'partnerCenter', method: 'GET', path, kind, skip })
  await offer.want('live')
  await offer.comesTo('settled')
  expect(submitted('f-questions')).toEqual(['preview succeeded', 'live succeeded'])
})

test('a product that others work on is waited for, told after a while, and gone on with', async () => {
  const offer = await formsOffer(world, 'f-locked', offers.pass)
  await offer.want('draft')
  await offer.comesTo('settled')
  center().setLocked('f-locked', true)
  await offer.change({ title: 'Another title' })
  await offer.comesTo('wait', 'lock')
  center().setLocked('f-locked', false)
  await offer.comesTo('settled')
  expect(await offer.plan()).toMatchObject({ differences: [], toWrite: 0 })
})

type Happening =
  | { readonly what: 'fault'; readonly fault: FaultInput }
  | { readonly what: 'edit'; readonly type: string; readonly value: number }
  | { readonly what: 'title'; readonly value: number }
  /** A text Microsoft refuses, while the rest of the request is written all the same. */
  | { readonly what: 'break' | 'lock' | 'unlock' }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom(...[...WITHOUT_EFFECT, ...WITH_EFFECT].map(([, fault]) => ({ what: 'fault', fault }) as const)),
  fc.record({
    what: fc.constant('edit' as const),
    type: fc.constantFrom('product', 'price-and-availability-plan', 'customer-leads'),
    value: fc.nat(9),
  }),
  fc.record({ what: fc.constant('title' as const), value: fc.nat(9) }),
  fc.record({ what: fc.constantFrom('break' as const, 'lock' as const, 'unlock' as const) }),
)

let runs = 0
test('whatever fails and whoever edits meanwhile: the next apply goes on, the plan is empty then, and what is not ours is as it was left', {
  timeout: minutes(4),
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 6 }), async (story) => {
      const id = `f-story-${++runs}`
      const offer = await formsOffer(world, id, offers.pass)
      center().setOptions({ partialWrites: true })
      await offer.want('draft')
      const left = new Map<string, number>()
      for (const one of story) {
        await happen(offer, one, left)
        await offers.pass(minutes(2))
      }
      world.sandbox.worlds.faults.clear()
      if (isThere(id)) center().setLocked(id, false)
      await offer.change({ title: 'The last title', summary: 'Forms people like to fill in.' })
      await offer.want('draft')
      await offer.comesTo('settled')
      expect(await offer.plan()).toMatchObject({ differences: [], toWrite: 0 })
      for (const [type, value] of left) expect(draftOf(id, type)).toMatchObject({ colleague: { value } })
      expect(draftOf(id, 'listing')).toMatchObject({ title: 'The last title' })
    }),
    { numRuns: 6 },
  )
})

const isThere = (id: string): boolean =>
  center()
    .products()
    .some(({ guid, draft }) => JSON.stringify(draft.get(`product/${guid}`)?.body['identity']) === JSON.stringify({ externalId: id }))

const draftOf = (id: string, type: string) => [...center().product(id).draft.values()].find((one) => one.type === type)?.body

async function happen(offer: FormsOffer, one: Happening, left: Map<string, number>): Promise<void> {
  const id = offer.key.offerId
  const exists = isThere(id)
  switch (one.what) {
    case 'fault':
      world.sandbox.worlds.faults.add(one.fault)
      return
    case 'title':
      return offer.change({ title: `Title ${one.value}` })
    case 'break':
      return offer.change({ summary: 'x'.repeat(101) })
    case 'lock':
    case 'unlock':
      if (exists) center().setLocked(id, one.what === 'lock')
      return
    case 'edit':
      if (!exists || !draftOf(id, one.type)) return
      center().editByHand(id, { type: one.type, change: { colleague: { value: one.value } } })
      left.set(one.type, one.value)
  }
}
