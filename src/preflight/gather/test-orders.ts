/** Whether Connect would take a test order of the product's plans, tried with a draft on its test connection. */
import { type OfferId, offerId, type PlanId, planId, type TenantId } from '../../kit/ids.ts'
import { createFindSetup, salesIn, tryOrders } from '../../subscriptions/index.ts'
import type { Product } from '../../tenants/index.ts'
import type { Asked } from '../rules/check.ts'
import type { OfferSeen } from '../rules/parity.ts'
import type { TriedOrders } from '../rules/test-order.ts'
import { ask, type DoctorDeps } from './deps.ts'

/** Of a product with very many plans the first tell enough. */
const MOST_PLANS = 10

export async function testOrders(
  deps: DoctorDeps,
  tenantId: TenantId,
  { connections }: Product,
  offers: readonly OfferSeen[],
): Promise<Asked<TriedOrders>> {
  const connection = connections.test?.connection
  const all = offers.flatMap((offer) => offer.plans.map((plan) => ({ offer: offerId.parse(offer.id), plan: planId.parse(plan.id) })))
  const wanted = all.slice(0, MOST_PLANS)
  const untried = all.length - wanted.length
  if (connection === undefined) return { answered: true, value: { connection, plans: [], untried } }
  return ask(async () => {
    const plans: TriedOrders['plans'][number][] = []
    for (const [offer, ofOffer] of byOffer(wanted)) plans.push(...(await ofOneOffer(deps, tenantId, offer, ofOffer)))
    return { connection, plans, untried }
  })
}

const byOffer = (wanted: readonly { readonly offer: OfferId; readonly plan: PlanId }[]): ReadonlyMap<OfferId, readonly PlanId[]> =>
  new Map(
    [...new Set(wanted.map(({ offer }) => offer))].map((offer) => [offer, wanted.flatMap((one) => (one.offer === offer ? one.plan : []))]),
  )

async function ofOneOffer({ db, clients, clock }: DoctorDeps, tenantId: TenantId, offer: OfferId, plans: readonly PlanId[]) {
  const { connectFor } = clients
  const setup = await createFindSetup({ salesOf: salesIn(db), connectFor, clock })(tenantId, offer)
  if (!setup) return []
  const tried = await tryOrders(await connectFor(tenantId), setup, plans)
  return tried.map((one) => ({ plan: `${offer} / ${one.planId}`, tried: one.tried }))
}
