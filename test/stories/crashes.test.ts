/** The process dies at each point of each step and is started again: the story ends as it would have. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutes } from '../../src/kit/time.ts'
import type { StepKind } from '../../src/subscriptions/rules/steps.ts'
import { STORIES } from './engine/about.ts'
import { readStory } from './engine/read.ts'
import { comeToRest, createStage, newScene, passTime, type Stage } from './engine/stage.ts'
import { outcomeOf } from './engine/state.ts'

/** A story in which the step is taken. A new kind of step needs one; billing on renewal is a matter of policy: `test/scenarios/renewal.test.ts`. */
const STORY_OF: Readonly<Record<Exclude<StepKind, 'billRenewal'>, string>> = {
  purchase: '31-preview-purchase',
  activate: '31-preview-purchase',
  change: '12-another-plan',
  suspend: '17-payment-fails-and-is-made',
  resume: '17-payment-fails-and-is-made',
  cancel: '29-operations-unreadable',
  revoke: '22-cancelled-while-put-off',
  cancelAtMicrosoft: '05-vendor-declines-and-we-cancel',
}

const POINTS: readonly (readonly [string, string])[] = [
  ...Object.entries(STORY_OF).flatMap(([step, story]) =>
    ['intended', 'called', 'stored'].map((at) => [story, `subscription.${step}.${at}`] as const),
  ),
  ['31-preview-purchase', 'subscription.looked'],
  ...['intended', 'answered', 'stored'].flatMap((at) =>
    ['12-another-plan', '13-seats-refused-by-policy'].map((story) => [story, `operation.${at}`] as const),
  ),
  ...['looked', 'intended', 'called', 'stored', 'ended'].map((at) => ['78-buyer-asks-for-seats', `action.${at}`] as const),
  ['88-answer-to-a-change-lost', 'action.followed'],
  ['12-another-plan', 'connectWatch.stored'],
]

let stage: Stage
const whole = new Map<string, object>()
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.stop())

describe('a story whose process dies once', () => {
  test.each(POINTS)('%s, at %s, ends the same', async (story, point) => {
    const expected = whole.get(story) ?? (await ending(story, undefined))
    whole.set(story, expected)
    expect(await ending(story, point)).toEqual(expected)
  })
})

/** How the story ends half an hour later: without the timeline, which tells of the interruption. */
async function ending(story: string, dieAt: string | undefined): Promise<object> {
  const scene = await newScene(stage)
  stage.dieAt = dieAt
  for (const chapter of readStory(`${STORIES}/${story}`, story).chapters) {
    const toDie = stage.dieAt
    for (const { act } of chapter.happenings) await act(scene)
    await comeToRest(scene)
    if (toDie !== stage.dieAt) await passTime(scene, minutes(2)) // what was interrupted is looked at again before the story goes on
  }
  expect(stage.dieAt, 'the point was passed').toBeUndefined()
  await passTime(scene, minutes(30))
  scene.answered = undefined // a second click may be told that the first is still under way
  return outcomeOf(scene)
}
