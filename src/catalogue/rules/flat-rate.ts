/** Pay-as-you-go items: one flat-rate plan, with a dimension for each item when there are several. */
import type { OfferDimension } from '../../tenants/model/offer-content.ts'
import type { BillingTerm, PlanMeter } from '../../tenants/model/plan-content.ts'
import type { ItemFacts } from './facts.ts'
import { deriveIds } from './ids.ts'
import type { OfferItem, OfferPlan } from './offer.ts'
import { planListing } from './offer-texts.ts'
import { marketsOf, type PlanContext } from './per-user.ts'
import { scheduleOf } from './periods.ts'
import { type Problem, problem } from './problems.ts'

interface FlatRate {
  readonly plans: readonly OfferPlan[]
  readonly dimensions: OfferDimension[]
  readonly problems: readonly Problem[]
}

/**
 * One item: the flat fee covers it. Several: each is a dimension. A plan that exists at Microsoft is never remodeled, for those who bought it
 * keep what they bought: when the product grows, a new plan sells all items.
 */
export function flatRatePlans(context: PlanContext): FlatRate {
  const { known, items } = context
  const kept = (known?.plans ?? []).filter((plan) => plan.made || covers(plan, items))
  const current = kept.find((plan) => !plan.content.retired && covers(plan, items))
  if (items.length === 0 || current) return { plans: kept, dimensions: [...(known?.content.dimensions ?? [])], problems: [] }
  const dimensions = dimensionsOf(context)
  const plan = planOf(context, dimensions, new Set(kept.map(({ id }) => id)))
  const grown = kept.filter((old) => !old.content.retired)
  return {
    plans: [...kept, plan],
    dimensions: merged(known?.content.dimensions ?? [], dimensions),
    problems: [
      ...grown.map((old) =>
        problem('NEW_PLAN_FOR_ITEMS', `plan ${known?.id ?? ''} / ${old.id}`, { plan: old.name, items: namesOf(items) }),
      ),
      ...periodProblems(context),
    ],
  }
}

/** It sells every item there is. One that sells more (a retired item among them) still does. */
const covers = (plan: OfferPlan, items: readonly ItemFacts[]): boolean =>
  items.every(({ id }) => plan.items.some((item) => item.id === id)) &&
  (items.length < 2 || plan.items.some(({ dimension }) => dimension !== undefined))

interface ItemDimension extends OfferDimension {
  readonly item: ItemFacts
}

/** None for a single item: the flat fee covers it. */
function dimensionsOf({ items, known }: PlanContext): readonly ItemDimension[] {
  if (items.length < 2) return []
  const stored = new Map(
    known?.plans.flatMap((plan) => plan.items.flatMap(({ id, dimension }) => (dimension === undefined ? [] : [[id, dimension] as const]))),
  )
  const declared = known?.content.dimensions ?? []
  const fresh = items.filter(({ id }) => !stored.has(id)).map(({ id, name }) => ({ key: id, name }))
  const ids = deriveIds(fresh, new Set([...declared.map(({ id }) => id), ...stored.values()]), 'dimension')
  return items.map((item) => ({
    item,
    id: stored.get(item.id) ?? ids.get(item.id) ?? item.id,
    name: item.name.trim() || item.id,
    unit: item.unit?.trim() || 'unit',
  }))
}

const merged = (known: readonly OfferDimension[], fresh: readonly ItemDimension[]): OfferDimension[] => [
  ...known,
  ...fresh.filter(({ id }) => !known.some((one) => one.id === id)).map(({ id, name, unit }) => ({ id, name, unit })),
]

function planOf({ product, settings, items }: PlanContext, dimensions: readonly ItemDimension[], taken: ReadonlySet<string>): OfferPlan {
  const [first] = items
  const name = items.length === 1 && first ? first.name.trim() : 'Pay as you go'
  const key = first?.id ?? product.id
  const sold = items.map(({ id }): OfferItem => ({ id, kind: 'payAsYouGo', dimension: dimensions.find(({ item }) => item.id === id)?.id }))
  const meters: PlanMeter[] = dimensions.map(({ id }) => ({ dimension: id, included: [] }))
  return {
    id: deriveIds([{ key, name }], taken, 'plan').get(key) ?? 'pay-as-you-go',
    name: name || 'Pay as you go',
    made: false,
    items: sold,
    content: {
      listings: first ? [planListing(product, items.length === 1 ? first : undefined, settings.language)] : [],
      terms: [{ term: commonTerm(items) ?? '1 month', payment: 'upfront' }],
      markets: marketsOf(settings),
      audience: { kind: 'public', tenants: [] },
      meters,
      retired: false,
    },
  }
}

const termsOf = (items: readonly ItemFacts[]): readonly BillingTerm[] => [
  ...new Set(items.flatMap((item) => scheduleOf(item).schedule?.term ?? [])),
]
const commonTerm = (items: readonly ItemFacts[]): BillingTerm | undefined => {
  const [term, ...others] = termsOf(items)
  return others.length === 0 ? term : undefined
}

const periodProblems = ({ product, items }: PlanContext): readonly Problem[] => {
  const periods = termsOf(items)
  return periods.length > 1 ? [problem('PERIODS_DIFFER', `product ${product.id}`, { periods: periods.join(', ') })] : []
}

const namesOf = (items: readonly ItemFacts[]): string => items.map(({ name }) => `“${name}”`).join(', ')
