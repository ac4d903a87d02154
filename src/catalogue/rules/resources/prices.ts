/**
 * Prices. They are Microsoft's once a plan is published: then only new terms and new dimensions are added, and what differs is told.
 * `pricePerPaymentInUsd` is one payment of a term, a seat's where the plan is per user; of a dimension it is one unit.
 */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import type { MarketPrice, Priced } from '../../../tenants/model/amount.ts'
import type { PricingModel } from '../../../tenants/model/offer-content.ts'
import { type PlanContent, type PlanMeter, type PlanTerm, paymentSpan, type Span, spanOf } from '../../../tenants/model/plan-content.ts'
import { alike } from './alike.ts'
import { absent, list, value } from './build.ts'
import { type Claim, valueAt } from './claim.ts'

const RECURRENT = ['pricing', 'recurrentPrice']
const METERS = ['pricing', 'customMeters']

/** @param published the plan's price resource as buyers see it; undefined while the plan is not published. */
export function pricing(model: PricingModel, content: PlanContent, published: JsonObject | undefined): readonly Claim[] {
  const live = valueAt(published, [...RECURRENT, 'prices']) === undefined ? undefined : published
  const [terms, meters] = [content.terms.filter(isPriced), content.meters.filter(isPriced)]
  const { seats } = content
  if (terms.length === 0 || isMixed(terms) || isMixed(meters)) return []
  const free = terms.filter((term) => liveTerm(live, term) === undefined && fits(live, 'terms', term))
  return [
    ...(live ? [] : howGiven(model, terms)),
    ...list(
      [...RECURRENT, 'prices'],
      'Terms and prices',
      {
        items: free.map(termPrice),
        keyedBy: 'billingTerm',
        ours: ['billingTerm', 'paymentOption', 'pricePerPaymentInUsd', 'prices'],
        others: live ? 'stay' : 'remove',
        existing: 'correct',
      },
      { final: 'a published term cannot be removed, and its price is changed in Partner Center only' },
    ),
    ...(model === 'perUser' ? seatLimits(seats) : []),
    ...(meters.length === 0 ? [] : meterPrices(terms, meters, live)),
  ]
}

const howGiven = (model: PricingModel, terms: readonly PlanTerm[]): readonly Claim[] => [
  ...value([...RECURRENT, 'recurrentPriceMode'], 'Pricing model', model, {
    final: 'the pricing model is fixed once the offer is published',
    absentMeans: 'flatRate',
  }),
  ...value([...RECURRENT, 'priceInputOption'], 'Prices given', inputOf(terms), { absentMeans: 'usd' }),
]

/** Whether a new price is given the way the published ones are: in US dollars, or per market. */
export const fits = (live: JsonObject | undefined, where: 'terms' | 'meters', priced: Priced): boolean => {
  const path = where === 'terms' ? RECURRENT : METERS
  return valueAt(live, path) === undefined || inputOf([priced]) === (valueAt(live, [...path, 'priceInputOption']) ?? 'usd')
}

/** A term as it is sold now. */
export function liveTerm(live: JsonObject | undefined, term: PlanTerm): JsonObject | undefined {
  const sold = valueAt(live, [...RECURRENT, 'prices'])
  return Array.isArray(sold) ? sold.filter(isJsonObject).find((one) => alike(one['billingTerm'], jsonSpan(spanOf(term.term)))) : undefined
}

/** A dimension's price as it is sold now. */
export const liveMeter = (live: JsonObject | undefined, { dimension }: PlanMeter): Json | undefined =>
  valueAt(live, [...METERS, 'meters', dimension])

/** A plan may still be without a price; the catalogue's problems tell it. */
const isPriced = ({ price, prices }: Priced): boolean => price !== undefined || prices !== undefined

/** Microsoft takes one way for all prices of a plan; the catalogue's problems tell of a mixture, and none of it is sent. */
const isMixed = (priced: readonly Priced[]): boolean => new Set(priced.map(({ prices }) => prices === undefined)).size > 1

const seatLimits = (seats: PlanContent['seats']): readonly Claim[] => [
  ...value([...RECURRENT, 'userLimits', 'min'], 'Least seats', seats?.min),
  ...value([...RECURRENT, 'userLimits', 'max'], 'Most seats', seats?.max),
]

/** One way for all of a plan's prices. */
const inputOf = (priced: readonly Priced[]): 'usd' | 'perMarket' =>
  priced.some(({ prices }) => prices !== undefined) ? 'perMarket' : 'usd'

export const termPrice = (term: PlanTerm): JsonObject => ({
  billingTerm: jsonSpan(spanOf(term.term)),
  paymentOption: jsonSpan(paymentSpan(term)),
  ...priceOf(term),
})

const jsonSpan = ({ type, value: length }: Span): JsonObject => ({ type, value: length })

/** Microsoft takes numbers; ours are exact and short enough to survive as such. */
const priceOf = ({ price, prices }: Priced): JsonObject => ({
  ...(price === undefined ? {} : { pricePerPaymentInUsd: Number(price) }),
  ...(prices === undefined ? {} : { prices: prices.map(marketPrice) }),
})

const marketPrice = ({ currency, markets, price }: MarketPrice): JsonObject => ({
  currency: currency.toLowerCase(),
  markets: [...markets],
  price: Number(price),
})

function meterPrices(terms: readonly PlanTerm[], meters: readonly PlanMeter[], live: JsonObject | undefined): readonly Claim[] {
  return [
    ...(live ? [] : value([...METERS, 'priceInputOption'], 'Prices of dimensions given', inputOf(meters), { absentMeans: 'usd' })),
    ...meters
      .filter((meter) => liveMeter(live, meter) === undefined && fits(live, 'meters', meter))
      .flatMap((meter) => meterPrice(terms, meter)),
  ]
}

function meterPrice(terms: readonly PlanTerm[], meter: PlanMeter): readonly Claim[] {
  const at = [...METERS, 'meters', meter.dimension]
  const price = meterUnitPrice(meter)
  const claim = (member: string, field: string) =>
    price[member] === undefined ? absent([...at, member], field) : value([...at, member], field, price[member])
  return [
    ...claim('pricePerPaymentInUsd', `Price of ${meter.dimension}`),
    ...claim('prices', `Prices of ${meter.dimension}`),
    ...list([...at, 'includedQuantities'], `Included ${meter.dimension}`, {
      items: includedQuantities(terms, meter),
      keyedBy: 'billingTerm',
      ours: ['billingTerm', 'quantity', 'isInfinite'],
      others: 'remove',
      existing: 'correct',
    }),
  ]
}

/** Per market it is nested once more than a term's. */
export const meterUnitPrice = ({ price, prices }: PlanMeter): JsonObject =>
  prices === undefined ? priceOf({ price }) : { prices: [priceOf({ prices })] }

/** One entry for each term of the plan. */
export const includedQuantities = (terms: readonly PlanTerm[], meter: PlanMeter): readonly JsonObject[] =>
  terms.map(({ term }) => ({ billingTerm: jsonSpan(spanOf(term)), ...includedOf(meter, term) }))

function includedOf({ included }: PlanMeter, term: PlanTerm['term']): { readonly [member: string]: Json } {
  const found = included.find((one) => one.term === term)?.quantity ?? '0'
  return found === 'unlimited' ? { isInfinite: true } : { quantity: Number(found), isInfinite: false }
}
