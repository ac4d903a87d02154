/** Everything a publisher wants of an offer, as resources of Microsoft's. What the content leaves out is not among them. */
import { customerLeads } from './leads.ts'
import { assets, listing } from './listings.ts'
import { meters, previewAudience, product, property, reseller, setup, technical } from './offer-parts.ts'
import { planResources } from './plans.ts'
import type { OfferTree } from './tree.ts'
import type { DesiredResource, WantedOffer, WantedPlan } from './wanted.ts'

/** @param live what buyers see now; undefined while the offer is not published. */
export function desiredResources(offer: WantedOffer, live: OfferTree | undefined): readonly DesiredResource[] {
  const { content, files } = offer
  return [
    product(offer),
    setup(offer),
    property(offer),
    ...content.listings.flatMap((one) => [listing(one), ...assets(files, one.language)]),
    ...(offer.technical ? [technical(offer.technical)] : []),
    ...(content.previewAudience ? [previewAudience(content.previewAudience)] : []),
    ...(content.dimensions.length > 0 ? [meters(content)] : []),
    ...plansToWrite(offer, live).flatMap((plan) => planResources(offer, plan, live?.find('price-and-availability-plan', plan.planId))),
    ...(content.resellers ? [reseller(content.resellers)] : []),
    ...(content.leads ? [customerLeads(content.leads, offer.newLeadSecret)] : []),
  ]
}

/** A plan that is not sold any more and never was needs not be made. */
const plansToWrite = (offer: WantedOffer, live: OfferTree | undefined): readonly WantedPlan[] =>
  offer.plans.filter(({ planId, content }) => !content.retired || live?.find('plan', planId) !== undefined)
