/** The order of a run: what takes longest begins first, so that no worker is left alone with it at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By what they take, most first; the others follow in vitest's own order, the largest file first. */
const DEAREST = [
  'test/stories/run.test.ts',
  'test/scenarios/processes.test.ts',
  'test/scenarios/histories.test.ts',
  'test/stories/crashes.test.ts',
  'src/database/work/processes.test.ts',
  'test/usage/two-days.test.ts',
  'test/scenarios/histories-over-network.test.ts',
  'test/usage/decisions.test.ts',
  'test/scenarios/reconcile.test.ts',
] as const

export default class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const dearest = DEAREST.flatMap((path) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${path}`)))
    return [...dearest, ...sorted.filter((file) => !dearest.includes(file))]
  }
}
