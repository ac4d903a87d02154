/** Histories that were once found, or feared, to break what always holds: told again each time, in memory. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutes, seconds } from '../../src/kit/time.ts'
import { type Happening, plainWays } from '../helpers/histories/happenings.ts'
import { createInProcessWorld } from '../helpers/histories/in-process.ts'
import { changeOf } from '../helpers/histories/invariants.ts'
import { tell } from '../helpers/histories/tell.ts'
import type { HistoryWorld } from '../helpers/histories/world.ts'

let world: HistoryWorld
beforeAll(async () => {
  world = await createInProcessWorld()
})
afterAll(() => world.stop())

const fiveSeats = { offerId: 'larkspur-notes', planId: 'team', quantity: 5, preview: false }
const sold: readonly Happening[] = [
  { what: 'buyer lands' },
  { what: 'buyer confirms' },
  { what: 'vendor approves' },
  { what: 'time passes', by: seconds(12) },
]
const passes = (by: number): Happening => ({ what: 'time passes', by })

/** The next order gets no answer, and reaches the vendor so much later. */
const ordersLate = (delay: number): Happening => ({
  what: 'fault',
  fault: { world: 'connect', method: 'POST', path: '/requests$', kind: 'lateEffect', delay },
})

const ordered = (kind: string): readonly string[] =>
  world.journal.entries.flatMap(({ request }) => (changeOf(request)?.kind === kind ? [request.body ?? ''] : []))

test.each([seconds(3), seconds(12), seconds(25)])(
  'seats changed there and back while an order without an answer is still on its way (%i ms): never two at once, and none twice',
  async (delay) => {
    const seats = (quantity: number): Happening => ({ what: 'seats change', quantity })
    const thereAndBack = [seats(7), passes(seconds(1)), seats(30), passes(seconds(1)), seats(7)]
    await tell(world, {
      purchase: fiveSeats,
      ways: plainWays,
      happenings: [...sold, ordersLate(delay), ...thereAndBack, passes(minutes(11))],
    })
    expect(ordered('change')).toHaveLength(1)
  },
)

test.each([seconds(3), seconds(25)])(
  'suspended, paid for and suspended again while the order to suspend is still on its way (%i ms): suspended once',
  async (delay) => {
    const thereAndBack: readonly Happening[] = [
      { what: 'Microsoft suspends' },
      passes(seconds(1)),
      { what: 'Microsoft reinstates' },
      passes(seconds(1)),
      { what: 'Microsoft suspends' },
    ]
    await tell(world, {
      purchase: fiveSeats,
      ways: plainWays,
      happenings: [...sold, ordersLate(delay), ...thereAndBack, passes(minutes(11))],
    })
    expect(ordered('suspend')).toHaveLength(1)
  },
)

test('cancelled while a change without an answer is still on its way: the cancellation waits for it', async () => {
  const happenings: readonly Happening[] = [
    ...sold,
    ordersLate(seconds(12)),
    { what: 'seats change', quantity: 7 },
    passes(seconds(1)),
    { what: 'customer cancels' },
    passes(minutes(11)),
  ]
  await tell(world, { purchase: fiveSeats, ways: plainWays, happenings })
  expect(ordered('cancel')).toHaveLength(1)
})

test('cancelled while the order without an answer is still on its way: what arrives late is ended at the vendor', async () => {
  const happenings: readonly Happening[] = [
    { what: 'buyer lands' },
    ordersLate(seconds(12)),
    { what: 'buyer confirms' },
    { what: 'customer cancels' },
    passes(seconds(12)),
    { what: 'vendor approves' },
  ]
  await tell(world, { purchase: fiveSeats, ways: plainWays, happenings })
  expect([ordered('purchase').length, ordered('cancel').length]).toEqual([1, 1])
})
