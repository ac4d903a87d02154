/** The process is stopped at each point of an offer's way: it gets to the store all the same, submitted once. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPublication, wantOffer } from '../../src/catalogue/index.ts'
import { Crash } from '../../src/kit/crash-point.ts'
import { FORMS_OFFER, type FormsFile, formsKey, proposeForms } from '../helpers/forms.ts'
import { createWorld, type World } from '../helpers/world.ts'

let world: World
let file: FormsFile
let armed: { readonly point: string; pass: number } | undefined
beforeEach(async () => {
  world = await createWorld({
    crashPoint: (name) => {
      if (armed?.point !== name || --armed.pass > 0) return
      armed = undefined
      throw new Crash(name)
    },
  })
  file = await proposeForms(world)
})
afterEach(async () => {
  await world.stop()
  file.remove()
})

const toTheStore = async () => {
  await wantOffer(world.database.db, formsKey, 'live', { name: 'mara', at: world.clock.now(), confirmsLive: true })
  await world.until('live', async () => {
    const found = await readPublication(world.database.db, formsKey)
    return found?.standing?.next.kind === 'settled'
  })
}
const submitted = () =>
  world.sandbox.worlds.partnerCenter.product(FORMS_OFFER).submissions.map(({ target, result }) => `${target} ${result}`)
const POINTS = ['offer.observed', 'offer.request.intended', 'offer.request.called', 'offer.request.stored']

test.each(POINTS.flatMap((point) => [1, 2, 3, 4].map((pass) => [point, pass] as const)))(
  'stopped at %s, pass %i, an offer gets to the store, submitted once',
  async (point, pass) => {
    await file.apply()
    armed = { point, pass }
    await toTheStore()
    expect(armed).toBeUndefined()
    expect(submitted()).toEqual(['preview succeeded', 'live succeeded'])
    expect(world.sandbox.worlds.partnerCenter.jobs().filter(({ submission }) => submission)).toHaveLength(2)
  },
)
