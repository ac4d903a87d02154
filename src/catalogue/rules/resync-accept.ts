/** The offers as they are once a re-synchronization is accepted. Pure. */
import type { ProductFacts } from './facts.ts'
import type { OfferPlan, OfferProposal } from './offer.ts'
import { productChanges } from './product-changes.ts'
import { resync } from './resync.ts'
import { isNamedAfter } from './resync-words.ts'

export interface Taking {
  /** Plans that nothing is left to sell in are retired, too. */
  readonly retire: boolean
}

export interface ToAccept {
  readonly before: ProductFacts | undefined
  readonly now: ProductFacts
  readonly stored: readonly OfferProposal[]
  readonly next: readonly OfferProposal[]
}

export interface Accepted {
  /** To keep: with what is new. */
  readonly offers: readonly OfferProposal[]
  /** Plans that stand and get another name, or are retired. */
  readonly changed: readonly { readonly offer: OfferProposal; readonly plan: OfferPlan }[]
}

export function acceptedOffers({ before, now, stored, next }: ToAccept, { retire }: Taking): Accepted {
  const renamed = (before ? productChanges(before, now) : []).flatMap((one) => (one.kind === 'itemRenamed' ? [one] : []))
  const ended = new Set(retire ? resync(stored, now, next).flatMap((one) => (one.kind === 'planToRetire' ? [one.plan] : [])) : [])
  const after = (offer: OfferProposal, plan: OfferPlan): OfferPlan => {
    const name = renamed.find(({ itemId, from }) => isNamedAfter(plan, itemId, from))
    const called = name ? withName(plan, name.from.trim(), name.to.trim()) : plan
    return ended.has(`${offer.id} / ${plan.id}`) ? { ...called, content: { ...called.content, retired: true } } : called
  }
  const offers = next.map((offer) => ({ ...offer, plans: offer.plans.map((plan) => after(offer, plan)) }))
  const changed = offers.flatMap((offer, index) =>
    offer.plans.flatMap((plan, at) => (plan.made && plan !== next[index]?.plans[at] ? [{ offer, plan }] : [])),
  )
  return { offers, changed }
}

/** A name nobody chose follows the vendor's, in the plan's page as well. */
const withName = (plan: OfferPlan, from: string, to: string): OfferPlan => ({
  ...plan,
  name: to || plan.name,
  content: {
    ...plan.content,
    listings: plan.content.listings.map((page) => (page.name === from ? { ...page, name: to || page.name } : page)),
  },
})
