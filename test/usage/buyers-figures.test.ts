/** What a buyer is shown of the ledger, from the subscription and Microsoft’s plan. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usedInTerm } from '../../src/buyer/rules/usage.ts'
import { quantityOf } from '../../src/kit/quantity.ts'
import { hours, minutes } from '../../src/kit/time.ts'
import { usageOf } from '../../src/usage/index.ts'
import type { World } from '../helpers/world.ts'
import { ago, createNotifiedWorld, event, metered, report } from './metered-world.ts'

let world: World
beforeAll(async () => {
  world = await createNotifiedWorld()
})
afterAll(() => world.stop())

test('used, included, left, and when something was told last, under the names Microsoft shows', async () => {
  const bought = await metered(world, 'scale')
  const figures = async () => usedInTerm(await usageOf(world.database.db, bought.key))?.dimensions
  await world.pass(hours(3))
  await report(world, event(bought, '120.5', ago(world, minutes(70))), event(bought, '7', ago(world, minutes(70)), 'mails'))
  await world.pass(hours(2))
  const second = world.clock.now()
  await report(world, event(bought, '400', ago(world, minutes(5))))
  expect(await figures()).toMatchObject([
    { id: 'events', used: quantityOf('520.5'), included: quantityOf('500'), left: 0n, beyond: quantityOf('20.5') },
    { id: 'mails', used: quantityOf('7'), included: 'unlimited' },
    { id: 'storage', used: 0n, included: quantityOf('100'), left: quantityOf('100'), lastToldAt: undefined },
  ])
  const shown = (await figures()) ?? []
  expect(shown.map(({ name, unit }) => [name, unit])).toEqual([
    ['Events (thousand)', 'k-events'],
    ['Mails sent', 'mails'],
    ['Storage', 'GB'],
  ])
  const [events, mails] = shown.map(({ lastToldAt }) => lastToldAt?.getTime() ?? 0)
  expect(events).toBeGreaterThanOrEqual(second.getTime())
  expect(mails).toBeLessThan(second.getTime())
})
