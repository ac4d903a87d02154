/** The world stories are played in: one for all, emptied between them; its clock stands still unless a story moves it. */
import { sql } from 'kysely'
import { defaultOptions as connectDefaults } from '../../../sandbox/connect/options.ts'
import { defaultOptions as marketplaceDefaults } from '../../../sandbox/marketplace/options.ts'
import { products } from '../../../sandbox/seed.ts'
import { createKeyring } from '../../../src/database/index.ts'
import { Crash } from '../../../src/kit/crash-point.ts'
import { type Milliseconds, seconds, standingClock, wallClock } from '../../../src/kit/time.ts'
import { applySandboxSetup } from '../../../src/main/with-sandbox.ts'
import { wakeDiscovery } from '../../../src/subscriptions/index.ts'
import type { StepKind } from '../../../src/subscriptions/rules/steps.ts'
import { allTables, emptyTables } from '../../helpers/empty-tables.ts'
import { type Bought, createWorld, type World } from '../../helpers/world.ts'
import { type Door, openDoor } from './door.ts'

export type Seed = (typeof products)[number]

/** What one story is about: one subscription of one product. */
export interface Scene {
  readonly stage: Stage
  readonly world: World
  bought: Bought | undefined
  product: Seed
  /** The asset's `external_uid`, where it is not the subscription's id. */
  assetUid: string | undefined
  /** What happens at the last moment before the bridge's next step of a kind. */
  meanwhile: { readonly step: StepKind; readonly act: () => unknown } | undefined
  /** What we answered to the last call a story made by hand, or to who asked for something. */
  answered: number | string | undefined
}

export interface Stage {
  readonly world: World
  readonly door: Door
  scene: Scene | undefined
  /** The point where the process dies next. */
  dieAt: string | undefined
  /** It has died, and nobody has started it again. */
  dead: boolean
  stop(): Promise<void>
}

export async function createStage(): Promise<Stage> {
  const crashPoint = (point: string): void => {
    meanwhile(stage.scene, point)
    if (point !== stage.dieAt) return
    stage.dieAt = undefined
    stage.dead = true
    throw new Crash(point)
  }
  const world = await createWorld({ clock: standingClock(wallClock.now()), concurrency: 1, crashPoint })
  const door = await openDoor()
  const stop = () => world.stop().finally(door.stop)
  const stage: Stage = { world, door, scene: undefined, dieAt: undefined, dead: false, stop }
  return stage
}

function meanwhile(scene: Scene | undefined, point: string): void {
  const due = scene?.meanwhile
  if (!scene || !due || point !== `subscription.${due.step}.intended`) return
  scene.meanwhile = undefined
  due.act()
}

/** The bridge of this moment hears Microsoft through the door. */
export async function hear({ world, door }: Stage): Promise<void> {
  door.leadTo(await world.bridge.app.listen({ host: '127.0.0.1', port: 0 }))
  world.sandbox.setBridgeUrl(door.url)
}

/** Tables a new story keeps: the publisher and what was set up for it. */
const KEPT = ['tenants', 'credentials', 'products', 'offers', 'plan_map', 'work_kind', 'migrations']

export async function newScene(stage: Stage): Promise<Scene> {
  const { world } = stage
  world.sandbox.reset()
  await world.sandbox.settled()
  world.sandbox.worlds.marketplace.setOptions(marketplaceDefaults)
  Object.assign(world.sandbox.worlds.connect.options, connectDefaults())
  await forgetAll(world)
  await restart(stage)
  await wakeDiscovery(world.database.db, world.clock.now())
  const [product] = products
  if (!product) throw new RangeError('the seed has products')
  stage.scene = { stage, world, bought: undefined, product, assetUid: undefined, meanwhile: undefined, answered: undefined }
  return stage.scene
}

async function forgetAll({ database: { db }, clock }: World): Promise<void> {
  const names = (await allTables(db)).filter((name) => !KEPT.includes(name) && !name.startsWith('kysely'))
  await emptyTables(db, names)
  await sql`delete from plan_map`.execute(db)
  await sql`delete from offers`.execute(db)
  await sql`delete from products`.execute(db)
  await applySandboxSetup({ db, keyring: createKeyring({ keys: [{ key: Buffer.alloc(32, 7) }] }) }, clock)
}

/** After each happening so much time passes, in growing steps, so that what it leads to can come to rest: about a quarter of a minute. */
const AFTERWARDS: readonly Milliseconds[] = [0, 0.25, 0.5, 1, 2, 4, 8].map(seconds)

export async function comeToRest(scene: Scene): Promise<void> {
  for (const step of AFTERWARDS) await pass(scene, step)
}

/** Moves the clock, and lets both sides do what is due, one after the other. */
async function pass({ world, stage }: Scene, length: Milliseconds): Promise<void> {
  world.clock.moveBy(length)
  do await allIsTold(world)
  while ((await stage.door.closedWhile(() => world.bridge.worker.runDue())) > 0)
  if (stage.dead) await restart(stage)
}

/** What was in memory is gone; what was stored stays. */
export async function restart(stage: Stage): Promise<void> {
  stage.dead = false
  await stage.world.restart()
  await hear(stage)
}

/** Nothing is on its way to the bridge, and what it answered is recorded, which it does when its reply has left. */
async function allIsTold({ sandbox, database: { db } }: World): Promise<void> {
  const unrecorded = db
    .selectFrom('notices')
    .leftJoin('notice_replies', 'notice_replies.notice_id', 'notices.id')
    .select('id')
    .where('notice_replies.status', 'is', null)
    .limit(1)
  do await sandbox.settled()
  while ((await unrecorded.execute()).length > 0)
}

/** Time passes in growing steps, as it does for a bridge that runs all the time. */
export async function passTime(scene: Scene, length: Milliseconds): Promise<void> {
  for (let [left, step] = [length, seconds(5)]; left > 0; left -= step, step *= 1.5) await pass(scene, Math.min(left, step))
}
