/** What Microsoft calls each item, as values of Connect's parameters of items in a marketplace. Pure. */
import type { MappingParameters } from '../../../tenants/model/policies.ts'
import type { OfferProposal } from '../offer.ts'

export interface ItemValue {
  /** Its name in the product. */
  readonly parameter: string
  readonly itemId: string
  readonly value: string
}

const KINDS = ['offer', 'plan', 'dimension'] as const

/**
 * Where two kinds share a parameter, the narrower one stands: a metered item is called by its dimension. An item that several plans sell has
 * all of them, with commas, in a steady order. Items nobody mapped have no value.
 */
export function valuesOf(offers: readonly OfferProposal[], names: MappingParameters): readonly ItemValue[] {
  const found = new Map<string, ItemValue>()
  for (const itemId of itemsOf(offers))
    for (const kind of KINDS) {
      const [parameter, called] = [names[kind], calledOf(offers, itemId)[kind]]
      if (parameter !== undefined && called.length > 0)
        found.set(JSON.stringify([parameter, itemId]), { parameter, itemId, value: called.join(',') })
    }
  return [...found.values()]
}

const itemsOf = (offers: readonly OfferProposal[]): readonly string[] =>
  sorted(plansOf(offers).flatMap(({ items }) => items.map(({ id }) => id)))

function calledOf(offers: readonly OfferProposal[], itemId: string): Readonly<Record<(typeof KINDS)[number], readonly string[]>> {
  const selling = plansOf(offers).filter(({ items }) => items.some(({ id }) => id === itemId))
  return {
    offer: sorted(selling.map(({ offer }) => offer)),
    plan: sorted(selling.map(({ plan }) => plan)),
    dimension: sorted(selling.flatMap(({ items }) => items.flatMap(({ id, dimension }) => (id === itemId ? (dimension ?? []) : [])))),
  }
}

const plansOf = (offers: readonly OfferProposal[]) =>
  offers.flatMap(({ id: offer, plans }) =>
    plans.flatMap(({ id: plan, items, content }) => (content.retired ? [] : [{ offer, plan, items }])),
  )

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort()

/** Only what differs is written; what stands where we have nothing to say stays. */
export const differing = (wanted: readonly ItemValue[], present: readonly ItemValue[]): readonly ItemValue[] =>
  wanted.filter(
    ({ parameter, itemId, value }) => !present.some((one) => one.parameter === parameter && one.itemId === itemId && one.value === value),
  )
