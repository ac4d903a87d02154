/** Plays every story through both sandbox worlds and a real database, and compares what is there after each happening. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectState } from './engine/compare.ts'
import { readStories, type Story } from './engine/read.ts'
import { comeToRest, createStage, newScene, type Stage } from './engine/stage.ts'
import { stateOf } from './engine/state.ts'

const update = process.env['STORIES'] === 'update'
const stories = readStories()

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.stop())

test.each(stories.map((story) => [story.name, story] as const))('%s', async (_name, story) => play(story))

async function play({ folder, chapters }: Story): Promise<void> {
  const scene = await newScene(stage)
  let told = 0
  for (const chapter of chapters) {
    for (const { act } of chapter.happenings) await act(scene)
    await comeToRest(scene)
    const seen = await stateOf(scene, told)
    told = seen.told
    expectState(folder, chapter.name, seen.state, update)
  }
}

test('there is a story for whatever a support person tells: at least 25', () => {
  expect(stories.length).toBeGreaterThanOrEqual(25)
})
