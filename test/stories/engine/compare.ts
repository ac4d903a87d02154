/** Expected states: compared, written beside on a difference, or taken over (`STORIES=update`). */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parse, stringify } from 'yaml'

const inYaml = (state: unknown): string => stringify(state, { lineWidth: 0 })

/** How a file that must be right is told to be wrong: `STORIES=update` makes the computed state the expected one. */
export function expectState(folder: string, chapter: string, state: object, update: boolean): void {
  const file = join(folder, `${chapter}.state.yaml`)
  const computedFile = join(folder, `${chapter}.state.computed.yaml`)
  const computed = inYaml(state)
  const expected = readIfThere(file)
  const asExpected = expected !== undefined && inYaml(parse(expected)) === computed
  rmSync(computedFile, { force: true })
  if (asExpected) return
  writeFileSync(update ? file : computedFile, computed)
  if (update) return
  expect(computed, `${file} expects something else; what came is beside it. If that is right: STORIES=update`).toBe(
    expected === undefined ? '' : inYaml(parse(expected)),
  )
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
