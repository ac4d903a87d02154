/** The random histories of `histories.test.ts` with the whole bridge, over HTTP and PostgreSQL: a file of its own, so that another core can take it. */
import { test } from 'vitest'
import { tellMany } from '../helpers/histories/many.ts'
import { createNetworkWorld } from '../helpers/histories/over-network.ts'

test('whatever happens to a subscription, what always holds holds through HTTP and PostgreSQL', async () => {
  await tellMany(await createNetworkWorld(), 100)
}, 7_200_000)
