/** What is asked for on our own side, by the buyer or an operator: changes at Microsoft, who may see it, comparisons, matches, brakes. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { products } from '../../../sandbox/seed.ts'
import { assetId, planId, subscriptionId } from '../../../src/kit/ids.ts'
import {
  type AskedBy,
  acceptMatch,
  askFor,
  confirmTenant,
  mayRead,
  readFindings,
  reconcile,
  releaseTenant,
  type WantedAction,
} from '../../../src/subscriptions/index.ts'
import { TENANT, visitorOf } from '../../helpers/world.ts'
import { boughtIn, type Deed, deed, plainDeed } from './deed.ts'
import type { Scene } from './stage.ts'

const change = z.union([z.strictObject({ seats: z.number().int() }), z.strictObject({ plan: z.string() }), z.literal('the end')])

function wantedIn(asked: z.output<typeof change>): WantedAction {
  if (asked === 'the end') return { kind: 'cancel' }
  if ('seats' in asked) return { kind: 'changeSeats', seats: asked.seats }
  return { kind: 'changePlan', planId: planId.parse(asked.plan) }
}

const depsOf = ({ world }: Scene) => ({ ...world.bridge.subscriptions, db: world.database.db })

const asks = (who: () => AskedBy) =>
  deed(change, async (scene, asked) => {
    const answer = await askFor(depsOf(scene), boughtIn(scene).key, wantedIn(asked), who())
    scene.answered = answer.outcome === 'refused' ? `no, ${answer.reason}: ${answer.because}` : answer.outcome
  })

async function sees(scene: Scene, who: string): Promise<void> {
  scene.answered = mayRead(await scene.world.read(boughtIn(scene).key), visitorOf(who)) ? `${who} sees it` : `${who} does not see it`
}

const sold = z.strictObject({
  offer: z.string(),
  plan: z.string(),
  seats: z.number().int(),
  /** What the vendor delivers; nothing is known there when left out. */
  delivered: z.number().int().optional(),
  'under another id': z.boolean().default(false),
})

/** Sold, activated and delivered by another system, long ago. */
function wasSold(scene: Scene, { offer, plan, seats, delivered, ...more }: z.output<typeof sold>): void {
  const product = products.find(({ offers }) => offers.some(({ offerId }) => offerId === offer))
  if (product) scene.product = product
  const { marketplace, connect } = scene.world.sandbox.worlds
  const { subscriptionId: id, token } = marketplace.purchase({ offerId: offer, planId: plan, quantity: seats, active: true })
  scene.bought = { key: { tenantId: TENANT, subscriptionId: subscriptionId.parse(id) }, token }
  const item = scene.product.items.find((one) => one.planId === plan)
  if (delivered === undefined || !item) return
  scene.assetUid = more['under another id'] ? randomUUID() : id
  connect.sell({ productId: scene.product.id, externalUid: scene.assetUid, quantities: { [item.id]: delivered } })
}

async function compares(scene: Scene): Promise<void> {
  const run = await reconcile(depsOf(scene), { tenantId: TENANT, by: 'an operator', dryRun: false }, new AbortController().signal)
  const standings: string[] = []
  for await (const finding of readFindings(scene.world.database.db, run)) standings.push(finding.standing)
  scene.answered = standings.length === 0 ? 'all in step' : standings.toSorted().join(', ')
}

async function matches(scene: Scene): Promise<void> {
  const [asset] = scene.world.sandbox.worlds.connect.assets({ productId: scene.product.id })
  if (!asset) throw new Error('there is no asset')
  await acceptMatch(depsOf(scene), boughtIn(scene).key, assetId.parse(asset.id), 'an operator')
}

export const askingDeeds = {
  'the buyer asks on our page for': asks(() => ({ by: 'buyer', visitor: visitorOf('mara') })),
  'an operator asks Microsoft for': asks(() => ({ by: 'operator', name: 'an operator' })),
  'the page is opened by': deed(z.enum(['mara', 'jonas', 'priya']), sees),
  'it was sold before the bridge': deed(sold, wasSold),
  'the publisher has just been set up': plainDeed(({ world }) => world.database.db.deleteFrom('tenant_brakes').execute()),
  'both sides are compared': plainDeed(compares),
  'an operator confirms the comparison': plainDeed(({ world }) =>
    confirmTenant(world.database.db, TENANT, 'an operator', world.clock.now()),
  ),
  'an operator matches it with the asset': plainDeed(matches),
  'so many others have ended within the hour': deed(z.number().int().positive(), async ({ world: { database, clock } }, count) => {
    const now = clock.now()
    await releaseTenant(database.db, TENANT, now, now) // the sandbox's publisher has its brakes off
    const rows = Array.from({ length: count }, () => ({
      tenant_id: TENANT,
      subscription_id: randomUUID(),
      counted_at: new Date(now.getTime()),
    }))
    await database.db.insertInto('ended_subscriptions').values(rows).execute()
  }),
  'an operator releases the brake': plainDeed(({ world: { database, clock } }) =>
    releaseTenant(database.db, TENANT, clock.now(), clock.now()),
  ),
} as const satisfies Readonly<Record<string, Deed>>
