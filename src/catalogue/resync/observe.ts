/** Looks at a product in Connect and its plans at Microsoft, beside what is kept of both. Nothing is changed outside. */

import type { ConnectClient } from '../../connect/index.ts'
import type { Db } from '../../database/index.ts'
import { AppError, hasCode } from '../../kit/errors/index.ts'
import { type OfferId, offerId, type ProductId, type TenantId } from '../../kit/ids.ts'
import type { MicrosoftIngestion } from '../../microsoft/index.ts'
import { listFoundPlans, listPlanMappings } from '../../tenants/index.ts'
import { keptOffers } from '../kept-offers.ts'
import { proposeOffers } from '../propose.ts'
import type { Difference, UnmappedPlan } from '../rules/difference.ts'
import type { ProductFacts } from '../rules/facts.ts'
import type { OfferProposal } from '../rules/offer.ts'
import { type OfferTree, offerTree, textAt } from '../rules/resources/tree.ts'
import { resyncReport } from '../rules/resync-report.ts'
import { readSnapshot, type Snapshot } from './snapshot.ts'

export interface ResyncKey {
  readonly tenantId: TenantId
  readonly productId: ProductId
}

export interface ResyncObserveDeps {
  readonly db: Db
  readonly connectFor: (tenantId: TenantId) => Promise<Pick<ConnectClient, 'products' | 'items'>>
  /** @throws AppError `ERR_CREDENTIAL_MISSING` where the publisher gave no Partner Center app */
  readonly ingestionFor: (tenantId: TenantId) => Promise<Pick<MicrosoftIngestion, 'findProduct' | 'readTree'>>
}

export interface ResyncSeen {
  readonly snapshot: Snapshot | undefined
  /** Undefined: Connect does not show it. */
  readonly facts: ProductFacts | undefined
  readonly stored: readonly OfferProposal[]
  readonly next: readonly OfferProposal[]
  readonly differences: readonly Difference[]
}

/** @throws AppError `ERR_PRODUCT_NOT_FOUND` for a product the tenant does not have; ApiError as the calls of both sides do */
export async function observeProduct(
  deps: ResyncObserveDeps,
  { tenantId, productId }: ResyncKey,
  signal?: AbortSignal,
): Promise<ResyncSeen> {
  const { offers: stored } = await keptOffers(deps.db, tenantId, productId)
  const snapshot = await readSnapshot(deps.db, tenantId, productId)
  const proposed = await proposeOffers(deps, tenantId, productId, { picture: false }).catch((error: unknown) => {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return undefined
    throw error
  })
  const now = proposed?.facts
  const next = proposed?.offers ?? []
  const unmapped: UnmappedPlan[] = []
  for (const offer of stored) unmapped.push(...(await unmappedPlans(deps, tenantId, offerId.parse(offer.id), signal)))
  const differences = resyncReport({ before: snapshot?.facts, now, stored, next, unmapped })
  return { snapshot, facts: now, stored, next, differences }
}

/** What subscriptions were found on, and what Partner Center sells: both without what is mapped, archived or recognized. */
async function unmappedPlans(
  deps: ResyncObserveDeps,
  tenantId: TenantId,
  offer: OfferId,
  signal: AbortSignal | undefined,
): Promise<readonly UnmappedPlan[]> {
  const mapped = new Set((await listPlanMappings(deps.db, tenantId, offer)).map(({ planId }) => String(planId)))
  const found = await listFoundPlans(deps.db, tenantId, offer)
  const known = new Set([...mapped, ...found.map(({ planId }) => String(planId))])
  const sold = (await plansInPartnerCenter(deps, tenantId, offer, signal)).filter(({ planId }) => !known.has(planId))
  return [
    ...found
      .filter(({ planId, base }) => base === undefined && !mapped.has(planId))
      .map(({ planId, name, like, reasons }) => ({
        offerId: offer,
        planId,
        name: name ?? planId,
        like,
        reasons: ['A customer has it.', ...reasons],
      })),
    ...sold.map(({ planId, name }) => ({ offerId: offer, planId, name, like: undefined, reasons: ['Partner Center sells it.'] })),
  ]
}

/** Without an app for Partner Center, or a right to it, there is nothing to tell from: subscriptions tell the rest. */
async function plansInPartnerCenter(
  { ingestionFor }: ResyncObserveDeps,
  tenantId: TenantId,
  offer: OfferId,
  signal: AbortSignal | undefined,
): Promise<readonly { readonly planId: string; readonly name: string }[]> {
  try {
    const ingestion = await ingestionFor(tenantId)
    const product = await ingestion.findProduct(offer, signal)
    const tree = product && (await ingestion.readTree(product.productId, 'live', signal))
    return tree ? plansSold(offerTree(tree.resources)) : []
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof AppError) return []
    throw error
  }
}

const plansSold = (tree: OfferTree) =>
  tree.resources.flatMap((one) => {
    const place = tree.placeOf(one)
    if (place?.type !== 'plan' || textAt(one, 'lifecycleState') === 'deprecated') return []
    return [{ planId: place.key, name: textAt(one, 'alias') || place.key }]
  })
