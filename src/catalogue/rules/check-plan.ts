/** Microsoft's limits on one plan. */
import type { Priced } from '../../tenants/model/amount.ts'
import type { PlanContent, PlanTerm } from '../../tenants/model/plan-content.ts'
import { long } from './check-page.ts'
import { EXTERNAL_ID, limits } from './limits.ts'
import { type OfferPlan, type OfferProposal, subjectOf } from './offer.ts'
import { type Problem, type ProblemCode, problem } from './problems.ts'

export function checkPlan(offer: OfferProposal, plan: OfferPlan): readonly Problem[] {
  const subject = subjectOf(offer, plan)
  const { id, name, content, made } = plan
  if (content.retired) return []
  return [
    ...(made || EXTERNAL_ID.test(id) ? [] : [problem('PLAN_ID_INVALID', subject, { id }, 'id')]),
    ...long(subject, 'The plan’s name', name, limits.planAlias, 'name'),
    ...(made ? [] : checkPrices(subject, content)),
    ...content.terms.flatMap((term, index) => checkTerm(subject, term, `terms[${index}]`)),
    ...checkModel(subject, offer, plan),
    ...checkMeters(subject, plan),
    ...checkBuyers(subject, content, made),
    ...checkTexts(subject, offer, plan),
  ]
}

/** Prices are written with a new plan only. */
const checkPrices = (subject: string, { terms, meters }: PlanContent): readonly Problem[] => [
  ...(terms.length === 0 ? [problem('TERMS_MISSING', subject, {}, 'terms')] : []),
  ...terms.flatMap((term, index) => priceOf(subject, `The term of ${term.term}`, term, `terms[${index}].price`)),
  ...meters.flatMap((meter, index) => priceOf(subject, `The dimension “${meter.dimension}”`, meter, `meters[${index}].price`)),
]

const priceOf = (subject: string, what: string, { price, prices }: Priced, field: string): readonly Problem[] =>
  price === undefined && prices === undefined ? [problem('PRICE_MISSING', subject, { what }, field)] : []

function checkTerm(subject: string, { term, payment }: PlanTerm, field: string): readonly Problem[] {
  const offered = payment === 'upfront' || (payment === 'monthly' ? term !== '1 month' : term !== '1 month' && term !== '1 year')
  return [
    ...(offered ? [] : [problem('PAYMENT_NOT_OFFERED', subject, { term, payment }, `${field}.payment`)]),
    ...(term === '4 years' || term === '5 years' ? [problem('TERM_LONG', subject, { term }, `${field}.term`)] : []),
  ]
}

/** What belongs to one pricing model only. */
function checkModel(subject: string, { content: { pricingModel } }: OfferProposal, { content }: OfferPlan): readonly Problem[] {
  const { seats, meters, trial } = content
  const { min, max } = seats ?? {}
  return [
    ...(pricingModel === 'perUser' && meters.length > 0 ? [problem('METERS_PER_USER', subject, {}, 'meters')] : []),
    ...(pricingModel === 'flatRate' && (min ?? max) !== undefined ? [problem('SEATS_FLAT_RATE', subject, {}, 'seats')] : []),
    ...(trial === '1 month' && meters.length > 0 ? [problem('TRIAL_WITH_METERS', subject, {}, 'trial')] : []),
    ...(Math.max(min ?? 0, max ?? 0) > limits.seats
      ? [problem('SEATS_TOO_MANY', subject, { max: String(Math.max(min ?? 0, max ?? 0)) }, 'seats.max')]
      : []),
    ...(min !== undefined && max !== undefined && min > max
      ? [problem('SEATS_CROSSED', subject, { min: String(min), max: String(max) }, 'seats')]
      : []),
  ]
}

function checkMeters(subject: string, { items, made, content: { meters, terms } }: OfferPlan): readonly Problem[] {
  const priced = new Set(meters.map(({ dimension }) => dimension))
  const sold = new Set(terms.map(({ term }) => term))
  const unpriced = [...new Set(items.flatMap(({ dimension }) => dimension ?? []))].filter((dimension) => !priced.has(dimension))
  return [
    ...(made ? [] : unpriced).map((dimension) => problem('DIMENSION_UNPRICED', subject, { dimension }, 'meters')),
    ...meters.flatMap(({ dimension, included }) =>
      included.flatMap(({ term, quantity }) => [
        ...(quantity === 'unlimited' || !quantity.includes('.')
          ? []
          : [problem('INCLUDED_NOT_WHOLE', subject, { dimension, quantity }, 'meters')]),
        ...(sold.size === 0 || sold.has(term) ? [] : [problem('INCLUDED_TERM_UNKNOWN', subject, { dimension, term }, 'meters')]),
      ]),
    ),
  ]
}

function checkBuyers(subject: string, { markets, audience }: PlanContent, made: boolean): readonly Problem[] {
  const count = Array.isArray(markets) ? new Set(markets).size : 0
  const tenants = audience?.tenants.length ?? 0
  const isPrivate = audience?.kind === 'private'
  const found: readonly (readonly [boolean, ProblemCode, Problem['facts'], string])[] = [
    [markets === undefined && !made, 'MARKETS_MISSING', {}, 'markets'],
    [count > limits.markets, 'MARKETS_TOO_MANY', { count: String(count) }, 'markets'],
    [isPrivate && tenants === 0, 'AUDIENCE_MISSING', {}, 'audience.tenants'],
    [tenants > limits.privateTenants, 'AUDIENCE_TOO_MANY', { count: String(tenants) }, 'audience.tenants'],
  ]
  return found.flatMap(([is, code, facts, field]) => (is ? [problem(code, subject, facts, field)] : []))
}

function checkTexts(subject: string, offer: OfferProposal, plan: OfferPlan): readonly Problem[] {
  const { listings } = plan.content
  const spoken = new Set(listings.map(({ language }) => language))
  return [
    ...(plan.made
      ? []
      : offer.content.listings
          .filter(({ language }) => !spoken.has(language))
          .map(({ language }) => problem('PLAN_LISTING_MISSING', subject, { language }, 'listings'))),
    ...listings.flatMap(({ name = plan.name, description }, index) => [
      ...long(subject, 'The plan’s name to buyers', name, limits.planName, `listings[${index}].name`),
      ...long(subject, 'The plan’s description', description, limits.planDescription, `listings[${index}].description`),
      ...(/<\/?[a-z][^>]*>/i.test(description)
        ? [problem('PLAIN_TEXT_ONLY', subject, { what: 'The description' }, `listings[${index}].description`)]
        : []),
      ...(sameWords(description, name) ? [problem('DESCRIPTION_SAYS_NOTHING', subject, {}, `listings[${index}].description`)] : []),
    ]),
  ]
}

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const sameWords = (a: string, b: string): boolean => words(a) === words(b)
