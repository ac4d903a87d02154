import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextListing } from './next-step.ts'
import { type ListingView, offerStages } from './view.ts'

const asked: ListingView = {
  type: 'new',
  state: 'reviewing',
  isSold: true,
  policy: { drive: 'automatic', deployAt: 'checked', completeAt: 'live', publish: 'live', goLive: 'confirm' },
  said: { accept: false, complete: false, refuse: false },
  problems: 0,
  changes: 0,
  stage: 'none',
  isOffered: false,
  driven: false,
  toSend: 0,
  held: undefined,
}
const next = (change: Partial<ListingView>) => nextListing({ ...asked, ...change })
const says = (word: keyof ListingView['said']) => ({ said: { ...asked.said, [word]: true } })
const policy = (change: Partial<ListingView['policy']>) => ({ policy: { ...asked.policy, ...change } })
const question = (why: string) => ({ kind: 'attention', why })
const step = (what: string) => ({ kind: 'step', step: what })

const ours = { driven: true } as const
const removed = { ...ours, type: 'remove', state: 'deploying', isOffered: true, stage: 'live' } as const

const anyView: fc.Arbitrary<ListingView> = fc.record({
  type: fc.constantFrom('new', 'update', 'remove', 'unknown'),
  state: fc.constantFrom('draft', 'reviewing', 'deploying', 'completed', 'canceled', 'unknown', 'gone'),
  isSold: fc.boolean(),
  policy: fc.record({
    drive: fc.constantFrom('automatic', 'confirm'),
    deployAt: fc.constantFrom('checked', 'preview'),
    completeAt: fc.constantFrom('preview', 'live'),
    publish: fc.constantFrom('never', 'draft', 'preview', 'live'),
    goLive: fc.constantFrom('confirm', 'automatic'),
  }),
  said: fc.record({ accept: fc.boolean(), complete: fc.boolean(), refuse: fc.boolean() }),
  problems: fc.nat(1),
  changes: fc.nat(1),
  stage: fc.constantFrom(...offerStages),
  isOffered: fc.boolean(),
  driven: fc.boolean(),
  toSend: fc.nat(1),
  held: fc.constantFrom('yes', 'blocked', 'end', undefined),
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

  test('offers are sent on their way where nothing is in the way, or out of the store on a person’s word', () => {
    always(({ type, problems, isSold, state, said, driven, toSend }, made) => {
      if (made !== 'publish') return
      expect([driven || state === 'deploying', toSend > 0]).toEqual([true, true])
      if (type === 'remove') expect(said.accept).toBe(true)
      else expect(isSold && (problems === 0 || state === 'deploying')).toBe(true)
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
  ['whose offers are ours, and accepted', { ...ours, toSend: 1, ...policy({ drive: 'confirm' }), ...says('accept') }, step('publish')],
  ['whose offers are ours, and nobody said yes', { ...ours, toSend: 1, ...policy({ drive: 'confirm' }) }, question('confirmDeploy')],
  [
    'accepted, its preview on the way',
    { ...ours, ...policy({ deployAt: 'preview' }), ...says('accept') },
    { kind: 'wait', for: 'preview' },
  ],
  ['deployed, to be seen by buyers on a yes', { ...ours, state: 'deploying', stage: 'preview', held: 'yes' }, { kind: 'wait', for: 'yes' }],
  ['deployed, its offer refused', { ...ours, state: 'deploying', held: 'blocked' }, { kind: 'wait', for: 'offer' }],
  ['deployed, as far as its policy takes it', { ...ours, state: 'deploying', stage: 'preview', held: 'end' }, question('toPublish')],
  [
    'deployed in Connect by somebody, its offers not sent yet',
    { ...ours, state: 'deploying', toSend: 1, ...policy({ drive: 'confirm' }) },
    question('confirmDeploy'),
  ],
  ['a removal that takes the offer along', { ...removed, toSend: 1, ...says('accept') }, step('publish')],
  ['a removal nobody accepted, deployed by somebody', { ...removed, toSend: 1 }, question('confirmRemoval')],
  ['a removal on its way', { ...removed, ...says('accept') }, { kind: 'wait', for: 'end' }],
  ['a removal Microsoft refuses', { ...removed, held: 'blocked', ...says('accept') }, { kind: 'wait', for: 'offer' }],
  ['given back to the vendor', { state: 'gone' }, { kind: 'over' }],
  ['in a state to come', { state: 'unknown' }, { kind: 'wait', for: 'vendor' }],
])('a request %s', (_, change, expected) => {
  expect(next(change)).toEqual(expected)
})
