/** The process is stopped at each point of an offer's way: it gets to the store all the same, submitted once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crash } from '../../src/kit/crash-point.ts'
import { type FormsFile, formsOffer, offersOnly, proposeForms } from '../helpers/forms.ts'
import { createWorld, type World } from '../helpers/world.ts'

let world: World
let file: FormsFile
let offers: Awaited<ReturnType<typeof offersOnly>>
let armed: { readonly point: string; pass: number } | undefined
beforeAll(async () => {
  world = await createWorld()
  file = await proposeForms(world)
  await file.apply()
  offers = await offersOnly(world, (name) => {
    if (armed?.point !== name || --armed.pass > 0) return
    armed = undefined
    throw new Crash(name)
  })
})
afterAll(async () => {
  await offers.stop()
  await world.stop()
  file.remove()
})

const POINTS = ['offer.observed', 'offer.request.intended', 'offer.request.called', 'offer.request.stored']

test.each(POINTS.flatMap((point) => [1, 2, 3, 4].map((pass) => [point, pass] as const)))(
  'stopped at %s, pass %i, an offer gets to the store, submitted once',
  async (point, pass) => {
    const id = `forms-${point.replaceAll('.', '-')}-${pass}`
    const offer = await formsOffer(world, id, offers.pass)
    armed = { point, pass }
    await offer.want('live')
    await offer.comesTo('settled')
    expect(armed).toBeUndefined()
    const { submissions, guid } = world.sandbox.worlds.partnerCenter.product(id)
    expect(submissions.map(({ target, result }) => `${target} ${result}`)).toEqual(['preview succeeded', 'live succeeded'])
    expect(world.sandbox.worlds.partnerCenter.jobs().filter(({ submission }) => submission?.guid === guid)).toHaveLength(2)
  },
)
