/** Taking over what a re-synchronization found: new plans and dimensions are kept, names follow, and the product counts as seen. */
import { inTransaction, type Tx } from '../../database/index.ts'
import { itemId, offerId, planId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { getOfferContent, savePlanContent, savePlanMapping } from '../../tenants/index.ts'
import { addHistory } from '../history/store.ts'
import { type KeepDeps, keepOffers } from '../kept-offers.ts'
import type { OfferPlan, OfferProposal } from '../rules/offer.ts'
import { acceptedOffers, type Taking } from '../rules/resync-accept.ts'
import type { ResyncKey, ResyncSeen } from './observe.ts'
import { saveSnapshot } from './snapshot.ts'

/**
 * One transaction. Ids that exist stay; nothing is archived, and nothing is retired unless `retire` says so.
 * Of an offer that is only mapped the plan map alone is written: its content is Partner Center's.
 */
export async function acceptResync(
  deps: KeepDeps,
  { tenantId, productId }: ResyncKey,
  seen: ResyncSeen,
  taking: Taking,
  by: string,
): Promise<void> {
  const { facts, snapshot, stored, next } = seen
  if (!facts) return
  const now = deps.clock.now()
  const { offers, changed } = acceptedOffers({ before: snapshot?.facts, now: facts, stored, next }, taking)
  await inTransaction(deps.db, async (tx) => {
    await keepOffers(tx, deps, tenantId, productId, offers)
    for (const { offer, plan } of changed) await saveChanged(tx, tenantId, offer, plan, now)
    await saveSnapshot(tx, tenantId, facts, by, now)
    const differences = seen.differences.filter(({ deed }) => deed !== 'decide').map(({ sentence }) => sentence)
    await addHistory(tx, { tenantId, productId }, { by, at: now }, { what: 'resynced', differences })
    await deps.onChange?.(tx)
  })
}

/** A plan that exists: another name, or retired. */
async function saveChanged(tx: Tx, tenantId: TenantId, offer: OfferProposal, plan: OfferPlan, now: Instant): Promise<void> {
  const key = { offerId: offerId.parse(offer.id), planId: planId.parse(plan.id) }
  const items = plan.items.map((item) => ({ itemId: itemId.parse(item.id), kind: item.kind, dimension: item.dimension }))
  await savePlanMapping(tx, tenantId, { ...key, name: plan.name, items, status: 'active' }, now)
  if (await getOfferContent(tx, tenantId, key.offerId)) await savePlanContent(tx, tenantId, { ...key, content: plan.content }, now)
}
