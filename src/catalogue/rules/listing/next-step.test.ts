import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextListing } from './next-step.ts'
import { type ListingView, offerStages } from './view.ts'

const asked: ListingView = {
  type: 'new',
  state: 'reviewing',
  isSold: true,
  policy: { drive: 'automatic', deployAt: 'checked', completeAt: 'live' },
  said: { accept: false, complete: false, refuse: false },
  problems: 0,
  changes: 0,
  stage: 'none',
  isOffered: false,
}
const next = (change: Partial<ListingView>) => nextListing({ ...asked, ...change })
const says = (word: keyof ListingView['said']) => ({ said: { ...asked.said, [word]: true } })
const policy = (change: Partial<ListingView['policy']>) => ({ policy: { ...asked.policy, ...change } })
const question = (why: string) => ({ kind: 'attention', why })
const step = (what: string) => ({ kind: 'step', step: what })

const anyView: fc.Arbitrary<ListingView> = fc.record({
  type: fc.constantFrom('new', 'update', 'remove', 'unknown'),
  state: fc.constantFrom('draft', 'reviewing', 'deploying', 'completed', 'canceled', 'unknown', 'gone'),
  isSold: fc.boolean(),
  policy: fc.record({
    drive: fc.constantFrom('automatic', 'confirm'),
    deployAt: fc.constantFrom('checked', 'preview'),
    completeAt: fc.constantFrom('preview', 'live'),
  }),
  said: fc.record({ accept: fc.boolean(), complete: fc.boolean(), refuse: fc.boolean() }),
  problems: fc.nat(1),
  changes: fc.nat(1),
  stage: fc.constantFrom(...offerStages),
  isOffered: fc.boolean(),
})
const always = (holds: (view: ListingView, step: string | undefined) => void): void =>
  fc.assert(
    fc.property(anyView, (view) => {
      const found = nextListing(view)
      holds(view, found.kind === 'step' ? found.step : undefined)
    }),
    { numRuns: 2000 },
  )

describe('whatever is found,', () => {
  test('only moves Connect allows are made: deploy from reviewing, complete from deploying, cancel from either', () => {
    const from = { deploy: ['reviewing'], complete: ['deploying'], cancel: ['reviewing', 'deploying'] }
    always(({ state }, made) => {
      for (const [what, states] of Object.entries(from)) if (made === what) expect(states).toContain(state)
    })
  })

  test('nothing with a problem in its way is deployed, whoever says so', () => {
    always(({ type, problems, isSold }, made) => {
      if (made === 'deploy' && type !== 'remove') expect([problems, isSold]).toEqual([0, true])
    })
  })

  test('a product is taken off the shelf, and a request refused, on a person’s word only', () => {
    always(({ type, said }, made) => {
      if (made !== undefined && type === 'remove') expect(said.accept || said.complete || said.refuse).toBe(true)
      if (made === 'cancel') expect(said.refuse).toBe(true)
    })
  })

  test('the shelf is told of an offer that has come as far as the policy asks, or that a person has seen there', () => {
    always(({ type, said, stage, policy: { completeAt } }, made) => {
      if (made === 'complete' && type !== 'remove' && !said.complete) expect(['live', completeAt]).toContain(stage)
    })
  })

  test('under `confirm` no step is made that nobody asked for', () => {
    always(({ policy: { drive }, said }, made) => {
      if (drive === 'confirm' && made !== undefined) expect(said.accept || said.complete || said.refuse).toBe(true)
    })
  })

  test('what is over, or out of our hands, is left alone', () => {
    always(({ state, type }, made) => {
      if (!['reviewing', 'deploying'].includes(state)) expect(made).toBeUndefined()
      if (type === 'unknown' && made !== undefined) expect(made).toBe('cancel')
    })
  })
})

test.each<[string, Partial<ListingView>, object]>([
  ['checked and ready', {}, step('deploy')],
  ['of a product nobody added', { isSold: false }, question('notAdded')],
  ['with problems, even accepted', { problems: 2, ...says('accept') }, question('problems')],
  ['to be deployed once buyers of the preview see it', policy({ deployAt: 'preview' }), { kind: 'wait', for: 'preview' }],
  ['whose preview nobody can see', { ...policy({ deployAt: 'preview' }), stage: 'untold' }, question('untold')],
  ['accepted before the preview', { ...policy({ deployAt: 'preview' }), ...says('accept') }, step('deploy')],
  ['to be confirmed', policy({ drive: 'confirm' }), question('confirmDeploy')],
  ['refused', says('refuse'), step('cancel')],
  ['deployed, the offer on its way', { state: 'deploying', stage: 'preview' }, { kind: 'wait', for: 'live' }],
  ['deployed and live', { state: 'deploying', stage: 'live' }, step('complete')],
  ['deployed, complete at the preview', { state: 'deploying', stage: 'preview', ...policy({ completeAt: 'preview' }) }, step('complete')],
  ['deployed, and nobody can tell how far', { state: 'deploying', stage: 'untold' }, question('untold')],
  ['deployed, and seen live by a person', { state: 'deploying', stage: 'untold', ...says('complete') }, step('complete')],
  ['live, to be confirmed', { state: 'deploying', stage: 'live', ...policy({ drive: 'confirm' }) }, question('confirmComplete')],
  ['an update with news', { type: 'update', changes: 3 }, question('changes')],
  ['an update whose news an operator leaves out', { type: 'update', changes: 3, ...says('accept') }, step('deploy')],
  ['an update that is applied', { type: 'update' }, step('deploy')],
  ['a removal', { type: 'remove' }, question('confirmRemoval')],
  ['a removal that is accepted', { type: 'remove', ...says('accept') }, step('deploy')],
  [
    'a removal while buyers still see it',
    { type: 'remove', state: 'deploying', isOffered: true, stage: 'live', ...says('accept') },
    question('stillOffered'),
  ],
  ['a removal nobody can buy any more', { type: 'remove', state: 'deploying', ...says('accept') }, step('complete')],
  ['given back to the vendor', { state: 'gone' }, { kind: 'over' }],
  ['in a state to come', { state: 'unknown' }, { kind: 'wait', for: 'vendor' }],
])('a request %s', (_, change, expected) => {
  expect(next(change)).toEqual(expected)
})
