/** In which of Microsoft's stores an offer can be bought, derived from what it sells. Source: facts on pricing and plans, store placement. */
import { billingTerms } from '../../tenants/model/plan-content.ts'
import type { OfferProposal } from './offer.ts'

export type Store = 'AppSource' | 'Azure Marketplace' | 'Azure portal'

export interface Placement {
  readonly stores: readonly Store[]
  /** Sentences: why so. */
  readonly reasons: readonly string[]
}

const LONG_TERMS = new Set<string>(billingTerms.slice(2))

/** The stores were united in 2025; the rules still say which checkout a buyer meets. */
export function placementOf({ plans, content }: Pick<OfferProposal, 'plans' | 'content'>): Placement {
  const sold = plans.filter((plan) => !plan.content.retired)
  if (sold.length > 0 && sold.every((plan) => plan.content.audience?.kind === 'private')) {
    return { stores: ['Azure portal'], reasons: ['All plans are private: they are shown to their tenants in the Azure portal only.'] }
  }
  const reasons = [
    ...(sold.some((plan) => plan.content.meters.length > 0 || plan.items.some(({ dimension }) => dimension !== undefined))
      ? ['A plan is metered: metered plans are sold in Azure Marketplace only.']
      : []),
    ...(sold.some((plan) => plan.content.terms.some(({ term }) => LONG_TERMS.has(term)))
      ? ['A plan is sold for two years or more: such terms are sold in Azure Marketplace only.']
      : []),
    ...(sold.some((plan) => plan.content.terms.some(({ term, payment }) => term === '1 year' && payment === 'monthly'))
      ? ['A plan of a year is paid monthly: that is sold in Azure Marketplace only.']
      : []),
  ]
  if (reasons.length > 0) return { stores: ['Azure Marketplace'], reasons }
  const categories = Object.keys(content.categories ?? {})
  const why =
    categories.length === 0
      ? 'Its categories, once chosen, decide where it is listed.'
      : `Its categories (${categories.join(', ')}) decide where it is listed.`
  return { stores: ['AppSource', 'Azure Marketplace'], reasons: [why] }
}
