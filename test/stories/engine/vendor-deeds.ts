/** What the vendor does, on its desk or by its own system, and what Connect's operator does. */
import { z } from 'zod'
import { createRequest } from '../../../sandbox/connect/requests/create.ts'
import { projectsParams, purchaseBody } from '../../../sandbox/connect/testing.ts'
import type { VendorMode } from '../../../sandbox/connect/vendor/modes.ts'
import { plus } from '../../../src/kit/time.ts'
import type { StepKind } from '../../../src/subscriptions/rules/steps.ts'
import { byItemName, type Deed, deed, idIn, length, plainDeed } from './deed.ts'
import type { Scene } from './stage.ts'

const connect = ({ world }: Scene) => world.sandbox.worlds.connect

/** The request that is open, or waits for the vendor's word. */
function open(scene: Scene): string {
  const [request] = connect(scene).requests({ externalUid: idIn(scene), open: true })
  if (!request) throw new Error('there is no open request at the vendor')
  return request.id
}

function assetId(scene: Scene): string {
  const [asset] = connect(scene).assets({ externalUid: idIn(scene) })
  if (!asset) throw new Error('there is no asset yet')
  return asset.id
}

const modes = {
  'approves everything': { kind: 'automatic' },
  'works by hand': { kind: 'manual' },
  'fails everything': { kind: 'fail', reason: 'Our system is being moved.' },
} as const satisfies Readonly<Record<string, VendorMode>>

const type = z.enum(['purchase', 'change', 'suspend', 'resume', 'cancel'])

const quantitiesOf = (scene: Scene, named: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(named).map(([name, quantity]) => {
      const item = scene.product.items.find((one) => one.name === name)
      if (!item) throw new Error(`the product has no item "${name}"`)
      return [item.id, quantity]
    }),
  )

/** Another system of the same distributor, a moment before the bridge: what Connect answers it then is a conflict. */
const rivals = {
  'orders the same': (scene) => createRequest(connect(scene).state, sameOrder(scene), 'provider'),
  'orders the same and has it approved': (scene) =>
    connect(scene).approve(createRequest(connect(scene).state, sameOrder(scene), 'provider').id),
  'orders the same and has it declined': (scene) =>
    connect(scene).fail(createRequest(connect(scene).state, sameOrder(scene), 'provider').id, 'No capacity.'),
  'suspends it': (scene) => inOneGo(scene, 'suspend'),
  'resumes it': (scene) => inOneGo(scene, 'resume'),
  'cancels it': (scene) => inOneGo(scene, 'cancel'),
  'asks to suspend it': (scene) => asks(scene, 'suspend'),
  'asks to resume it': (scene) => asks(scene, 'resume'),
  'asks to cancel it': (scene) => asks(scene, 'cancel'),
} as const satisfies Readonly<Record<string, (scene: Scene) => unknown>>

const asks = (scene: Scene, kind: 'suspend' | 'resume' | 'cancel') =>
  createRequest(connect(scene).state, { type: kind, asset: { id: assetId(scene) } }, 'provider')

const inOneGo = (scene: Scene, kind: 'suspend' | 'resume' | 'cancel'): void => connect(scene).approve(asks(scene, kind).id)

function sameOrder(scene: Scene) {
  const { marketplace } = scene.world.sandbox.worlds
  const bought = marketplace.subscription(idIn(scene))
  const items = scene.product.items
    .filter((item) => item.planId === bought?.planId)
    .map(({ id }) => ({ id, quantity: bought?.quantity ?? -1 }))
  const [asset] = connect(scene).assets({ externalUid: idIn(scene) })
  if (asset) return { type: 'change', asset: { id: asset.id, items } }
  const params = scene.product.name === 'Larkspur Projects' ? projectsParams : []
  return purchaseBody(scene.product, { external_id: `MS-${idIn(scene)}`, external_uid: idIn(scene), items, params })
}

const STEPS = [
  'purchase',
  'change',
  'suspend',
  'resume',
  'cancel',
  'revoke',
  'activate',
  'cancelAtMicrosoft',
] as const satisfies readonly StepKind[]

export const vendorDeeds = {
  'the vendor': deed(z.enum(['approves everything', 'works by hand', 'fails everything']), (scene, mode) =>
    connect(scene).setMode(scene.product.id, modes[mode]),
  ),
  'the vendor fails every': deed(z.strictObject({ request: type, because: z.string() }), (scene, { request, because }) =>
    connect(scene).setMode(scene.product.id, { kind: 'fail', reason: because }, [request]),
  ),
  'the vendor approves': plainDeed((scene) => connect(scene).approve(open(scene))),
  'the vendor approves with other quantities': deed(byItemName, (scene, named) =>
    connect(scene).approve(open(scene), { quantities: quantitiesOf(scene, named) }),
  ),
  'the vendor fails it': deed(z.string(), (scene, reason) => connect(scene).fail(open(scene), reason)),
  'the vendor asks': deed(z.string(), (scene, message) => connect(scene).inquire(open(scene), { message })),
  'the vendor puts it off by': deed(length, (scene, by) => connect(scene).schedule(open(scene), plus(scene.world.clock.now(), by))),
  'the vendor lets go of it': plainDeed((scene) => connect(scene).confirm(open(scene))),
  'the distributor takes it back': deed(z.string(), (scene, reason) => connect(scene).revoke(open(scene), reason)),
  'the vendor ends the subscription': plainDeed((scene) => connect(scene).cancel(assetId(scene))),
  'the vendor changes a value': deed(z.record(z.string(), z.string()), (scene, values) => connect(scene).adjust(assetId(scene), values)),
  'the vendor begins to change a value': deed(z.record(z.string(), z.string()), (scene, values) =>
    connect(scene).adjust(assetId(scene), values, false),
  ),
  'the vendor approves the reseller': plainDeed((scene) => {
    for (const { id } of connect(scene).tierConfigRequests('pending')) connect(scene).approveTierConfig(id)
  }),
  'the vendor asks about the reseller': plainDeed((scene) => {
    for (const { id } of connect(scene).tierConfigRequests('pending')) connect(scene).inquireTierConfig(id)
  }),
  'the distributor answers about the reseller': plainDeed((scene) => {
    for (const { id } of connect(scene).tierConfigRequests('inquiring')) connect(scene).answerTierConfig(id)
  }),
  'the vendor refuses the reseller': deed(z.string(), (scene, reason) => {
    for (const { id } of connect(scene).tierConfigRequests('pending')) connect(scene).failTierConfig(id, reason)
  }),
  'before the next step': deed(
    z.strictObject({ is: z.enum(STEPS), 'another system': z.enum(Object.keys(rivals) as (keyof typeof rivals)[]) }),
    (scene, { is, 'another system': what }) => {
      scene.meanwhile = { step: is, act: () => rivals[what](scene) }
    },
  ),
  'the product can be suspended': deed(z.boolean(), (scene, can) => connect(scene).setHold(scene.product.id, can)),
  'the product is listed': deed(z.boolean(), (scene, listed) => connect(scene).setListed(scene.product.id, listed)),
  'Connect behaves': deed(
    z.strictObject({
      marketplace: z.enum(['required', 'inferred']).optional(),
      omittedItems: z.enum(['kept', 'zeroed']).optional(),
      cancelWhileSuspended: z.enum(['allowed', 'refused']).optional(),
      afterFailedPurchase: z.enum(['new', 'conflict']).optional(),
      conflictId: z.enum(['request_id', 'id']).optional(),
      validation: z.enum(['works', 'gatewayError', 'refused', 'slow']).optional(),
    }),
    (scene, options) => Object.assign(connect(scene).options, options),
  ),
} as const satisfies Readonly<Record<string, Deed>>
