/** Keeps offers found in Partner Center: their content, the plans that were not mapped, and that they exist there. */
import { inTransaction, type Keyring, type Tx } from '../../database/index.ts'
import { itemId, planId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import {
  fixContents,
  listPlanMappings,
  type PlanItem,
  saveOffer,
  saveOfferContent,
  savePlanContent,
  savePlanMapping,
} from '../../tenants/index.ts'
import type { KeepDeps } from '../kept-offers.ts'
import { saveSnapshot } from '../resync/snapshot.ts'
import type { FoundOffer, Handmade, ImportKey } from './read.ts'

/** A plan that is mapped stays as it is; one that is not is mapped where its items are told apart; the rest waits for a person. */
export const keepHandmade = (deps: KeepDeps, key: ImportKey, { offers, facts }: Handmade, by: string): Promise<void> =>
  inTransaction(deps.db, async (tx) => {
    for (const offer of offers) await keepOne(tx, deps.keyring, key, offer, deps.clock.now())
    await saveSnapshot(tx, key.tenantId, facts, by, deps.clock.now())
    await deps.onChange?.(tx)
  })

async function keepOne(tx: Tx, keyring: Keyring, { tenantId, productId }: ImportKey, offer: FoundOffer, now: Instant): Promise<void> {
  const { offerId, content } = offer
  await saveOffer(tx, { tenantId, id: offerId, productId, name: offer.keptName ?? offer.name, status: 'active' }, now)
  await saveOfferContent(tx, keyring, tenantId, { offerId, content, leadSecret: undefined }, now)
  const mapped = new Set((await listPlanMappings(tx, tenantId, offerId)).map((one) => String(one.planId)))
  const kept = offer.plans.filter(({ planId }) => mapped.has(planId) || itemsOf(offer, planId) !== undefined)
  for (const plan of kept) {
    const id = planId.parse(plan.planId)
    const items = mapped.has(plan.planId) ? undefined : itemsOf(offer, plan.planId)
    if (items) await savePlanMapping(tx, tenantId, { offerId, planId: id, name: plan.name, items, status: 'active' }, now)
    await savePlanContent(tx, tenantId, { offerId, planId: id, content: plan.content }, now)
  }
  const ids = (live: boolean) =>
    kept.filter(({ planId }) => !live || offer.live?.find('plan', planId)).map((one) => planId.parse(one.planId))
  await fixContents(tx, tenantId, { offerId, planIds: ids(false), as: 'made' }, now)
  if (offer.live) await fixContents(tx, tenantId, { offerId, planIds: ids(true), as: 'published' }, now)
}

/** Undefined: at least one of what the plan sells was not recognized with confidence. */
export function itemsOf({ matches, content }: FoundOffer, plan: string): readonly PlanItem[] | undefined {
  const kind = content.pricingModel === 'perUser' ? 'reservation' : 'payAsYouGo'
  const items: PlanItem[] = []
  for (const match of matches.filter(({ planId }) => planId === plan)) {
    if (match.itemId === undefined || match.confidence === 'unsure') return undefined
    items.push({ itemId: itemId.parse(match.itemId), kind, dimension: match.dimension })
  }
  return items.length === 0 ? undefined : items
}
