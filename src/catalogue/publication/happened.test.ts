import { expect, test } from 'vitest'
import { instant } from '../../kit/time.ts'
import { type PipelineEntry, pipelineSteps } from '../rules/publishing/pipeline.ts'
import { happened } from './happened.ts'
import type { Standing } from './record.ts'

const at = instant('2030-01-01T00:00:00Z')
const standing = (states: readonly PipelineEntry['state'][], more: Partial<Standing> = {}): Standing => ({
  steps: pipelineSteps.map((step, place) => ({ step, state: states[place] ?? 'open', since: at })),
  next: { kind: 'step', since: at },
  ...{ sentences: [], toWrite: 0, seenAt: at },
  ...more,
})
const step = (name: string, state: string) => ({ what: 'step', step: name, state })
const drafted = standing(['running'])

test('each stage is told once, and a look that finds everything as it was tells nothing', () => {
  const review = standing(['done', 'running'])
  expect(happened(drafted, review)).toEqual([step('submission', 'done'), step('review', 'running')])
  expect(happened(review, review)).toEqual([])
  expect(happened(review, standing(['done', 'done', 'running']))).toEqual([step('review', 'done'), step('staging', 'running')])
})

test('stages that passed between two looks are told all the same', () => {
  expect(happened(drafted, standing(['done', 'done', 'done', 'done', 'done']))).toEqual([
    step('submission', 'done'),
    ...['review', 'staging', 'publishing'].flatMap((name) => [step(name, 'running'), step(name, 'done')]),
    step('goToMarket', 'done'),
  ])
})

test('of an offer seen for the first time only how far it is', () => {
  expect(happened(undefined, standing(['done', 'done', 'done', 'done', 'done']))).toEqual([{ what: 'drafted' }, step('goToMarket', 'done')])
})

test('what blocks it, and a wait that nobody can shorten, are told when they begin or say something else', () => {
  const refused = standing(['blocked'], {
    next: { kind: 'attention', why: 'refused', since: at },
    sentences: ['Title: too long.'],
    toWrite: 1,
  })
  expect(happened(drafted, refused)).toEqual([{ what: 'blocked', sentences: ['Title: too long.'] }])
  expect(happened(refused, { ...refused, sentences: ['Summary: too long.'] })).toHaveLength(1)
  const locked = standing(['running'], { next: { kind: 'wait', why: 'lock', since: at }, sentences: ['Busy.'], toWrite: 1 })
  expect(happened(refused, locked)).toEqual([{ what: 'waits', sentences: ['Busy.'] }])
  expect(happened(locked, standing(['running'], { next: { kind: 'wait', why: 'job', since: at }, toWrite: 1 }))).toEqual([])
})
