/** The process is stopped at each point of sealing and sending, two of them work at once, and one is away for longer than its lease: everything is billed once. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Crash } from '../../src/kit/crash-point.ts'
import { silentLog } from '../../src/kit/log.ts'
import { hours, minutes, plus } from '../../src/kit/time.ts'
import { createBridge } from '../../src/main/bridge.ts'
import { hear } from '../helpers/notified-world.ts'
import type { Bought, World } from '../helpers/world.ts'
import { audit } from './audit.ts'
import { createNotifiedWorld, event, metered, report, slotsOf } from './metered-world.ts'

let world: World
let armed: string | undefined

beforeAll(async () => {
  world = await createNotifiedWorld({
    crashPoint: (name) => {
      if (name !== armed) return
      armed = undefined
      throw new Crash(name)
    },
  })
})
afterAll(() => world.stop())

const billed = ({ key }: Bought) =>
  world.sandbox.worlds.marketplace.billed(key.subscriptionId).map(({ quantity, events }) => ({ quantity, events }))

/** A second bridge on the same database, with a clock and a work list of its own. */
const anotherBridge = () =>
  createBridge({
    config: world.config,
    storage: { ...world.database, keyring: world.keyring },
    clock: world.clock,
    log: silentLog,
    onlyWhenAsked: true,
  })

test.each(['usage.sealed', 'usage.send.intended', 'usage.send.called', 'usage.send.stored'])(
  'usage whose process is stopped at %s is billed once',
  async (point) => {
    const bought = await metered(world)
    const told = [event(bought, '2.5', world.clock.now()), event(bought, '4', world.clock.now())]
    await report(world, ...told)
    armed = point
    await world.pass(hours(2) + minutes(10))
    expect(armed).toBeUndefined()
    await world.restart()
    await hear(world, world.bridge)
    await world.pass(hours(1))
    expect(billed(bought)).toEqual([{ quantity: '6.5', events: 1 }])
    expect((await slotsOf(world, bought)).map(({ state }) => state)).toEqual(['accepted'])
    expect(await audit(world, bought, told)).toEqual([])
  },
)

test('while two processes seal and send, records keep coming: none is lost between a batch and an hour being sealed, none is billed twice', async () => {
  const bought = await metered(world)
  const second = await anotherBridge()
  const told = []
  try {
    for (let round = 0; round < 16; round++) {
      const batches = Array.from({ length: 6 }, (_, n) => [
        event(bought, `${round + 1}.0${n}`, world.clock.now()),
        // into hours that are being sealed just now
        ...[100, 120, 140].map((ago) => event(bought, `0.${n + 1}`, plus(world.clock.now(), -minutes(ago - 40)))),
        event(bought, '0.00000001', world.clock.now(), 'storage'),
      ])
      world.clock.moveBy(minutes(40))
      const outcomes = await Promise.all([
        ...batches.map((batch) => report(world, ...batch)),
        Promise.all([world.bridge.worker.runDue(), second.worker.runDue()]).then(() => []),
      ])
      told.push(...batches.flat().filter((_, n) => outcomes.flat()[n]?.outcome === 'placed'))
    }
    await world.pass(hours(3))
    await world.pass(hours(3))
    expect(await audit(world, bought, told)).toEqual([])
  } finally {
    await second.stop()
  }
})

test('a process that is away for longer than its lease writes nothing more, and the other bills its hours once', async () => {
  const bought = await metered(world)
  const told = [event(bought, '7', world.clock.now())]
  await report(world, ...told)
  const second = await anotherBridge()
  try {
    world.clock.moveBy(hours(2) + minutes(10))
    world.sandbox.worlds.faults.add({ world: 'marketplace', path: 'batchUsageEvent', kind: 'delay', delay: 1_500 })
    const slow = world.bridge.worker.runDue().then(() => world.bridge.worker.runDue())
    await expect.poll(async () => (await slotsOf(world, bought))[0]?.state, { timeout: 20_000 }).toBe('sent')
    await sql`update work set lease_until = lease_until - interval '1 hour', takeover_at = takeover_at - interval '1 hour'
      where kind = 'usage.send'`.execute(world.database.db)
    await second.worker.runDue()
    await slow
    await world.pass(hours(1))
    expect(billed(bought)).toEqual([{ quantity: '7', events: 1 }])
    expect(await audit(world, bought, told)).toEqual([])
  } finally {
    await second.stop()
  }
})
