import fc from 'fast-check'
import { expect, test } from 'vitest'
import { desiredOf } from './desired.ts'
import { type CurrentTenant, planTenant, type Step } from './plan.ts'
import { type SetupFile, setupFile } from './schema.ts'

/** What writing the steps leaves behind, without a database. */
const carriedOut = (current: CurrentTenant | undefined, steps: readonly Step[]): CurrentTenant | undefined => steps.reduce(written, current)

function written(before: CurrentTenant | undefined, step: Step): CurrentTenant | undefined {
  if (step.write === 'tenant')
    return { credentials: [], products: [], offers: [], plans: [], offerContents: [], planContents: [], ...before, tenant: step.value }
  if (!before) throw new Error('the tenant is written first')
  switch (step.write) {
    case 'credential': {
      const { facts, slot } = step.value
      return { ...before, credentials: [...without(before.credentials, facts.kind, slot), { ...step.value, stale: false }] }
    }
    case 'noCredential':
      return { ...before, credentials: without(before.credentials, step.kind, step.slot) }
    case 'product':
      return { ...before, products: [...before.products.filter(({ id }) => id !== step.value.id), step.value] }
    case 'offer':
      return { ...before, offers: [...before.offers.filter(({ id }) => id !== step.value.id), step.value] }
    case 'plan': {
      const { offerId, planId } = step.value
      return { ...before, plans: [...before.plans.filter((plan) => plan.offerId !== offerId || plan.planId !== planId), step.value] }
    }
    case 'offerContent':
    case 'planContent':
    case 'noContent':
      return before
  }
}

const without = (credentials: CurrentTenant['credentials'], kind: string, slot: string): CurrentTenant['credentials'] =>
  credentials.filter((other) => other.slot !== slot || other.facts.kind !== kind)

/** Few names on purpose: that the same thing comes, goes and moves is the interesting case. */
const secret = fc.constantFrom('one', 'two')
const slots = (make: (text: string) => unknown) =>
  fc.record({ primary: secret.map(make), secondary: secret.map(make) }, { requiredKeys: ['primary'] })
const plan = fc.record({
  id: fc.constantFrom('p', 'q'),
  items: fc.uniqueArray(fc.constantFrom('i', 'j', 'k'), { minLength: 1 }).map((ids) => ids.map((id) => ({ id, kind: 'reservation' }))),
})
const offer = fc.record({ id: fc.constantFrom('o1', 'o2', 'o3'), plans: fc.uniqueArray(plan, { selector: ({ id }) => id }) })
const product = fc.record({
  id: fc.constantFrom('A', 'B'),
  name: fc.constantFrom('Notes', 'Jotter'),
  status: fc.constantFrom('active', 'archived'),
  marketplace: fc.constant('MP-1'),
  connections: fc.constantFrom({ test: { hub: 'HB-1', connection: 'CT-1' } }, { production: { hub: 'HB-2', connection: 'CT-2' } }),
  tier1: fc.record({ id: fc.constant('TA-1'), parameters: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2')) }),
  offers: fc.constant([]),
})
const guid = '6f1d7a52-2c0e-4b67-9a1e-51c8f0a3d201'
const file: fc.Arbitrary<SetupFile> = fc
  .record({
    name: fc.constantFrom('Acme', 'Acme Ltd'),
    connect: fc.option(
      slots((text) => ({ apiKey: `ApiKey SU-1:${text}` })),
      { nil: undefined },
    ),
    signIn: fc.option(
      slots((text) => ({ secret: text })),
      { nil: undefined },
    ),
    products: fc.uniqueArray(product, { selector: ({ id }) => id }),
    offers: fc.uniqueArray(fc.tuple(offer, fc.nat({ max: 1 })), { selector: ([{ id }]) => id }),
  })
  .map(({ name, connect, signIn, products, offers }) => {
    const owned = products.map((product, index) => ({
      ...product,
      offers: offers.filter(([, owner]) => owner % products.length === index).map(([offer]) => offer),
    }))
    const credentials = { ...(connect && { connect }), ...(signIn && { signIn: { clientId: guid, ...signIn } }) }
    return setupFile.parse({ tenants: [{ id: 'acme', name, credentials, products: owned }] })
  })

const planFor = (setup: SetupFile, current: CurrentTenant | undefined) => {
  const [desired] = desiredOf(setup)
  if (!desired) throw new Error('the file has no tenant')
  return planTenant(desired, current)
}

/** The state after a history of files, those with a conflict left out as `applySetup` does. */
const after = (history: readonly SetupFile[]): CurrentTenant | undefined =>
  history.reduce<CurrentTenant | undefined>((current, setup) => {
    const { steps, faults } = planFor(setup, current)
    return faults.length > 0 ? current : carriedOut(current, steps)
  }, undefined)

test('after any history, applying a file once more finds nothing to change', () => {
  fc.assert(
    fc.property(fc.array(file, { maxLength: 4 }), file, (history, last) => {
      const before = after(history)
      const first = planFor(last, before)
      fc.pre(first.faults.length === 0)
      expect(planFor(last, carriedOut(before, first.steps))).toEqual({ steps: [], faults: [] })
    }),
  )
})

test('what the file does not list is never written: other products, their offers and plans, other kinds of credential', () => {
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), file, (history, last) => {
      const before = after(history)
      const { steps, faults } = planFor(last, before)
      fc.pre(faults.length === 0 && before !== undefined)
      const products = new Set(last.tenants[0]?.products.map(({ id }) => id))
      const result = carriedOut(before, steps)
      const offerOwner = new Map(before?.offers.map(({ id, productId }) => [id, productId]))
      for (const product of before?.products.filter(({ id }) => !products.has(id)) ?? []) expect(result?.products).toContain(product)
      const listedOffers = new Set(last.tenants[0]?.products.flatMap(({ offers }) => offers.map(({ id }) => id)))
      for (const offer of before?.offers ?? []) {
        if (!products.has(offer.productId) && !listedOffers.has(offer.id)) expect(result?.offers).toContain(offer)
      }
      for (const plan of before?.plans ?? []) {
        const owner = offerOwner.get(plan.offerId)
        if (owner !== undefined && !products.has(owner) && !listedOffers.has(plan.offerId)) expect(result?.plans).toContain(plan)
      }
      for (const kind of ['connect', 'signIn'] as const) {
        if (last.tenants[0]?.credentials[kind]) continue
        expect(result?.credentials.filter(({ facts }) => facts.kind === kind)).toEqual(
          before?.credentials.filter(({ facts }) => facts.kind === kind),
        )
      }
    }),
  )
})

test('no offer, plan or product is ever lost: once known it stays, active or archived', () => {
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 5 }), (history) => {
      const known = new Set<string>()
      let current: CurrentTenant | undefined
      for (const setup of history) {
        const { steps, faults } = planFor(setup, current)
        if (faults.length === 0) current = carriedOut(current, steps)
        const now = new Set([
          ...(current?.products ?? []).map(({ id }) => id),
          ...(current?.offers ?? []).map(({ id }) => id),
          ...(current?.plans ?? []).map(({ offerId, planId }) => `${offerId}/${planId}`),
        ])
        for (const id of known) expect(now).toContain(id)
        for (const id of now) known.add(id)
      }
    }),
  )
})

test('no change that may be shown holds a secret', () => {
  fc.assert(
    fc.property(fc.array(file, { maxLength: 3 }), file, (history, last) => {
      const changes = planFor(last, after(history)).steps.map(({ change }) => change)
      expect(JSON.stringify(changes.filter(({ what }) => what === 'credential'))).not.toMatch(/one|two/)
    }),
  )
})
