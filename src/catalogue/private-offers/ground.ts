/** Looks at Partner Center for what a draft stands on: its plans as they are sold now, with their prices where they get others. */
import { hasCode } from '../../kit/errors/index.ts'
import { offerId } from '../../kit/ids.ts'
import { isJsonObject } from '../../kit/json.ts'
import type { IngestionProduct, IngestionResource, MicrosoftIngestion } from '../../microsoft/index.ts'
import { type PlanRef, type PrivateOfferDraft, plansOf } from '../rules/private-offers/draft.ts'
import { nameOfPlan, type PlanGround } from '../rules/private-offers/ground.ts'
import { draftProblem, type PrivateOfferProblem } from '../rules/private-offers/problems.ts'
import { type OfferTree, offerTree, textAt } from '../rules/resources/tree.ts'

export interface Grounds {
  readonly grounds: readonly PlanGround[]
  readonly problems: readonly PrivateOfferProblem[]
}

export async function readGrounds(ingestion: MicrosoftIngestion, draft: PrivateOfferDraft): Promise<Grounds> {
  const plans = plansOf(draft)
  const offers = new Map<string, Sold | PrivateOfferProblem>()
  for (const id of new Set(plans.map((plan) => plan.offerId))) offers.set(id, await soldOffer(ingestion, id))
  const found = []
  for (const plan of plans) {
    const sold = offers.get(plan.offerId)
    if (sold && 'product' in sold) found.push(await groundOf(ingestion, plan, sold, draft.pricing.kind !== 'discount'))
  }
  return {
    grounds: found.filter((one) => 'planRef' in one),
    problems: [...[...offers.values()].filter((one) => 'code' in one), ...found.filter((one) => 'code' in one)],
  }
}

interface Sold {
  readonly product: IngestionProduct
  readonly tree: OfferTree
}

async function soldOffer(ingestion: MicrosoftIngestion, id: string): Promise<Sold | PrivateOfferProblem> {
  const read = offerId.safeParse(id)
  const product = read.success ? await ingestion.findProduct(read.data) : undefined
  if (!product) return draftProblem('OFFER_UNKNOWN', { offer: id })
  const live = await ingestion.readTree(product.productId, 'live')
  return live ? { product, tree: offerTree(live.resources) } : draftProblem('OFFER_NOT_LIVE', { offer: id })
}

async function groundOf(
  ingestion: MicrosoftIngestion,
  plan: PlanRef,
  { product: { productId }, tree }: Sold,
  withPrices: boolean,
): Promise<PlanGround | PrivateOfferProblem> {
  const notSold = draftProblem('PLAN_NOT_LIVE', { plan: nameOfPlan(plan) })
  const resource = tree.find('plan', plan.planId)
  if (!resource || textAt(resource, 'lifecycleState') === 'deprecated') return notSold
  const planRef = textAt(resource, 'id')
  const trial = tree.find('price-and-availability-plan', plan.planId)?.['trial']
  const template = withPrices ? await templateOf(ingestion, productId, planRef) : undefined
  if (withPrices && !template) return notSold
  return { plan, productRef: `product/${productId}`, planRef, hasTrial: isJsonObject(trial), template }
}

async function templateOf(
  ingestion: MicrosoftIngestion,
  productId: IngestionProduct['productId'],
  planRef: string,
): Promise<IngestionResource | undefined> {
  try {
    return await ingestion.getPriceTemplate(productId, planRef.split('/').at(-1) ?? '')
  } catch (error) {
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND')) return undefined
    throw error
  }
}
