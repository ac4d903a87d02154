/** What Microsoft never lets change of an offer that exists there. Pure. */
import type { OfferId, PlanId } from '../../kit/ids.ts'
import type { Offer, PlanMapping } from '../types.ts'
import type { DesiredTenant, Placed } from './desired.ts'
import type { DesiredOfferContent } from './desired-contents.ts'
import type { SetupFault } from './faults.ts'
import { type CurrentContents, type StoredOfferContent, samePlan } from './plan-contents.ts'

interface Current extends CurrentContents {
  readonly offers: readonly Offer[]
  readonly plans: readonly PlanMapping[]
}

/** Ids of what exists at Microsoft, and the pricing model of what was published, are fixed there. */
export const fixedFaults = (desired: DesiredTenant, current: Current | undefined): readonly SetupFault[] =>
  current === undefined
    ? []
    : [
        ...renamedOffers(desired, current),
        ...renamedPlans(desired, current),
        ...changedModels(desired, current.offerContents),
        ...droppedPublished(desired, current.offerContents),
      ]

function renamedOffers(desired: DesiredTenant, current: Current): readonly SetupFault[] {
  const listed = new Set(desired.products.map(({ value }) => value.id))
  const gone = current.offers.filter(
    ({ id, productId }) =>
      listed.has(productId) &&
      current.offerContents.some(({ offerId, madeAt }) => offerId === id && madeAt !== undefined) &&
      !desired.offers.some(({ value }) => value.id === id),
  )
  const added = desired.offers.filter(({ value }) => !current.offers.some(({ id }) => id === value.id))
  return gone.flatMap((offer) => {
    const items = itemsOf(current.plans.filter(({ offerId }) => offerId === offer.id))
    const renamed = added.find(({ value }) => sells(desired, value, offer, items))
    return renamed ? [{ path: renamed.path, message: renamedOffer(offer.id) }] : []
  })
}

const sells = (desired: DesiredTenant, added: Offer, gone: Offer, items: ReadonlySet<string>): boolean =>
  added.productId === gone.productId &&
  desired.plans.some(({ value }) => value.offerId === added.id && value.items.some(({ itemId }) => items.has(itemId)))

function renamedPlans(desired: DesiredTenant, current: Current): readonly SetupFault[] {
  const ruled = new Set(desired.offers.map(({ value }) => value.id))
  const wanted = desired.plans.map(({ value }) => value)
  const gone = current.plans.filter(
    (plan) =>
      ruled.has(plan.offerId) &&
      current.planContents.some((content) => samePlan(content, plan) && content.madeAt !== undefined) &&
      !wanted.some((other) => samePlan(other, plan)),
  )
  const added = desired.plans.filter(({ value }) => !current.plans.some((stored) => samePlan(stored, value)))
  return gone.flatMap((plan) => {
    const renamed = added.find(({ value }) => value.offerId === plan.offerId && sameItems(value, plan))
    return renamed ? [{ path: renamed.path, message: renamedPlan(plan.planId) }] : []
  })
}

const renamedOffer = (id: OfferId): string =>
  `the offer id ${id} is fixed: the offer exists at Microsoft, which never renames one. List it again under its id; a new offer may stand beside it`

const renamedPlan = (id: PlanId): string =>
  `the plan id ${id} is fixed: the plan exists at Microsoft, which never renames one. List it again under its id, with catalogue.retired: true if this one replaces it`

const changedModels = (desired: DesiredTenant, current: readonly StoredOfferContent[]): readonly SetupFault[] =>
  desired.offerContents.flatMap(({ value, path }: Placed<DesiredOfferContent>) => {
    const before = current.find(({ offerId }) => offerId === value.offerId)
    if (before?.publishedAt === undefined || before.content.pricingModel === value.content.pricingModel) return []
    const message = `is fixed: the offer was published as ${before.content.pricingModel}, and Microsoft never changes that; make a new offer`
    return [{ path: [...path, 'pricingModel'], message }]
  })

/** With the content the bridge would forget which ids and which pricing model Microsoft holds it to. */
const droppedPublished = (desired: DesiredTenant, current: readonly StoredOfferContent[]): readonly SetupFault[] =>
  desired.handmade.flatMap(({ value, path }) => {
    if (!current.some(({ offerId, publishedAt }) => offerId === value && publishedAt !== undefined)) return []
    const message =
      'the offer is published, and its stored catalogue keeps what is fixed there: leave handmade out. Without publish the bridge sends nothing of it, and bridge offer import reads what Partner Center has'
    return [{ path, message }]
  })

const itemsOf = (plans: readonly PlanMapping[]): ReadonlySet<string> =>
  new Set(plans.flatMap(({ items }) => items.map(({ itemId }) => itemId)))

const sameItems = (a: PlanMapping, b: PlanMapping): boolean => [...itemsOf([a])].sort().join('\n') === [...itemsOf([b])].sort().join('\n')
