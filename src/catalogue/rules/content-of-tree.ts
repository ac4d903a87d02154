/** An offer's resources at Microsoft as content of ours. What is not taken over (pictures, leads) is left out and so stays as it is. Pure. */
import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'
import { kindOf } from '../../microsoft/ingestion/resource.ts'
import { type OfferContent, offerContent } from '../../tenants/model/offer-content.ts'
import { billingTermOf, type PlanContent, planContent } from '../../tenants/model/plan-content.ts'
import { valueAt } from './resources/claim.ts'
import { type OfferTree, textAt } from './resources/tree.ts'

export interface ContentAtMicrosoft {
  readonly name: string
  readonly content: OfferContent
  readonly plans: readonly { readonly planId: string; readonly name: string; readonly content: PlanContent }[]
  /** What is there, but in no form of ours: it stays as it is. */
  readonly notTaken: readonly string[]
}

export function contentOfTree(tree: OfferTree): ContentAtMicrosoft {
  const planResources = ofType(tree, 'plan')
  const offer = tolerant(offerContent, offerPart(tree), 'offer')
  const plans = planResources.map((one) => {
    const planId = textAt(one, 'identity', 'externalId')
    const read = tolerant(planContent, planPart(tree, one, planId), `plan ${planId}`)
    return { planId, name: textAt(one, 'alias') || planId, content: read.value, notTaken: read.notTaken }
  })
  return {
    name: textAt(tree.find('product', '') ?? {}, 'alias'),
    content: offer.value,
    plans: plans.map(({ planId, name, content }) => ({ planId, name, content })),
    notTaken: [...offer.notTaken, ...plans.flatMap(({ notTaken }) => notTaken)],
  }
}

const ofType = (tree: OfferTree, type: string): readonly JsonObject[] => tree.resources.filter((one) => kindOf(one)?.type === type)
const objects = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])

function offerPart(tree: OfferTree): JsonObject {
  const one = (type: string): JsonObject => tree.find(type, '') ?? {}
  const property = one('property')
  const { audiences, resellerChannelState } = one('reseller')
  return present({
    pricingModel: modelOf(tree),
    alias: one('product')['alias'],
    categories: property['categories'],
    industries: property['industries'],
    appVersion: property['appVersion'],
    legal: legalOf(property),
    listings: ofType(tree, 'listing').map(listingOf),
    previewAudience: objects(one('price-and-availability-offer')['previewAudiences']).flatMap(({ type, id }) =>
      type === 'email' && id !== undefined ? [id] : [],
    ),
    resellers:
      resellerChannelState && present({ channel: resellerChannelState, partners: objects(audiences).flatMap(({ id }) => id ?? []) }),
    dimensions: Object.entries(objectAt(one('price-and-availability-custom-meter')['customMeters'])).map(([id, meter]) =>
      present({ id, name: valueAt(meter, ['displayName']), unit: valueAt(meter, ['unitOfMeasure']) }),
    ),
  })
}

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

function modelOf(tree: OfferTree): string {
  const modes = ofType(tree, 'price-and-availability-plan').map((one) => textAt(one, 'pricing', 'recurrentPrice', 'recurrentPriceMode'))
  return modes.includes('perUser') ? 'perUser' : 'flatRate'
}

function legalOf({ termsConditions, standardContractAmendment, termsOfUse, termsOfUseUrl }: JsonObject): Json | undefined {
  if (termsConditions === 'standardMicrosoft') return present({ terms: 'standardContract', amendment: standardContractAmendment })
  return termsConditions === 'custom' ? present({ terms: 'own', text: termsOfUse, url: termsOfUse ? undefined : termsOfUseUrl }) : undefined
}

const listingOf = (one: JsonObject): JsonObject =>
  present({
    language: one['languageId'],
    title: one['title'],
    summary: one['searchResultSummary'],
    description: one['description'],
    gettingStarted: one['gettingStartedInstructions'],
    keywords: one['searchKeywords'],
    links: Array.isArray(one['generalLinks'])
      ? objects(one['generalLinks']).map(({ displayText, link }) => present({ text: displayText, url: link }))
      : undefined,
    privacyUrl: one['privacyPolicyLink'],
    support: contactOf(one['supportContact']),
    engineering: contactOf(one['engineeringContact']),
    resellerContact: contactOf(one['cloudSolutionProviderContact']),
  })

const contactOf = (value: Json | undefined): JsonObject | undefined => {
  const { name, email, phone, url } = objectAt(value)
  return name ? present({ name, email, phone, url }) : undefined
}

function planPart(tree: OfferTree, plan: JsonObject, planId: string): JsonObject {
  const price: JsonObject = tree.find('price-and-availability-plan', planId) ?? {}
  const recurrent = objectAt(valueAt(price, ['pricing', 'recurrentPrice']))
  const { min, max } = objectAt(recurrent['userLimits'])
  const trial = price['trial']
  return present({
    listings: ofType(tree, 'plan-listing')
      .filter((one) => tree.planIdOf(textAt(one, 'plan')) === planId)
      .map((one) => present({ language: one['languageId'], name: one['name'], description: one['description'] })),
    terms: objects(recurrent['prices']).map(termOf),
    markets: marketsOf(price),
    trial: isJsonObject(trial) ? '1 month' : 'none',
    seats: recurrent['userLimits'] === undefined ? undefined : present({ min, max }),
    audience: audienceOf(price),
    hidden: price['visibility'] === undefined ? undefined : price['visibility'] === 'hidden',
    meters: Object.entries(objectAt(valueAt(price, ['pricing', 'customMeters', 'meters']))).map(([dimension, meter]) =>
      meterOf(dimension, objectAt(meter)),
    ),
    rank: plan['displayRank'],
    retired: plan['lifecycleState'] === 'deprecated',
  })
}

const termOf = (one: JsonObject): JsonObject => {
  const term = spanWord(one['billingTerm'])
  const paid = one['paymentOption'] === undefined ? term : spanWord(one['paymentOption'])
  return present({
    term,
    payment: paid === term ? 'upfront' : paid === '1 month' ? 'monthly' : paid === '1 year' ? 'yearly' : paid,
    ...pricesOf(one),
  })
}

const spanWord = (value: Json | undefined): string | undefined => {
  const { type, value: length } = objectAt(value)
  return typeof type === 'string' && typeof length === 'number'
    ? (billingTermOf({ type, value: length }) ?? `${length} ${type}`)
    : undefined
}

const pricesOf = ({ pricePerPaymentInUsd, prices }: JsonObject): JsonObject =>
  present({
    price: pricePerPaymentInUsd === undefined || pricePerPaymentInUsd === null ? undefined : String(pricePerPaymentInUsd),
    prices: Array.isArray(prices)
      ? objects(prices).map(({ currency, markets, price }) =>
          present({ currency: String(currency).toUpperCase(), markets, price: String(price) }),
        )
      : undefined,
  })

function meterOf(dimension: string, meter: JsonObject): JsonObject {
  const nested = objects(meter['prices'])[0]?.['prices'] // per market it is nested once more than a term's
  const included = objects(meter['includedQuantities']).flatMap(({ billingTerm, quantity, isInfinite }) =>
    isInfinite === true || Number(quantity ?? 0) > 0
      ? [present({ term: spanWord(billingTerm), quantity: isInfinite === true ? 'unlimited' : String(quantity) })]
      : [],
  )
  return present({ dimension, ...pricesOf({ ...meter, prices: nested ?? null }), included })
}

function marketsOf({ customerMarkets, markets }: JsonObject): Json | undefined {
  if (customerMarkets === 'allMarkets') return 'all'
  if (customerMarkets === 'allTaxRemittedMarkets') return 'taxRemitted'
  return Array.isArray(markets) && markets.length > 0 ? markets : undefined
}

function audienceOf({ audience, privateAudiences }: JsonObject): JsonObject | undefined {
  if (audience !== 'public' && audience !== 'private') return undefined
  return { kind: audience, tenants: objects(privateAudiences).map(({ id, label }) => present({ id, note: label })) }
}

/** Without what is not there. */
const present = (object: { readonly [member: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [[name, value]])),
  )

/** What is asked of a schema of ours. */
interface Reader<T> {
  parse(value: unknown): T
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly { path: readonly PropertyKey[] }[] } }
}

interface Taken<T> {
  readonly value: T
  readonly notTaken: readonly string[]
}

/** A member our schema refuses is left out, and named. */
function tolerant<T>(schema: Reader<T>, value: JsonObject, what: string): Taken<T> {
  const read = schema.safeParse(value)
  if (read.success) return { value: read.data, notTaken: [] }
  const bad = new Set(read.error.issues.map(({ path }) => String(path[0])))
  const kept = Object.fromEntries(Object.entries(value).filter(([name]) => !bad.has(name)))
  return { value: schema.parse(kept), notTaken: [...bad].map((name) => `${what}: ${name}`) }
}
