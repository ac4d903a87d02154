/** A published tree as the marketplace sells it. Pure. */
import type { Deal, Dimension, Included, Meter, Offer, Plan, PlanTerm, TermUnit } from '../../marketplace/types.ts'
import { publisher } from '../../seed.ts'
import type { Tree } from '../types.ts'
import {
  allOf,
  listingView,
  metersView,
  ofType,
  oneOf,
  type PriceItem,
  type PriceResource,
  type Pricing,
  planListingView,
  planView,
  previewAudienceView,
  priceView,
  productView,
  type Span,
  technicalView,
} from '../views.ts'

/** Plans and promises that come from private offers. */
export interface Extras {
  readonly plans: readonly Plan[]
  readonly deals: ReadonlyMap<string, readonly Deal[]>
  /** The offer as a whole is no longer sold. */
  readonly ended: boolean
}

export function offerOf(tree: Tree, { plans: extra, deals, ended }: Extras): Offer {
  const product = oneOf(tree, 'product', productView)
  const listing = oneOf(tree, 'listing', listingView)
  const technical = oneOf(tree, 'software-as-a-service-technical-configuration', technicalView)
  const audience = oneOf(tree, 'price-and-availability-offer', previewAudienceView)?.previewAudiences ?? []
  const prices = allOf(tree, 'price-and-availability-plan', priceView).map(({ value }) => value)
  const plans = allOf(tree, 'plan', planView)
    .toSorted((a, b) => (a.value.displayRank ?? Number.MAX_SAFE_INTEGER) - (b.value.displayRank ?? Number.MAX_SAFE_INTEGER))
    .flatMap(({ id, value }) => {
      const price = prices.find(({ plan }) => plan === id)
      const text = allOf(tree, 'plan-listing', planListingView).find((each) => each.value.plan === id)?.value
      const stopSell = ended || value.lifecycleState === 'deprecated'
      return price ? [planOf({ planId: value.identity.externalId, price, ...text }, { stopSell, deals: deals.get(id) ?? [] })] : []
    })
  return {
    offerId: product?.identity.externalId ?? '',
    publisherId: publisher.publisherId,
    name: listing?.title || (product?.alias ?? ''),
    summary: listing?.searchResultSummary ?? '',
    model: prices.some(isPerUser) ? 'perUser' : 'flatRate',
    plans: [...plans, ...extra.map((plan) => ({ ...plan, stopSell: ended }))],
    dimensions: dimensionsOf(tree),
    app: { tenantId: (technical?.azureAdTenantId ?? '').toLowerCase(), clientId: (technical?.azureAdAppId ?? '').toLowerCase() },
    landing: technical?.landingPageUrl ?? '',
    webhook: technical?.connectionWebhook ?? '',
    previewAudience: audience.map(({ id }) => id.toLowerCase()),
  }
}

const isPerUser = ({ pricing }: PriceResource): boolean => pricing?.recurrentPrice?.recurrentPriceMode === 'perUser'

interface PlanParts {
  readonly planId: string
  readonly price: PriceResource
  readonly name?: string
  readonly description?: string
}

export function planOf(
  { planId, price, name, description }: PlanParts,
  { stopSell, deals }: { readonly stopSell: boolean; readonly deals: readonly Deal[] },
): Plan {
  const { pricing = {} } = price
  const terms = termsIn(pricing)
  const { min, max } = pricing.recurrentPrice?.userLimits ?? {}
  return {
    planId,
    name: name || planId,
    price: monthly(terms),
    terms,
    ...{ stopSell, deals, hidden: price.visibility === 'hidden', hasTrial: !!price.trial },
    ...(description && { description }),
    ...(min !== undefined && { minSeats: min }),
    ...(max !== undefined && { maxSeats: max }),
    ...(price.audience === 'private' && { privateFor: (price.privateAudiences ?? []).map(({ id }) => id.toLowerCase()) }),
    meters: metersIn(pricing),
  }
}

/** The spans sold, each with what all its payments come to. */
export const termsIn = ({ recurrentPrice }: Pricing): readonly PlanTerm[] =>
  (recurrentPrice?.prices ?? []).flatMap((item) => {
    const unit = unitOf(item.billingTerm)
    return unit === undefined ? [] : [{ unit, price: round(inDollars(item) * paymentsIn(item)) }]
  })

/** Microsoft's own market first, where prices are given by market. */
const inDollars = ({ pricePerPaymentInUsd, prices = [] }: PriceItem): number =>
  pricePerPaymentInUsd ?? (prices.find(({ markets }) => markets.includes('us')) ?? prices[0])?.price ?? 0

const paymentsIn = ({ billingTerm, paymentOption }: PriceItem): number => monthsOf(billingTerm) / monthsOf(paymentOption ?? billingTerm)

const monthsOf = ({ type, value }: Span): number => (type === 'year' ? 12 * value : value)
const MONTHS: Readonly<Record<number, TermUnit>> = { 1: 'P1M', 12: 'P1Y', 24: 'P2Y', 36: 'P3Y' }
const unitOf = (span: Span): TermUnit | undefined => MONTHS[monthsOf(span)]

/** What a month comes to on the shortest span, for the shop's window. */
function monthly(terms: readonly PlanTerm[]): number {
  const spans: readonly TermUnit[] = ['P1M', 'P1Y', 'P2Y', 'P3Y']
  const shortest = terms.toSorted((a, b) => spans.indexOf(a.unit) - spans.indexOf(b.unit))[0]
  const length = { P1M: 1, P1Y: 12, P2Y: 24, P3Y: 36 }
  return shortest ? round(shortest.price / length[shortest.unit]) : 0
}

const round = (amount: number): number => Math.round(amount * 1e6) / 1e6

export const metersIn = ({ customMeters }: Pricing): readonly Meter[] =>
  Object.entries(customMeters?.meters ?? {}).map(([dimensionId, { pricePerPaymentInUsd = 0, includedQuantities }]) => ({
    dimensionId,
    price: pricePerPaymentInUsd,
    included: includedQuantities.some(({ isInfinite }) => isInfinite) ? 'unlimited' : quantities(includedQuantities),
  }))

function quantities(included: readonly { readonly billingTerm: Span; readonly quantity?: number | undefined }[]): Included {
  const of = (unit: TermUnit): number => included.find(({ billingTerm }) => unitOf(billingTerm) === unit)?.quantity ?? 0
  return { monthly: of('P1M'), yearly: of('P1Y'), twoYears: of('P2Y'), threeYears: of('P3Y') }
}

const dimensionsOf = (tree: Tree): readonly Dimension[] =>
  ofType(tree, 'price-and-availability-custom-meter').flatMap(({ body }) =>
    Object.entries(metersView.parse(body).customMeters).map(([id, { displayName, unitOfMeasure }]) => ({
      id,
      name: displayName,
      unit: unitOfMeasure,
    })),
  )
