/**
 * Random histories of a subscription, from the purchase on: whatever happens on either side and in between, what always holds holds.
 * `HISTORIES` multiplies how many are told. The seed stays the same unless `HISTORY_SEED` gives another: `random`, or the one a failure
 * printed, which with its `HISTORY_PATH` tells that history again.
 */
import fc from 'fast-check'
import { test } from 'vitest'
import { history } from '../helpers/histories/happenings.ts'
import { createInProcessWorld } from '../helpers/histories/in-process.ts'
import { createNetworkWorld } from '../helpers/histories/over-network.ts'
import { tell } from '../helpers/histories/tell.ts'
import type { HistoryWorld } from '../helpers/histories/world.ts'

const FACTOR = Number(process.env['HISTORIES'] ?? 1)

async function tellMany(world: HistoryWorld, numRuns: number): Promise<void> {
  const { HISTORY_SEED: seed = '1', HISTORY_PATH: path } = process.env
  const again = { ...(seed === 'random' ? {} : { seed: Number(seed) }), ...(path === undefined ? {} : { path, endOnFailure: true }) }
  try {
    await fc.assert(
      fc.asyncProperty(history, (one) => tell(world, one)),
      { numRuns, ...again },
    )
  } finally {
    await world.stop()
  }
}

test('whatever happens to a subscription, what always holds holds: thousands of histories in memory', async () => {
  await tellMany(await createInProcessWorld(), Math.ceil(2_000 * FACTOR))
}, 7_200_000)

test('the same through HTTP and PostgreSQL', async () => {
  await tellMany(await createNetworkWorld(), Math.ceil(100 * FACTOR))
}, 7_200_000)
