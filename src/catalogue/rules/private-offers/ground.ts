/** What a draft stands on: the plans as they are sold now, and what of the draft they rule out. Pure. */
import { isJsonObject, type JsonObject } from '../../../kit/json.ts'
import type { IngestionResource } from '../../../microsoft/ingestion/resource.ts'
import { billingTermOf } from '../../../tenants/model/plan-content.ts'
import { valueAt } from '../resources/claim.ts'
import type { DraftPricing, OwnPrice, PlanRef } from './draft.ts'
import { draftProblem, type PrivateOfferProblem } from './problems.ts'

export interface PlanGround {
  readonly plan: PlanRef
  /** `product/<guid>`. */
  readonly productRef: string
  /** `plan/<guid>/<guid>`. */
  readonly planRef: string
  readonly hasTrial: boolean
  /** The plan's prices in the form private offers take them; undefined where they were not asked for. */
  readonly template: IngestionResource | undefined
}

export const nameOfPlan = ({ offerId, planId }: PlanRef): string => `${offerId}/${planId}`

const RECURRENT = ['pricing', 'recurrentPrice'] as const
const METERS = ['pricing', 'customMeters'] as const

export const termsOf = (template: JsonObject | undefined): readonly JsonObject[] => {
  const prices = valueAt(template, [...RECURRENT, 'prices'])
  return Array.isArray(prices) ? prices.filter(isJsonObject) : []
}

export const metersOf = (template: JsonObject | undefined): JsonObject => {
  const meters = valueAt(template, [...METERS, 'meters'])
  return isJsonObject(meters) ? meters : {}
}

/** `1 year`; a term nobody here knows as Microsoft writes it. */
export function termName({ billingTerm }: JsonObject): string {
  if (!isJsonObject(billingTerm)) return ''
  const { type, value } = billingTerm
  return (typeof type === 'string' && typeof value === 'number' ? billingTermOf({ type, value }) : undefined) ?? `${value} ${type}`
}

export const isPerMarket = (template: JsonObject | undefined, of: 'terms' | 'meters'): boolean =>
  valueAt(template, [...(of === 'terms' ? RECURRENT : METERS), 'priceInputOption']) === 'perMarket'

export function checkGround(pricing: DraftPricing, { plan, hasTrial, template }: PlanGround): readonly PrivateOfferProblem[] {
  if (pricing.kind === 'discount') return []
  const of = nameOfPlan(plan)
  const [terms, meters] = [termsOf(template).map(termName), Object.keys(metersOf(template))]
  return [
    ...(pricing.kind === 'ownPrice' && hasTrial ? [draftProblem('PLAN_WITH_TRIAL', { plan: of })] : []),
    ...strangers(pricing.terms, terms).map((term) => draftProblem('TERM_NOT_SOLD', { plan: of, of: term, sold: listed(terms) })),
    ...strangers(pricing.meters, meters).map((meter) => draftProblem('METER_NOT_SOLD', { plan: of, of: meter, sold: listed(meters) })),
    ...keptPerMarket(pricing, of, template, { terms, meters }),
  ]
}

/** Prices per market and prices in US dollars do not go together. */
function keptPerMarket(
  pricing: Exclude<DraftPricing, { kind: 'discount' }>,
  plan: string,
  template: JsonObject | undefined,
  sold: { readonly terms: readonly string[]; readonly meters: readonly string[] },
): readonly PrivateOfferProblem[] {
  const given = { terms: pricing.terms.map((one) => one.of), meters: pricing.meters.map((one) => one.of) }
  const missing = (['terms', 'meters'] as const).flatMap((which) =>
    isPerMarket(template, which) && given[which].length > 0 && !(which === 'terms' && pricing.kind === 'newPlan')
      ? sold[which].filter((one) => !given[which].includes(one))
      : [],
  )
  return missing.length === 0 ? [] : [draftProblem('MARKET_PRICES_KEPT', { plan, missing: listed(missing) })]
}

const strangers = (prices: readonly OwnPrice[], sold: readonly string[]): readonly string[] =>
  prices.map(({ of }) => of).filter((one) => !sold.includes(one))

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '))
