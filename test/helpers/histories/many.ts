/**
 * Many random histories in one world. `HISTORIES` multiplies how many are told. The seed stays the same unless `HISTORY_SEED` gives another:
 * `random`, or the one a failure printed, which with its `HISTORY_PATH` tells that history again.
 */
import fc from 'fast-check'
import { history } from './happenings.ts'
import { tell } from './tell.ts'
import type { HistoryWorld } from './world.ts'

/** @throws what broke, with the shortest history that breaks it and how to tell that one again. The world is stopped. */
export async function tellMany(world: HistoryWorld, count: number): Promise<void> {
  const { HISTORIES: factor = '1', HISTORY_SEED: seed = '1', HISTORY_PATH: path } = process.env
  const again = { ...(seed === 'random' ? {} : { seed: Number(seed) }), ...(path === undefined ? {} : { path, endOnFailure: true }) }
  try {
    await fc.assert(
      fc.asyncProperty(history, (one) => tell(world, one)),
      { numRuns: Math.ceil(count * Number(factor)), ...again },
    )
  } finally {
    await world.stop()
  }
}
