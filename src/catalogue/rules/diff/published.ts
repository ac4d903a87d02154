/** What differs from the published offer and is not the bridge's to change: prices are the portal's, some things nobody's any more. */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import { alike } from '../resources/alike.ts'
import { valueAt } from '../resources/claim.ts'
import { cannotBecomePrivate, cannotLoseTrial } from '../resources/plans.ts'
import { fits, includedQuantities, liveMeter, liveTerm, meterUnitPrice, termPrice } from '../resources/prices.ts'
import type { OfferTree } from '../resources/tree.ts'
import type { WantedOffer, WantedPlan } from '../resources/wanted.ts'
import type { Difference } from './difference.ts'
import { say } from './words.ts'

const PORTAL = 'prices of published plans are changed in Partner Center, under the plan’s Pricing and availability'
const OTHER_WAY = 'the plan’s prices are given the other way (US dollars or per market): give this one alike'

export const publishedDifferences = (offer: WantedOffer, live: OfferTree): readonly Difference[] =>
  offer.plans.flatMap((plan) => {
    const sold = live.find('price-and-availability-plan', plan.planId)
    return sold && !plan.content.retired ? ofPlan(offer, plan, sold) : []
  })

function ofPlan(offer: WantedOffer, plan: WantedPlan, sold: JsonObject): readonly Difference[] {
  const difference = differenceOf(plan)
  const { content } = plan
  return [
    ...(content.terms.length === 0
      ? []
      : [...model(offer, sold, difference), ...terms(plan, sold, difference), ...meters(plan, sold, difference)]),
    ...(cannotLoseTrial(content.trial, sold)
      ? [difference('Free trial', sold['trial'], undefined, 'nobody', 'a published free trial cannot be taken back')]
      : []),
    ...(cannotBecomePrivate(content.audience?.kind, sold)
      ? [
          difference(
            'Who may buy',
            'public',
            'private',
            'nobody',
            'a plan that is public cannot be made private: retire it and sell another one',
          ),
        ]
      : []),
  ]
}

type Make = (field: string, before: Json | undefined, after: Json | undefined, by: 'portal' | 'nobody', because: string) => Difference

const differenceOf =
  ({ planId }: WantedPlan): Make =>
  (field, before, after, by, because) => ({ planId, about: '', field, before: say(before), after: say(after), by, because })

function model({ content }: WantedOffer, sold: JsonObject, difference: Make): readonly Difference[] {
  const there = valueAt(sold, ['pricing', 'recurrentPrice', 'recurrentPriceMode']) ?? 'flatRate'
  if (there === content.pricingModel || valueAt(sold, ['pricing', 'recurrentPrice']) === undefined) return []
  return [
    difference(
      'Pricing model',
      there,
      content.pricingModel,
      'nobody',
      'the pricing model of a published offer is fixed: make another offer',
    ),
  ]
}

function terms({ content }: WantedPlan, sold: JsonObject, difference: Make): readonly Difference[] {
  const changed = content.terms.flatMap((term) => {
    const there = liveTerm(sold, term)
    const wanted = termPrice(term)
    if (there === undefined && !fits(sold, 'terms', term))
      return [difference(`Price for ${term.term}`, undefined, [wanted], 'nobody', OTHER_WAY)]
    return there === undefined || sameTerm(there, wanted) ? [] : [difference(`Price for ${term.term}`, [there], [wanted], 'portal', PORTAL)]
  })
  const all = valueAt(sold, ['pricing', 'recurrentPrice', 'prices'])
  const gone = (Array.isArray(all) ? all : [])
    .filter(isJsonObject)
    .filter((there) => !content.terms.some((term) => alike(there['billingTerm'], termPrice(term)['billingTerm'])))
  return [
    ...changed,
    ...gone.map((there) =>
      difference('Term', [there], undefined, 'nobody', 'a published term cannot be removed: sell another plan without it'),
    ),
  ]
}

/** Paid up front may be said by leaving the payment out. */
const sameTerm = (there: JsonObject, wanted: JsonObject): boolean =>
  alike(there['pricePerPaymentInUsd'], wanted['pricePerPaymentInUsd']) &&
  alike(there['prices'], wanted['prices']) &&
  alike(there['paymentOption'] ?? there['billingTerm'], wanted['paymentOption'])

const meters = ({ content }: WantedPlan, sold: JsonObject, difference: Make): readonly Difference[] =>
  content.meters.flatMap((meter) => {
    const there = liveMeter(sold, meter)
    const price = meterUnitPrice(meter)
    if (!isJsonObject(there)) {
      const wanted = price['prices'] ?? price['pricePerPaymentInUsd']
      return fits(sold, 'meters', meter) ? [] : [difference(`Price of ${meter.dimension}`, undefined, wanted, 'nobody', OTHER_WAY)]
    }
    const { pricePerPaymentInUsd, prices } = there
    const included = includedQuantities(content.terms, meter)
    return [
      ...(alike(pricePerPaymentInUsd, price['pricePerPaymentInUsd']) && alike(prices, price['prices'])
        ? []
        : [
            difference(
              `Price of ${meter.dimension}`,
              prices ?? pricePerPaymentInUsd,
              price['prices'] ?? price['pricePerPaymentInUsd'],
              'portal',
              PORTAL,
            ),
          ]),
      ...(sameItems(there['includedQuantities'], included)
        ? []
        : [difference(`Included ${meter.dimension}`, there['includedQuantities'], included, 'portal', PORTAL)]),
    ]
  })

const sameItems = (there: Json | undefined, wanted: readonly JsonObject[]): boolean =>
  Array.isArray(there) &&
  wanted.every((one) =>
    there.filter(isJsonObject).some((other) => alike(other['billingTerm'], one['billingTerm']) && amountOf(other) === amountOf(one)),
  )

const amountOf = ({ isInfinite, quantity }: JsonObject): Json => (isInfinite === true ? 'unlimited' : (quantity ?? 0))
