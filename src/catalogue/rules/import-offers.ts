/** Offers made by hand in Partner Center, matched with the product's items. Pure: it proposes, people decide. */
import type { ItemFacts, ProductFacts } from './facts.ts'
import { isSellable } from './facts.ts'
import { slug } from './ids.ts'
import { scheduleOf } from './periods.ts'

/** An offer as its resource tree says. */
export interface OfferAtMicrosoft {
  readonly offerId: string
  readonly pricingModel: 'perUser' | 'flatRate'
  readonly plans: readonly {
    readonly planId: string
    readonly name: string
    /** Our words: `1 month`. */
    readonly terms: readonly string[]
    readonly dimensions: readonly { readonly id: string; readonly name: string }[]
  }[]
}

export type Confidence = 'sure' | 'likely' | 'unsure'

export interface Match {
  readonly offerId: string
  readonly planId: string
  /** Absent: what the flat fee covers, or seats. */
  readonly dimension?: string | undefined
  readonly itemId: string | undefined
  readonly confidence: Confidence
  readonly reasons: readonly string[]
}

/** For each plan, or each of its dimensions, the item it most likely is. One item is matched once within a plan's offer for seats. */
export const importOffers = (offers: readonly OfferAtMicrosoft[], product: ProductFacts): readonly Match[] =>
  offers.flatMap((offer) => {
    const items = product.items.filter((item) => isSellable(item) && (item.type === 'Reservation') === (offer.pricingModel === 'perUser'))
    return offer.plans.flatMap((plan) => {
      const key = { offerId: offer.offerId, planId: plan.planId }
      if (plan.dimensions.length === 0) return [{ ...key, ...best({ id: plan.planId, name: plan.name, terms: plan.terms }, items) }]
      return plan.dimensions.map((dimension) => ({ ...key, dimension: dimension.id, ...best({ ...dimension, terms: [] }, items) }))
    })
  })

interface Thing {
  readonly id: string
  readonly name: string
  readonly terms: readonly string[]
}

function best(thing: Thing, items: readonly ItemFacts[]): Pick<Match, 'itemId' | 'confidence' | 'reasons'> {
  const ranked = items
    .map((item) => ({ item, ...score(thing, item) }))
    .sort((a, b) => b.points - a.points || (a.item.id < b.item.id ? -1 : 1))
  const [first, second] = ranked
  if (!first || (first.points === 0 && items.length > 1))
    return { itemId: undefined, confidence: 'unsure', reasons: ['No item is like it.'] }
  if (items.length === 1)
    return {
      itemId: first.item.id,
      confidence: first.points > 0 ? 'sure' : 'likely',
      reasons: ['It is the only item of its kind.', ...first.reasons],
    }
  const clear = first.points - (second?.points ?? 0)
  const confidence = first.points >= 4 && clear >= 2 ? 'sure' : clear >= 1 ? 'likely' : 'unsure'
  return { itemId: first.item.id, confidence, reasons: [...first.reasons, ...(clear < 1 ? ['Another item is as much like it.'] : [])] }
}

function score({ id, name, terms }: Thing, item: ItemFacts): { readonly points: number; readonly reasons: readonly string[] } {
  const term = scheduleOf(item).schedule?.term
  const found: readonly (readonly [boolean, number, string])[] = [
    [same(name, item.name), 4, 'It has the item’s name.'],
    [!same(name, item.name) && shared(name, item.name) >= 0.5, 2, 'Its name shares most words with the item’s.'],
    [
      [item.mpn, item.localId, item.name].some((text) => text !== undefined && slug(text) === slug(id)),
      3,
      'Its id is made of the item’s name or number.',
    ],
    [term !== undefined && terms.includes(term), 1, `It is sold for ${term}, the item’s period.`],
    [term !== undefined && terms.length > 0 && !terms.includes(term), -2, `It is not sold for ${term}, the item’s period.`],
  ]
  const said = found.filter(([is]) => is)
  return {
    points: Math.max(
      0,
      said.reduce((sum, [, points]) => sum + points, 0),
    ),
    reasons: said.map(([, , reason]) => reason),
  }
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
const same = (a: string, b: string): boolean => [...wordsOf(a)].join(' ') === [...wordsOf(b)].join(' ')
const shared = (a: string, b: string): number => {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  return left.size === 0 || right.size === 0 ? 0 : [...left].filter((word) => right.has(word)).length / Math.max(left.size, right.size)
}
