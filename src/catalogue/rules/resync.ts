/** What a new version of the product means for offers that stand. Pure. */
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
