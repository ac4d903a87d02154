/** Time, faults on the way, notices made by hand, and what an operator does. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { callFault, webhookFault } from '../../../sandbox/faults.ts'
import { optionsChange } from '../../../sandbox/marketplace/options.ts'
import { publisher } from '../../../sandbox/seed.ts'
import { listNotices, replayNotice, wakeNow } from '../../../src/subscriptions/index.ts'
import { policies } from '../../../src/tenants/model/policies.ts'
import { webhookToken } from '../../helpers/notified-world.ts'
import { TENANT } from '../../helpers/world.ts'
import { boughtIn, type Deed, deed, idIn, length, plainDeed } from './deed.ts'
import { passTime, restart, type Scene } from './stage.ts'

const notice = z.strictObject({
  action: z.string(),
  plan: z.string().optional(),
  seats: z.number().int().optional(),
  token: z.enum(['good', 'forged', 'missing']).default('good'),
  /** An operation of a new id that Microsoft does not know. */
  shape: z.enum(['documented', 'early']).default('documented'),
})

const headersFor = async (scene: Scene, token: z.output<typeof notice>['token']): Promise<Record<string, string>> => {
  if (token === 'missing') return {}
  const good = await webhookToken(scene.world)
  return { authorization: `Bearer ${token === 'good' ? good : `${good.slice(0, -8)}AAAAAAAA`}` }
}

async function arrives(scene: Scene, { action, plan, seats, token, shape }: z.output<typeof notice>): Promise<void> {
  const about = { subscriptionId: idIn(scene), offerId: scene.product.offers[0]?.offerId, planId: plan, quantity: seats }
  const body =
    shape === 'early'
      ? { operationId: randomUUID(), ...about, operationType: action }
      : { id: randomUUID(), ...about, action, status: 'Succeeded', operationRequestSource: 'Azure' }
  const headers = { 'content-type': 'application/json', ...(await headersFor(scene, token)) }
  const url = new URL(`/portal/${TENANT}/${scene.product.id}/notification`, scene.stage.door.url)
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  scene.answered = reply.status
}

async function lastNoticeAgain(scene: Scene): Promise<void> {
  const [last] = await listNotices(scene.world.database.db, boughtIn(scene).key)
  await replayNotice(scene.world.database.db, last?.id ?? '', scene.world.clock.now())
}

const setPlan = (status: 'active' | 'archived') => (scene: Scene, plan: string) =>
  scene.world.database.db.updateTable('plan_map').set({ status }).where('plan_id', '=', plan).execute()

const withoutConnection = async (scene: Scene, kind: 'test' | 'production'): Promise<void> => {
  const { db } = scene.world.database
  const { connections } = await db.selectFrom('products').select('connections').where('id', '=', scene.product.id).executeTakeFirstOrThrow()
  const left = Object.fromEntries(Object.entries(z.record(z.string(), z.unknown()).parse(connections)).filter(([name]) => name !== kind))
  await db
    .updateTable('products')
    .set({ connections: JSON.stringify(left) })
    .where('id', '=', scene.product.id)
    .execute()
}

const misbehaves = (world: 'marketplace' | 'connect' | 'entra') =>
  deed(callFault.omit({ world: true }), (scene, fault) => scene.world.sandbox.worlds.faults.add({ ...fault, world }))

export const worldDeeds = {
  'time passes': deed(length, passTime),
  'Microsoft misbehaves': misbehaves('marketplace'),
  'Connect misbehaves': misbehaves('connect'),
  'Entra misbehaves': misbehaves('entra'),
  'notices are': deed(webhookFault.omit({ world: true }), (scene, fault) =>
    scene.world.sandbox.worlds.faults.add({ ...fault, world: 'webhook' }),
  ),
  'everything behaves again': plainDeed((scene) => scene.world.sandbox.worlds.faults.clear()),
  'Microsoft behaves': deed(optionsChange, (scene, options) => scene.world.sandbox.worlds.marketplace.setOptions(options)),
  'Entra makes tokens of version': deed(z.union([z.literal(1), z.literal(2)]), (scene, tokenVersion) =>
    scene.world.sandbox.worlds.entra.apps.set(publisher.apiApp.clientId, { tokenVersion }),
  ),
  'the app secret is': deed(z.enum(['expired', 'good']), ({ world }, state) => {
    const value = state === 'good' ? publisher.apiApp.secret : 'another-secret'
    world.sandbox.worlds.entra.apps.set(publisher.apiApp.clientId, { secrets: [{ value }] })
  }),
  'a notice arrives': deed(notice, arrives),
  'an operator replays the last notice': plainDeed(lastNoticeAgain),
  'an operator retries': plainDeed((scene) => wakeNow(scene.world.database.db, boughtIn(scene).key, scene.world.clock.now())),
  'the bridge is restarted': plainDeed(({ stage }) => restart(stage)),
  'the plan is taken off the map': deed(z.string(), setPlan('archived')),
  'the plan is put on the map': deed(z.string(), setPlan('active')),
  'the product loses its connection': deed(z.enum(['test', 'production']), withoutConnection),
  'the publisher decides': deed(policies, (scene, decided) =>
    scene.world.database.db
      .updateTable('products')
      .set({ policies: JSON.stringify(decided) })
      .where('id', '=', scene.product.id)
      .execute(),
  ),
} as const satisfies Readonly<Record<string, Deed>>
