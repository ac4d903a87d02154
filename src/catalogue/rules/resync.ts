/** What a new version of the product, or a new plan at Microsoft, means for offers that stand. Pure. */
import type { ProductFacts } from './facts.ts'
import { isSellable } from './facts.ts'
import type { OfferPlan, OfferProposal } from './offer.ts'

export type Resynced =
  /** An item no plan sold before; it is in these plans of the new proposal (none: a problem says why). */
  | { readonly kind: 'newItem'; readonly itemId: string; readonly name: string; readonly plans: readonly string[] }
  /** No longer sold by Connect, but by these plans. */
  | { readonly kind: 'retiredItem'; readonly itemId: string; readonly name: string; readonly plans: readonly string[] }
  /** Not in the product any more, or not shown. */
  | { readonly kind: 'lostItem'; readonly itemId: string; readonly plans: readonly string[] }
  /** The plan sells nothing that can be sold: retire it. */
  | { readonly kind: 'planToRetire'; readonly plan: string }
  | { readonly kind: 'newPlan'; readonly plan: string; readonly items: readonly string[] }

const labelOf = (offer: Pick<OfferProposal, 'id'>, plan: Pick<OfferPlan, 'id'>): string => `${offer.id} / ${plan.id}`

/** @param stored what is kept @param next `offersFor` of the new facts, with `stored` as known */
export function resync(stored: readonly OfferProposal[], facts: ProductFacts, next: readonly OfferProposal[]): readonly Resynced[] {
  const before = plansByItem(stored)
  const after = plansByItem(next)
  const items = new Map(facts.items.map((item) => [String(item.id), item]))
  const gone = new Set([...before.keys()].filter((id) => !items.get(id) || items.get(id)?.status === 'endofsale'))
  return [
    ...facts.items
      .filter((item) => isSellable(item) && !before.has(item.id))
      .map(({ id, name }): Resynced => ({ kind: 'newItem', itemId: id, name, plans: after.get(id) ?? [] })),
    ...[...gone].map((id): Resynced => {
      const item = items.get(id)
      const plans = before.get(id) ?? []
      return item ? { kind: 'retiredItem', itemId: id, name: item.name, plans } : { kind: 'lostItem', itemId: id, plans }
    }),
    ...stored.flatMap((offer) =>
      offer.plans.filter((plan) => toRetire(plan, gone)).map((plan): Resynced => ({ kind: 'planToRetire', plan: labelOf(offer, plan) })),
    ),
    ...next.flatMap((offer) => {
      const known = new Set(stored.find(({ id }) => id === offer.id)?.plans.map(({ id }) => id))
      return offer.plans
        .filter(({ id }) => !known.has(id))
        .map((plan): Resynced => ({ kind: 'newPlan', plan: labelOf(offer, plan), items: plan.items.map(({ id }) => id) }))
    }),
  ]
}

const toRetire = ({ items, content }: OfferPlan, gone: ReadonlySet<string>): boolean =>
  !content.retired && items.length > 0 && items.every(({ id }) => gone.has(id))

function plansByItem(offers: readonly OfferProposal[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const offer of offers)
    for (const plan of offer.plans) for (const { id } of plan.items) found.set(id, [...(found.get(id) ?? []), labelOf(offer, plan)])
  return found
}

/** A plan as Microsoft shows it. */
export interface PlanAtMicrosoft {
  readonly planId: string
  readonly displayName: string
  readonly isPricePerSeat?: boolean | undefined
  readonly dimensions: readonly { readonly id: string }[]
  /** Private offers it was made for. */
  readonly sourceOfferIds: readonly string[]
}

export interface UnknownPlan {
  readonly planId: string
  readonly name: string
  /** `privateOffer`: a plan customized for one customer; it is made of what its base plan is made of. */
  readonly kind: 'privateOffer' | 'byHand'
  /** The plan of ours it looks like; what is proposed to map it as. */
  readonly like: string | undefined
  readonly reasons: readonly string[]
}

/** Plans Microsoft shows that nobody mapped: a purchase of one would wait for an operator. */
export function unknownPlans(offer: OfferProposal, shown: readonly PlanAtMicrosoft[]): readonly UnknownPlan[] {
  return shown
    .filter(({ planId }) => !offer.plans.some(({ id }) => id === planId))
    .map((plan) => {
      const customized = plan.sourceOfferIds.length > 0
      const { like, reasons } = likest(offer, plan)
      const from = customized ? [`It comes from the private offer ${plan.sourceOfferIds.join(', ')}.`] : []
      return {
        planId: plan.planId,
        name: plan.displayName,
        kind: customized ? ('privateOffer' as const) : ('byHand' as const),
        like,
        reasons: [...from, ...reasons],
      }
    })
}

function likest(offer: OfferProposal, plan: PlanAtMicrosoft): { readonly like: string | undefined; readonly reasons: readonly string[] } {
  const named = offer.plans.filter(({ name }) => same(name, plan.displayName))
  const [byName] = named
  if (byName && named.length === 1) return { like: byName.id, reasons: [`It has the name of the plan ${byName.id}.`] }
  const metered = new Set(plan.dimensions.map(({ id }) => id))
  const byDimensions = offer.plans.filter(
    ({ items }) => metered.size > 0 && sameSet(metered, new Set(items.flatMap(({ dimension }) => dimension ?? []))),
  )
  const [one] = byDimensions
  if (one && byDimensions.length === 1) return { like: one.id, reasons: [`It meters what the plan ${one.id} meters.`] }
  const [single] = offer.plans
  if (single && offer.plans.length === 1) return { like: single.id, reasons: ['The offer has no other plan.'] }
  return { like: undefined, reasons: ['No plan of the offer is like it: map it by hand.'] }
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()
const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((one) => b.has(one))
