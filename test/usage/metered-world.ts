/** A world with an active metered subscription: what is reported is taken in, sealed and sent as in production. */
import { products } from '../../sandbox/seed.ts'
import { dimensionId, productId } from '../../src/kit/ids.ts'
import { quantityOf } from '../../src/kit/quantity.ts'
import { type Instant, plus } from '../../src/kit/time.ts'
import { policiesOf, type ReportedUsage, type TakenIn, takeIn } from '../../src/usage/index.ts'
import { createNotifiedWorld } from '../helpers/notified-world.ts'
import { anOrder, type Bought, buy, confirm, createWorld, land, TENANT, type World } from '../helpers/world.ts'

export const SIGNALS = productId.parse(products[3]?.id)
export { createNotifiedWorld }

/** Bought and active: Larkspur Signals, metered by events, mails and storage. */
export async function metered(world: World, planId = 'metered'): Promise<Bought> {
  world.sandbox.worlds.connect.setMode(SIGNALS, { kind: 'automatic' })
  const bought = buy(world, { offerId: 'larkspur-signals', planId })
  await land(world, bought, SIGNALS)
  await confirm(world, bought, anOrder)
  await world.until('an active subscription', async () => {
    const { microsoft, next } = await world.read(bought.key)
    return microsoft.status === 'Subscribed' && next?.kind === 'settled'
  })
  return bought
}

let next = 0
export const event = ({ key }: Bought, quantity: string, at: Instant, dimension = 'events', id = `e${next++}`): ReportedUsage => ({
  source: 'api',
  key: id,
  productId: SIGNALS,
  subscriptionId: key.subscriptionId,
  dimension: dimensionId.parse(dimension),
  quantity: quantityOf(quantity),
  consumedFrom: at,
  consumedAt: at,
  wholeMonth: false,
})

/** Takes in, as the doors do. */
export async function report(world: World, ...records: readonly ReportedUsage[]): Promise<readonly TakenIn[]> {
  const { db } = world.database
  return takeIn(db, { tenantId: TENANT, policyOf: await policiesOf(db, TENANT), now: world.clock.now() }, records)
}

export interface SlotRow {
  readonly state: string
  readonly because: string | null
  readonly dimension: string
  readonly hour: Date
  readonly reported: string
  readonly quantity: string | null
  readonly usage_event_id: string | null
  readonly plan_id: string
}

export async function slotsOf(world: World, { key }: Bought): Promise<readonly SlotRow[]> {
  const { rows } = await world.database.pool.query('select * from usage_slots where subscription_id = $1 order by hour, dimension', [
    key.subscriptionId,
  ])
  return rows
}

export const ago = (world: World, length: number): Instant => plus(world.clock.now(), -length)
export { createWorld }
