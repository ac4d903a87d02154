/** Reservation items: one per-user plan each. */
import type { PlanTerm } from '../../tenants/model/plan-content.ts'
import type { ItemFacts, ProductFacts } from './facts.ts'
import { deriveIds } from './ids.ts'
import type { OfferPlan, OfferProposal } from './offer.ts'
import { planListing } from './offer-texts.ts'
import { itemSubject, scheduleOf } from './periods.ts'
import { type Problem, problem } from './problems.ts'
import type { OfferSettings } from './settings.ts'

export interface PlanContext {
  readonly product: ProductFacts
  readonly settings: OfferSettings
  readonly known: OfferProposal | undefined
  /** To be sold, in the vendor’s order. */
  readonly items: readonly ItemFacts[]
}

/**
 * One plan per item. The same thing for different periods is several items at Connect, and stays several plans: an order names an item, and
 * Microsoft’s plan is what says which. Merged by the publisher’s wish, they are terms of the first one’s plan.
 */
export function perUserPlans(context: PlanContext): { readonly plans: readonly OfferPlan[]; readonly problems: readonly Problem[] } {
  const { known, settings, items } = context
  const kept = known?.plans ?? []
  const has = new Set(kept.flatMap((plan) => plan.items.map(({ id }) => id)))
  const fresh = items.filter(({ id }) => !has.has(id))
  const families = familiesOf(fresh)
  const heads = settings.mergePeriods ? families : families.flatMap((family) => family.map((item) => [item]))
  const named = heads.map((family) => ({ family, ...namedBy(family, fresh) }))
  const ids = deriveIds(named, new Set(kept.map(({ id }) => id)), 'plan')
  const plans = named.map(({ family, key, name }) => planOf(context, family, name, ids.get(key) ?? key))
  return { plans: [...kept, ...plans], problems: families.flatMap((family) => familyProblems(family, settings.mergePeriods)) }
}

/** Items of one group and name that differ by their schedule. */
function familiesOf(items: readonly ItemFacts[]): readonly (readonly [ItemFacts, ...ItemFacts[]])[] {
  const families: [ItemFacts, ...ItemFacts[]][] = []
  for (const item of items) {
    const family = families.find(([first, ...others]) => sameThing(first, item) && ![first, ...others].some((one) => sameTerm(one, item)))
    if (family) family.push(item)
    else families.push([item])
  }
  return families
}

const PERIOD_WORDS = /[\s,(–-]*\b(per |billed )?(month(ly)?|annual(ly)?|year(ly)?|\d+[- ]years?|\d+[- ]months?)\b\)?/gi
const bare = (name: string): string => name.replaceAll(PERIOD_WORDS, '').trim().toLowerCase()
const sameThing = (a: ItemFacts, b: ItemFacts): boolean =>
  a.groupId === b.groupId && a.unit === b.unit && bare(a.name) !== '' && bare(a.name) === bare(b.name)
const termOf = (item: ItemFacts): string | undefined => scheduleOf(item).schedule?.term
const sameTerm = (a: ItemFacts, b: ItemFacts): boolean => termOf(a) === termOf(b)

/** The first item's name; with its term where another item has the same name. */
function namedBy(
  [item]: readonly [ItemFacts, ...ItemFacts[]] | readonly ItemFacts[],
  all: readonly ItemFacts[],
): { readonly key: string; readonly name: string } {
  if (!item) return { key: 'none', name: 'none' }
  const alike = all.some((other) => other.id !== item.id && other.name.trim() === item.name.trim() && !sameTerm(other, item))
  return { key: item.id, name: alike ? `${item.name.trim()} (${termOf(item)})` : item.name.trim() }
}

function planOf({ product, settings }: PlanContext, family: readonly ItemFacts[], name: string, id: string): OfferPlan {
  const [item] = family
  const terms = family.flatMap((one): readonly PlanTerm[] => {
    const { schedule } = scheduleOf(one)
    return schedule ? [{ ...schedule }] : []
  })
  const listings = item ? [planListing(product, item, settings.language)] : []
  return {
    id,
    name: name || id,
    made: false,
    items: item ? [{ id: item.id, kind: 'reservation' }] : [],
    content: {
      listings,
      terms,
      markets: marketsOf(settings),
      trial: 'none',
      audience: { kind: 'public', tenants: [] },
      meters: [],
      retired: false,
    },
  }
}

export const marketsOf = ({ countries }: OfferSettings): 'taxRemitted' | string[] =>
  countries === undefined || countries.length === 0 ? 'taxRemitted' : countries.map((country) => country.toLowerCase())

function familyProblems([item, ...others]: readonly ItemFacts[], merged: boolean): readonly Problem[] {
  if (!item || others.length === 0) return []
  const items = [item, ...others].map(({ name, id }) => `“${name}” (${id})`).join(', ')
  return [problem(merged ? 'PERIODS_MERGED' : 'PERIODS_ARE_PLANS', itemSubject(item), { items, item: item.name })]
}
