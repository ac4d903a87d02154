/** Random histories of a subscription, from the purchase on: whatever happens on either side and in between, what always holds holds. */
import { test } from 'vitest'
import { createInProcessWorld } from '../helpers/histories/in-process.ts'
import { tellMany } from '../helpers/histories/many.ts'

test('whatever happens to a subscription, what always holds holds: thousands of histories in memory', async () => {
  await tellMany(await createInProcessWorld(), 2_000)
}, 7_200_000)
