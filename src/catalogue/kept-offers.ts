/** The offers of a product as they are kept, in the words of the rules; and keeping a proposal. */

import type { Db, Tx } from '../database/index.ts'
import { inTransaction, type Keyring } from '../database/index.ts'
import { itemId, type OfferId, offerId, type ProductId, planId, type TenantId } from '../kit/ids.ts'
import type { Clock, Instant } from '../kit/time.ts'
import {
  getOfferContent,
  keepFile,
  listOffers,
  listPlanMappings,
  type OfferContent,
  type OfferContentOf,
  offerContentToKeep,
  openLeadSecret,
  type PlanContentOf,
  type PlanMapping,
  planContent,
  planContentsOfOffer,
  saveOffer,
  saveOfferContent,
  savePlanContent,
  savePlanMapping,
} from '../tenants/index.ts'
import { saveSnapshot } from './resync/snapshot.ts'
import type { ProductFacts } from './rules/facts.ts'
import type { OfferPlan, OfferProposal } from './rules/offer.ts'

export interface KeptOffers {
  readonly offers: readonly OfferProposal[]
  /** Offer ids the publisher's other products have, archived ones included. */
  readonly takenOfferIds: readonly string[]
}

export async function keptOffers(db: Db, tenantId: TenantId, productId: ProductId): Promise<KeptOffers> {
  const all = await listOffers(db, tenantId)
  const offers: OfferProposal[] = []
  for (const { id, name, productId: owner, status } of all) {
    if (owner !== productId || status !== 'active') continue
    const mappings = (await listPlanMappings(db, tenantId, id)).filter((plan) => plan.status === 'active')
    const stored = await getOfferContent(db, tenantId, id)
    offers.push(keptOffer(id, name, stored, mappings, await planContentsOfOffer(db, tenantId, id)))
  }
  return { offers, takenOfferIds: all.filter(({ id }) => !offers.some((offer) => offer.id === id)).map(({ id }) => id) }
}

/** An offer that was only mapped was made by hand in Partner Center: it exists, and nothing of its content is ours. */
function keptOffer(
  id: string,
  name: string | undefined,
  stored: OfferContentOf | undefined,
  mappings: readonly PlanMapping[],
  contents: readonly PlanContentOf[],
): OfferProposal {
  const plans = mappings.map((mapping): OfferPlan => {
    const content = contents.find((one) => one.planId === mapping.planId)
    return {
      id: mapping.planId,
      name: mapping.name ?? mapping.planId,
      items: mapping.items.map(({ itemId, kind, dimension }) => ({ id: itemId, kind, dimension })),
      content: content?.content ?? planContent.parse({}),
      made: content === undefined || content.madeAt !== undefined,
    }
  })
  return {
    id,
    name: name ?? id,
    plans,
    made: stored === undefined || stored.madeAt !== undefined,
    content: stored?.content ?? onlyMapped(mappings),
  }
}

function onlyMapped(mappings: readonly PlanMapping[]): OfferContent {
  const items = mappings.flatMap((plan) => plan.items)
  const dimensions = [...new Set(items.flatMap(({ dimension }) => dimension ?? []))]
  return {
    pricingModel: items.some(({ kind }) => kind === 'payAsYouGo') ? 'flatRate' : 'perUser',
    listings: [],
    dimensions: dimensions.map((id) => ({ id, name: id, unit: 'unit' })),
  }
}

export interface KeepDeps {
  readonly db: Db
  readonly keyring: Keyring
  readonly clock: Clock
  /** In the same transaction: to wake what waited for a mapping. */
  readonly onChange?: (tx: Tx) => Promise<void>
}

/** The product it was made from, and who took it over. */
export interface TakenOver {
  readonly facts: ProductFacts
  readonly by: string
}

/** Keeps a proposal: offers, plan map and content at once, and the product as it is now. Offers and plans that exist at Microsoft are left as they are. */
export const keepProposal = (
  deps: KeepDeps,
  tenantId: TenantId,
  productId: ProductId,
  offers: readonly OfferProposal[],
  taken?: TakenOver,
): Promise<void> =>
  inTransaction(deps.db, async (tx) => {
    await keepOffers(tx, deps, tenantId, productId, offers)
    if (taken) await saveSnapshot(tx, tenantId, taken.facts, taken.by, deps.clock.now())
    await deps.onChange?.(tx)
  })

/** In the caller's transaction. */
export async function keepOffers(
  tx: Tx,
  deps: Pick<KeepDeps, 'keyring' | 'clock'>,
  tenantId: TenantId,
  productId: ProductId,
  offers: readonly OfferProposal[],
): Promise<void> {
  for (const offer of offers) if (!offer.made || offer.plans.some(({ made }) => !made)) await keep(tx, deps, tenantId, productId, offer)
}

async function keep(
  tx: Tx,
  { keyring, clock }: Pick<KeepDeps, 'keyring' | 'clock'>,
  tenantId: TenantId,
  productId: ProductId,
  offer: OfferProposal,
): Promise<void> {
  const now = clock.now()
  const id = offerId.parse(offer.id)
  const before = await getOfferContent(tx, tenantId, id)
  const isOnlyMapped = offer.made && before === undefined // its content is Partner Center's, and stays so
  await saveOffer(tx, { tenantId, id, productId, name: offer.name, status: 'active' }, now)
  if (!isOnlyMapped) {
    const leadSecret = before && openLeadSecret(keyring, tenantId, before)
    const { content, files } = offerContentToKeep(id, offer.content)
    for (const file of files) await keepFile(tx, tenantId, file, now)
    await saveOfferContent(tx, keyring, tenantId, { offerId: id, content, leadSecret }, now)
  }
  await archiveReplaced(tx, tenantId, id, offer, now)
  for (const plan of offer.plans) {
    if (plan.made) continue
    const key = { offerId: id, planId: planId.parse(plan.id) }
    const items = plan.items.map((item) => ({ itemId: itemId.parse(item.id), kind: item.kind, dimension: item.dimension }))
    await savePlanMapping(tx, tenantId, { ...key, name: plan.name, items, status: 'active' }, now)
    if (!isOnlyMapped) await savePlanContent(tx, tenantId, { ...key, content: plan.content }, now)
  }
}

/** A draft of a plan that the proposal models anew: it never was at Microsoft. */
async function archiveReplaced(tx: Tx, tenantId: TenantId, id: OfferId, { plans }: OfferProposal, now: Instant): Promise<void> {
  const contents = await planContentsOfOffer(tx, tenantId, id)
  for (const mapping of await listPlanMappings(tx, tenantId, id)) {
    const content = contents.find(({ planId }) => planId === mapping.planId)
    const isDraft = content !== undefined && content.madeAt === undefined
    if (isDraft && mapping.status === 'active' && !plans.some((plan) => plan.id === mapping.planId))
      await savePlanMapping(tx, tenantId, { ...mapping, status: 'archived' }, now)
  }
}
