import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, instant, minutes, plus, seconds } from '../../../kit/time.ts'
import { nextPublishing } from './next-step.ts'
import { pipelineOf } from './pipeline.ts'
import type { PublishingView } from './view.ts'

const now = instant('2030-01-01T00:00:00Z')
const pace = { job: minutes(1), submission: minutes(5) }
const fresh: PublishingView = {
  goal: 'live',
  liveConfirmed: false,
  editsAccepted: false,
  toWrite: 3,
  audiences: 0,
  gaps: 0,
  foreignEdits: 0,
  request: undefined,
  preview: undefined,
  live: undefined,
  sale: undefined,
  previewIsDraft: false,
  liveIsDraft: false,
}
const next = (change: Partial<PublishingView>, at: Instant = now) => nextPublishing({ ...fresh, ...change }, at, pace)
const ready = { toWrite: 0, preview: { durableId: 'submission/p/1', state: 'succeeded', outdated: false }, previewIsDraft: true } as const

const submission = fc.option(
  fc.record({
    durableId: fc.constant('submission/p/1'),
    state: fc.constantFrom('running', 'succeeded', 'failed', 'unknown'),
    outdated: fc.boolean(),
  }),
  { nil: undefined },
)
const anyView: fc.Arbitrary<PublishingView> = fc.record({
  goal: fc.constantFrom('draft', 'preview', 'live', 'ended'),
  liveConfirmed: fc.boolean(),
  editsAccepted: fc.boolean(),
  toWrite: fc.nat(1),
  audiences: fc.nat(1),
  gaps: fc.nat(1),
  foreignEdits: fc.nat(1),
  request: fc.option(
    fc.record({
      kind: fc.constantFrom('write', 'submitPreview', 'goLive', 'endSale'),
      state: fc.constantFrom('unanswered', 'running', 'succeeded', 'failed', 'cancelled', 'unknown'),
      sentAt: fc.integer({ min: 0, max: 600 }).map((ago) => plus(now, -seconds(ago))),
      advice: fc.constantFrom('correct', 'wait', 'look', 'portal', undefined),
      outdated: fc.boolean(),
    }),
    { nil: undefined },
  ),
  preview: submission,
  live: submission,
  sale: fc.option(fc.record({ durableId: fc.constantFrom('submission/p/1', 'submission/p/2'), ended: fc.boolean() }), { nil: undefined }),
  previewIsDraft: fc.boolean(),
  liveIsDraft: fc.boolean(),
})

describe('whatever is found,', () => {
  test('nothing is sent while a job or a publication runs', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const busy = view.request?.state === 'running' || view.preview?.state === 'running' || view.live?.state === 'running'
        if (busy) expect(nextPublishing(view, now, pace).kind).toBe('wait')
      }),
    )
  })

  test('buyers see only what an operator confirmed, and only the preview that holds the draft', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const found = nextPublishing(view, now, pace)
        if (found.kind === 'step' && found.step.step === 'goLive')
          expect(view).toMatchObject({ goal: 'live', liveConfirmed: true, toWrite: 0, previewIsDraft: true })
        if (found.kind === 'step' && found.step.step === 'updateAudiences')
          expect(view).toMatchObject({ goal: 'live', liveConfirmed: true })
        if (found.kind === 'step' && found.step.step !== 'write') expect(view.goal).not.toBe('draft')
      }),
    )
  })

  test('only an offer that is wanted out of the store is taken out of it, and nothing of it is written or published', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const found = nextPublishing(view, now, pace)
        if (found.kind === 'step') expect(found.step.step === 'endSale').toBe(view.goal === 'ended')
      }),
    )
  })

  test('edits of colleagues are published only where somebody agreed', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const found = nextPublishing(view, now, pace)
        if (found.kind === 'step' && found.step.step === 'submitPreview') expect(view.foreignEdits === 0 || view.editsAccepted).toBe(true)
      }),
    )
  })

  test('a wait ends later than now, and the five steps are told in order', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const found = nextPublishing(view, now, pace)
        if (found.kind === 'wait') expect(found.until.getTime()).toBeGreaterThan(now.getTime())
        const states = pipelineOf(view, found).map(({ state }) => state)
        expect(states.filter((state) => state === 'running' || state === 'blocked').length).toBeLessThanOrEqual(1)
        expect(states.lastIndexOf('done')).toBe(states.filter((state) => state === 'done').length - 1)
      }),
    )
  })
})

test('an offer is written, previewed, confirmed and published, one step after the other', () => {
  expect(next({})).toEqual({ kind: 'step', step: { step: 'write' } })
  expect(next({ toWrite: 0 })).toEqual({ kind: 'step', step: { step: 'submitPreview' } })
  expect(next({ toWrite: 0, preview: { ...ready.preview, state: 'running' } })).toMatchObject({ kind: 'wait', for: 'preview' })
  expect(next(ready)).toEqual({ kind: 'confirm', submission: 'submission/p/1' })
  expect(next({ ...ready, goal: 'preview' })).toEqual({ kind: 'settled' })
  expect(next({ ...ready, liveConfirmed: true })).toEqual({ kind: 'step', step: { step: 'goLive', submission: 'submission/p/1' } })
  expect(next({ ...ready, liveIsDraft: true })).toEqual({ kind: 'settled' })
})

test('after a request without an answer nothing is sent until its effect would be visible', () => {
  const request = { kind: 'write', state: 'unanswered', sentAt: now, advice: undefined, outdated: false } as const
  expect(next({ request }, plus(now, seconds(30)))).toMatchObject({ kind: 'wait', for: 'answer' })
  expect(next({ request }, plus(now, minutes(3)))).toMatchObject({ kind: 'step' })
})

test('what was refused is not sent again as it was; corrected, it is', () => {
  const request = { kind: 'write', state: 'failed', sentAt: now, advice: 'correct', outdated: false } as const
  expect(next({ request })).toEqual({ kind: 'attention', why: 'refused' })
  expect(next({ request: { ...request, outdated: true } })).toMatchObject({ kind: 'step' })
  expect(next({ request: { ...request, advice: 'wait' } })).toMatchObject({ kind: 'wait', for: 'lock' })
  expect(next({ request: { ...request, advice: 'look' } })).toMatchObject({ kind: 'step' })
})

test('a failed certification waits for a person, and goes on once the draft has changed', () => {
  const preview = { durableId: 'submission/p/1', state: 'failed', outdated: false } as const
  expect(next({ toWrite: 0, preview })).toEqual({ kind: 'attention', why: 'certification' })
  expect(next({ toWrite: 0, preview: { ...preview, outdated: true } })).toEqual({ kind: 'step', step: { step: 'submitPreview' } })
})

test('an offer is taken out of the store by its live publication, once, and comes back by a new preview', () => {
  const sale = { durableId: 'submission/p/1', ended: false }
  const out = { goal: 'ended', toWrite: 3, liveIsDraft: true } as const
  expect(next({ ...out, sale })).toEqual({ kind: 'step', step: { step: 'endSale', submission: 'submission/p/1' } })
  const told = { kind: 'endSale', state: 'succeeded', sentAt: now, advice: undefined, outdated: false } as const
  expect(next({ ...out, sale, request: told })).toMatchObject({ kind: 'wait', for: 'end' })
  expect(next({ ...out, sale, request: told }, plus(now, minutes(61)))).toEqual({ kind: 'attention', why: 'unclear' })
  expect(next({ ...out, sale: { ...sale, ended: true } })).toEqual({ kind: 'settled' })
  expect(next({ ...out, sale: undefined })).toEqual({ kind: 'settled' })
  const back = { ...ready, liveIsDraft: true, sale: { ...sale, ended: true } }
  expect(next(back)).toEqual({ kind: 'step', step: { step: 'submitPreview' } })
  expect(next({ ...back, preview: { ...ready.preview, durableId: 'submission/p/2' } })).toMatchObject({ kind: 'confirm' })
})
