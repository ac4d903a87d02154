/** Rules of a plan's price, audience and markets. */
import {
  allOf,
  type MeterPrice,
  metersView,
  type PriceItem,
  type PriceResource,
  priceView,
  type Span,
  sameSpan,
  termText,
} from '../views.ts'
import type { Finding, Judged } from './finding.ts'

const TERMS: readonly Span[] = [{ type: 'month', value: 1 }, ...[1, 2, 3].map((value) => ({ type: 'year' as const, value }))]
const MOST_TENANTS = 20_000
const MOST_MARKETS = 141

export const priceFindings = ({ draft }: Judged): readonly Finding[] => {
  const declared = new Set(
    allOf(draft, 'price-and-availability-custom-meter', metersView).flatMap(({ value }) => Object.keys(value.customMeters)),
  )
  return allOf(draft, 'price-and-availability-plan', priceView).flatMap(({ id, value }) =>
    [...audience(value), ...terms(value), ...seats(value), ...meters(value, declared), ...trial(value)].map((message) => ({ id, message })),
  )
}

function audience({ audience: who, privateAudiences, markets }: PriceResource): readonly string[] {
  const list = privateAudiences ?? []
  return messages(
    [who === 'private' && list.length === 0, 'A private plan needs at least one tenant in its private audience.'],
    [who === 'public' && list.length > 0, 'A public plan cannot have a private audience.'],
    [list.some(({ type }) => type !== 'tenant'), 'The private audience of a SaaS plan consists of tenants.'],
    [list.length > MOST_TENANTS, `A private audience can have at most ${MOST_TENANTS} tenants.`],
    [(markets?.length ?? 0) > MOST_MARKETS, `A plan can be sold in at most ${MOST_MARKETS} markets.`],
  )
}

function terms({ pricing }: PriceResource): readonly string[] {
  const { prices = [], priceInputOption } = pricing?.recurrentPrice ?? {}
  return prices.flatMap((item, index) => [
    ...messages(
      [!TERMS.some((term) => sameSpan(term, item.billingTerm)), `The billing term ${termText(item.billingTerm)} is not supported.`],
      [
        prices.findIndex(({ billingTerm }) => sameSpan(billingTerm, item.billingTerm)) < index,
        `The billing term ${termText(item.billingTerm)} is given more than once.`,
      ],
      [
        !isPaymentOf(item),
        `The payment option ${item.paymentOption ? termText(item.paymentOption) : ''} is not supported for the billing term ${termText(item.billingTerm)}.`,
      ],
      [
        priceInputOption === 'usd' && item.pricePerPaymentInUsd === undefined,
        `The price of the billing term ${termText(item.billingTerm)} is missing.`,
      ],
      [
        priceInputOption === 'perMarket' && (item.prices ?? []).length === 0,
        `The market prices of the billing term ${termText(item.billingTerm)} are missing.`,
      ],
    ),
  ])
}

/** A month is paid at once; a year at once or monthly; more years at once, yearly or monthly. */
function isPaymentOf({ billingTerm, paymentOption }: PriceItem): boolean {
  if (!paymentOption || sameSpan(paymentOption, billingTerm)) return true
  if (billingTerm.type !== 'year') return false
  return (
    sameSpan(paymentOption, { type: 'month', value: 1 }) || (billingTerm.value > 1 && sameSpan(paymentOption, { type: 'year', value: 1 }))
  )
}

function seats({ pricing }: PriceResource): readonly string[] {
  const { recurrentPriceMode, userLimits } = pricing?.recurrentPrice ?? {}
  const { min, max } = userLimits ?? {}
  return messages(
    [userLimits !== undefined && recurrentPriceMode !== 'perUser', 'User limits are supported for per-user pricing only.'],
    [min !== undefined && max !== undefined && min > max, 'The minimum number of users is greater than the maximum.'],
    [(max ?? 0) > 1_000_000, 'A plan can have at most 1,000,000 users.'],
  )
}

function meters({ pricing, trial: free }: PriceResource, declared: ReadonlySet<string>): readonly string[] {
  const list = Object.entries(pricing?.customMeters?.meters ?? {})
  const billingTerms = (pricing?.recurrentPrice?.prices ?? []).map(({ billingTerm }) => billingTerm)
  return [
    ...messages(
      [
        list.length > 0 && pricing?.recurrentPrice?.recurrentPriceMode === 'perUser',
        'Custom meters are not supported for per-user pricing.',
      ],
      [list.length > 0 && !!free, 'Free trial is not supported for plans with custom meters.'],
    ),
    ...list.flatMap(([dimension, meter]) => [
      ...messages([!declared.has(dimension), `The dimension ${dimension} is not declared in the custom meters of the offer.`]),
      ...inclusions(dimension, meter, billingTerms),
    ]),
  ]
}

/** One for each billing term, whole numbers or everything; a dimension that includes nothing says so with zero or leaves all out. */
function inclusions(
  dimension: string,
  { includedQuantities, pricePerPaymentInUsd }: MeterPrice,
  billingTerms: readonly Span[],
): readonly string[] {
  const missing =
    includedQuantities.length === 0
      ? []
      : billingTerms.filter((term) => !includedQuantities.some(({ billingTerm }) => sameSpan(billingTerm, term)))
  const infinite = includedQuantities.some(({ isInfinite }) => isInfinite)
  return [
    ...missing.map((term) => `Included quantity is missing for dimension ${dimension} and billing term ${termText(term)}.`),
    ...includedQuantities.flatMap(({ billingTerm, quantity, isInfinite }) =>
      messages(
        [
          !billingTerms.some((term) => sameSpan(term, billingTerm)),
          `The plan has no billing term ${termText(billingTerm)} for dimension ${dimension}.`,
        ],
        [quantity !== undefined && !Number.isInteger(quantity), `The included quantity of dimension ${dimension} must be a whole number.`],
        [quantity !== undefined && isInfinite === true, `Dimension ${dimension} cannot include everything and a quantity.`],
      ),
    ),
    ...messages([pricePerPaymentInUsd === undefined && !infinite, `The price of dimension ${dimension} is missing.`]),
  ]
}

const trial = ({ trial: free }: PriceResource): readonly string[] =>
  messages([!!free && !sameSpan(free, { type: 'month', value: 1 }), 'A free trial lasts one month.'])

const messages = (...checks: readonly (readonly [boolean, string])[]): readonly string[] =>
  checks.flatMap(([holds, message]) => (holds ? [message] : []))
