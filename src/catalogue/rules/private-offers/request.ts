/** A private offer as Partner Center takes it. Pure. */
import { isJsonObject, type Json, type JsonObject } from '../../../kit/json.ts'
import { type IngestionResource, kindOf, schemaOf } from '../../../microsoft/ingestion/resource.ts'
import { valueAt } from '../resources/claim.ts'
import type { DraftPricing, OwnPrice, PrivateOfferDraft } from './draft.ts'
import { metersOf, type PlanGround, termName, termsOf } from './ground.ts'

/** Versions of new resources. */
export type PrivateOfferVersions = Readonly<Record<'private-offer' | 'price-and-availability-private-offer-plan', string>>

const OFFER = 'private-offer'
const PRICE = 'price-and-availability-private-offer-plan'
/** Microsoft's objections name it. */
const PRICE_NAME = PRICE

/** The price, where it has one of its own, comes before the offer that names it. */
export function draftResources(
  draft: PrivateOfferDraft,
  grounds: readonly PlanGround[],
  versions: PrivateOfferVersions,
): readonly IngestionResource[] {
  const [first] = grounds
  const { pricing } = draft
  const prices = pricing.kind === 'discount' || !first ? [] : [priceResource(pricing, first, versions)]
  return [...prices, offerResource(draft, grounds, versions)]
}

function offerResource(draft: PrivateOfferDraft, grounds: readonly PlanGround[], versions: PrivateOfferVersions): IngestionResource {
  const { name, billingAccount, customer, pricing, start, end, acceptBy, preparedBy, contacts, notes, termsDocument } = draft
  return {
    $schema: schemaOf({ type: OFFER, version: versions[OFFER] }),
    resourceName: OFFER,
    name,
    state: 'draft',
    privateOfferType: 'customerPromotion',
    offerPricingType: pricingType(pricing),
    variableStartDate: start === undefined,
    ...(start === undefined ? {} : { start }),
    end,
    acceptBy,
    ...(preparedBy === undefined ? {} : { preparedBy }),
    ...(contacts.length === 0 ? {} : { notificationContacts: [...contacts] }),
    ...(notes === undefined ? {} : { notes }),
    ...(termsDocument === undefined ? {} : { termsAndConditionsDocSasUrl: termsDocument }),
    beneficiaries: [{ id: billingAccount, ...(customer === undefined ? {} : { description: customer }) }],
    pricing: grounds.map((ground) => lineOf(pricing, ground)),
  }
}

const pricingType = ({ kind }: DraftPricing): string => (kind === 'newPlan' ? 'saasNewCustomizedPlans' : 'editExistingOfferPricingOnly')

function lineOf(pricing: DraftPricing, { productRef: product, planRef }: PlanGround): JsonObject {
  switch (pricing.kind) {
    case 'discount':
      return { product, plan: planRef, discountType: 'percentage', discountPercentage: Number(pricing.percentage) }
    case 'ownPrice':
      return { product, plan: planRef, discountType: 'absolute', priceDetails: { resourceName: PRICE_NAME } }
    case 'newPlan': {
      const newPlanDetails = { name: pricing.name, description: pricing.description }
      return { product, basePlan: planRef, discountType: 'absolute', priceDetails: { resourceName: PRICE_NAME }, newPlanDetails }
    }
  }
}

/** The plan's own price resource with other figures: what nobody here knows of it stays as it is. */
function priceResource(
  pricing: Exclude<DraftPricing, { kind: 'discount' }>,
  { productRef, planRef, template }: PlanGround,
  versions: PrivateOfferVersions,
): IngestionResource {
  const { id: _id, validations: _findings, planName: _read, ...rest } = template ?? { $schema: '' }
  return {
    ...rest,
    $schema: template && kindOf(template) ? template.$schema : schemaOf({ type: PRICE, version: versions[PRICE] }),
    resourceName: PRICE_NAME,
    product: productRef,
    plan: planRef,
    offerPricingType: pricingType(pricing),
    pricing: { ...objectAt(template, 'pricing'), ...pricedTerms(pricing, template), ...pricedMeters(pricing, template) },
  }
}

function pricedTerms({ kind, terms }: Exclude<DraftPricing, { kind: 'discount' }>, template: JsonObject | undefined): JsonObject {
  if (terms.length === 0) return {}
  const all = termsOf(template)
  const sold = kind === 'newPlan' ? all.filter((term) => priceOf(terms, termName(term)) !== undefined) : all
  const prices = sold.map((term) => inDollars(term, priceOf(terms, termName(term))))
  return { recurrentPrice: { ...objectAt(template, 'pricing', 'recurrentPrice'), priceInputOption: 'usd', prices } }
}

/** What a new plan includes counts for the terms it is sold for only. */
function pricedMeters({ kind, terms, meters }: Exclude<DraftPricing, { kind: 'discount' }>, template: JsonObject | undefined): JsonObject {
  const all = Object.entries(metersOf(template))
  if (all.length === 0 || (meters.length === 0 && kind !== 'newPlan')) return {}
  const spans = termsOf(template).filter((term) => priceOf(terms, termName(term)) !== undefined)
  const wanted = all.map(([name, meter]): [string, Json] => {
    const priced = isJsonObject(meter) ? inDollars(meter, priceOf(meters, name)) : meter
    return [name, kind === 'newPlan' && isJsonObject(priced) ? forTerms(priced, spans.map(termName)) : priced]
  })
  const input = meters.length === 0 ? {} : { priceInputOption: 'usd' }
  return { customMeters: { ...objectAt(template, 'pricing', 'customMeters'), ...input, meters: Object.fromEntries(wanted) } }
}

function forTerms(meter: JsonObject, terms: readonly string[]): JsonObject {
  const { includedQuantities: included } = meter
  if (!Array.isArray(included)) return meter
  return { ...meter, includedQuantities: included.filter((one) => isJsonObject(one) && terms.includes(termName(one))) }
}

const inDollars = (priced: JsonObject, price: string | undefined): JsonObject => {
  if (price === undefined) return priced
  const { prices: _perMarket, ...rest } = priced
  return { ...rest, pricePerPaymentInUsd: Number(price) }
}

const priceOf = (prices: readonly OwnPrice[], of: string): string | undefined => prices.find((one) => one.of === of)?.price

const objectAt = (resource: JsonObject | undefined, ...path: readonly string[]): JsonObject => {
  const value = valueAt(resource, path)
  return isJsonObject(value) ? value : {}
}

/** What Microsoft only tells. */
const READ_ONLY = ['subState', 'acceptanceLinks', 'lastModified', 'eTag', 'originatorPricing', 'validations'] as const
const READ_ONLY_OF_LINE = ['productName', 'planName'] as const

/** The same private offer, live: everything but what Microsoft only tells goes back as it was read. */
export function liveResource(offer: IngestionResource, termsDocument: string | undefined): IngestionResource {
  const rest = without(offer, READ_ONLY)
  const { pricing } = offer
  return {
    ...rest,
    $schema: offer.$schema,
    state: 'live',
    ...(termsDocument === undefined ? {} : { termsAndConditionsDocSasUrl: termsDocument }),
    ...(Array.isArray(pricing) ? { pricing: pricing.map((line) => (isJsonObject(line) ? withoutTold(line) : line)) } : {}),
  }
}

/** To withdraw, who it is and what it is called are enough. */
export const withdrawnResource = ({
  $schema,
  id = '',
  name = '',
  privateOfferType = 'customerPromotion',
}: IngestionResource): IngestionResource => ({
  ...{ $schema, id, name, privateOfferType },
  state: 'withdrawn',
})

function withoutTold(line: JsonObject): JsonObject {
  const { newPlanDetails, ...rest } = without(line, READ_ONLY_OF_LINE)
  return isJsonObject(newPlanDetails) ? { ...rest, newPlanDetails: without(newPlanDetails, ['id']) } : rest
}

const without = (value: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
