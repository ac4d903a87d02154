/** A world of histories over HTTP and PostgreSQL: the whole bridge, listening, and both outside worlds. Only pauses between repeats are left out. */
import { Crash } from '../../../src/kit/crash-point.ts'
import { createHttp, type Http } from '../../../src/kit/http.ts'
import { type MovableClock, plus, standingClock } from '../../../src/kit/time.ts'
import {
  askFor,
  askForRetry,
  discover,
  listNotices,
  readSubscription,
  readTimeline,
  replayNotice,
  wakeDiscovery,
} from '../../../src/subscriptions/index.ts'
import { policies } from '../../../src/tenants/model/policies.ts'
import { emptyTables, withReferring } from '../empty-tables.ts'
import { hear } from '../notified-world.ts'
import { confirm, createWorld, land, TENANT, type World } from '../world.ts'
import { createJournal, type DeliveryScript, type HistoryWorld, journaled, unreliable } from './world.ts'

export async function createNetworkWorld(): Promise<HistoryWorld> {
  const clock = standingClock('2030-01-01T00:00:00Z')
  const [journal, deliveries] = [createJournal(), [] as DeliveryScript]
  let armed: string | undefined
  let crashed = false
  const changed = new Map<string, unknown>()
  const toBridge = network(clock)
  const world = await createWorld({
    clock,
    http: { ofBridge: () => journaled(network(clock), journal, clock), ofWorlds: () => unreliable(toBridge, deliveries) },
    crashPoint(point) {
      if (point !== armed) return
      armed = undefined
      crashed = true
      throw new Crash(point)
    },
  })
  await hear(world, world.bridge)

  async function restart(): Promise<void> {
    await world.restart()
    await hear(world, world.bridge)
  }

  /** What a process did not finish is noted as a failure here, and looked at again after a pause; all else is as after a restart. */
  async function rest(): Promise<void> {
    await world.rest()
    if (!crashed) return
    crashed = false
    await restart()
    await world.rest()
  }

  async function pass(length: number): Promise<void> {
    const end = plus(clock.now(), length)
    for (let step = 0; step < STEPS_OF_TIME; step++) {
      const next = world.sandbox.nextDue()
      if (!next || next.getTime() >= end.getTime()) break
      clock.moveBy(Math.max(0, next.getTime() - clock.now().getTime()))
      await rest()
    }
    clock.moveBy(Math.max(0, end.getTime() - clock.now().getTime()))
    await rest()
  }

  return {
    ...{ sandbox: world.sandbox, clock, journal, deliveries, restart, rest, pass },
    crashAt(point) {
      armed = point
    },
    land: (token, productId) => land(world, { token }, productId),
    confirm: (key, order, who) => confirm(world, { key }, order, who),
    discover: () => discover(world.bridge.subscriptions, TENANT),
    connectChanged: () => {}, // the watch on Connect runs
    async decide(productId, decided) {
      const { db } = world.database
      const row = await db.selectFrom('products').select('policies').where('id', '=', productId).executeTakeFirst()
      changed.set(productId, changed.get(productId) ?? row?.policies)
      const now = policies.parse({ ...policies.parse(row?.policies ?? {}), ...decided })
      await db
        .updateTable('products')
        .set({ policies: JSON.stringify(now) })
        .where('id', '=', productId)
        .execute()
    },
    ask: (key, wanted) => askFor({ ...world.bridge.subscriptions, db: world.database.db }, key, wanted, { by: 'operator' }),
    retry: (key) => askForRetry(world.database.db, key, 'an operator', clock.now()),
    async replay(key) {
      const [newest] = await listNotices(world.database.db, key)
      if (newest) await replayNotice(world.database.db, newest.id, clock.now())
    },
    load: (key) => readSubscription(world.database.db, key),
    timeline: (key) => readTimeline(world.database.db, key),
    async reset() {
      await rest()
      world.sandbox.reset()
      await forgetAll(world)
      for (const [id, before] of changed)
        await world.database.db
          .updateTable('products')
          .set({ policies: JSON.stringify(before) })
          .where('id', '=', id)
          .execute()
      changed.clear()
      journal.entries.length = 0
      journal.broken.length = 0
      deliveries.length = 0
      armed = undefined
    },
    async stop() {
      await world.stop()
      await toBridge.close()
    },
  }
}

const STEPS_OF_TIME = 3

const network = (clock: MovableClock): Http => createHttp({ clock, random: () => 0, pause: async () => {} })

/** All but what was set up. */
async function forgetAll({ database: { db }, clock }: World): Promise<void> {
  const told = ['subscriptions', 'timeline', 'notices', 'operations', 'work', 'attention_items', 'connect_watch', 'ended_subscriptions']
  await emptyTables(db, await withReferring(db, told))
  await wakeDiscovery(db, clock.now())
}
