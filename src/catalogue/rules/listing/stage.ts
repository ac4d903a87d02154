/** How far offers are at Microsoft, told from what is published there. Pure. */
import { type OfferTree, textAt } from '../resources/tree.ts'
import type { OfferStage } from './view.ts'

/** An offer as it is kept, and what Microsoft has published of it. */
export interface PublishedOffer {
  readonly plans: readonly { readonly id: string; readonly retired: boolean }[]
  /** Undefined: never published there. */
  readonly preview: OfferTree | undefined
  readonly live: OfferTree | undefined
  /** The sale of the whole offer was ended. */
  readonly ended: boolean
}

/** The stage of the offer that is least far; `none` without any. */
export const stageOf = (offers: readonly PublishedOffer[]): OfferStage =>
  offers.length === 0 || offers.some((offer) => !has(offer, 'preview') && !has(offer, 'live'))
    ? 'none'
    : offers.every((offer) => has(offer, 'live'))
      ? 'live'
      : 'preview'

/** Every plan that is sold is there, and none that is retired is sold any more. */
function has(offer: PublishedOffer, target: 'preview' | 'live'): boolean {
  const tree = offer[target]
  if (!tree || offer.ended) return false
  return offer.plans.every(({ id, retired }) => isSoldIn(tree, id) === !retired)
}

function isSoldIn(tree: OfferTree, planId: string): boolean {
  const plan = tree.find('plan', planId)
  return plan !== undefined && textAt(plan, 'lifecycleState') !== 'deprecated'
}

/** Some plan can be bought by everybody. */
export const isOffered = (offers: readonly PublishedOffer[]): boolean =>
  offers.some(({ live, ended }) => live !== undefined && !ended && plansOf(live).some((id) => isSoldIn(live, id)))

const plansOf = (tree: OfferTree): readonly string[] =>
  tree.resources.flatMap((one) => {
    const place = tree.placeOf(one)
    return place?.type === 'plan' ? [place.key] : []
  })
