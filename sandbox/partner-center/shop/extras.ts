/** What accepted private offers add to an offer: customized plans for one customer, and other prices of plans everybody knows. */
import type { Deal, Plan } from '../../marketplace/types.ts'
import { people } from '../../seed.ts'
import { idOfPart } from '../ids.ts'
import { billingAccountOf } from '../private-offers/billing-accounts.ts'
import type { PrivateOffer } from '../private-offers/types.ts'
import { type Line, offerView, privatePriceView } from '../private-offers/view.ts'
import type { State } from '../state.ts'
import type { Product } from '../types.ts'
import { planView, priceView } from '../views.ts'
import { type Extras, planOf, termsIn } from './offer.ts'

export function extrasOf(state: State, product: Product): Extras {
  const accepted = [...state.privateOffers.values()].filter((offer) => offer.accepted)
  const lines = accepted.flatMap((offer) =>
    offerView
      .parse(offer.body)
      .pricing.map((line, index) => ({ offer, line, index }))
      .filter(({ line }) => line.product === `product/${product.guid}`),
  )
  const deals = new Map<string, Deal[]>()
  for (const { offer, line } of lines.filter((each) => each.line.plan !== undefined)) {
    const plan = line.plan ?? ''
    deals.set(plan, [...(deals.get(plan) ?? []), ...dealsOf(state, product, offer, line)])
  }
  const ended = product.submissions.findLast(({ target }) => target === 'live')?.lifecycleState === 'deprecated'
  return { plans: lines.flatMap((each) => customizedPlan(state, product, each)), deals, ended }
}

function dealsOf(state: State, product: Product, offer: PrivateOffer, line: Line): readonly Deal[] {
  const known = product.live?.get(idOfPart('price-and-availability-plan', product.guid, { plan: line.plan }))
  if (!known) return []
  const own = state.privatePrices.get(line.priceDetails ?? '')
  const terms = termsIn(own ? privatePriceView.parse(own.body).pricing : (priceView.parse(known.body).pricing ?? {}))
  const share = line.discountType === 'percentage' ? 1 - (line.discountPercentage ?? 0) / 100 : 1
  const priced = terms.map(({ unit, price }) => ({ unit, price: Math.round(price * share * 100) / 100 }))
  return tenantsOf(offer).map((tenantId) => ({ privateOfferId: offer.guid, tenantId, terms: priced }))
}

interface Numbered {
  readonly offer: PrivateOffer
  readonly line: Line
  readonly index: number
}

/** A plan of its own, under an id Microsoft gives it. */
function customizedPlan(state: State, product: Product, { offer, line, index }: Numbered): readonly Plan[] {
  const own = state.privatePrices.get(line.priceDetails ?? '')
  const base = product.live?.get(line.basePlan ?? '')
  if (!line.basePlan || !own || !base) return []
  const tenants = tenantsOf(offer)
  const { pricing } = privatePriceView.parse(own.body)
  const { name = 'Customized plan', description = '' } = line.newPlanDetails ?? {}
  const references = {
    product: line.product,
    plan: line.basePlan,
    visibility: 'visible',
    audience: 'private',
    customerMarkets: 'customMarkets',
  } as const
  const price = { ...references, pricing, privateAudiences: tenants.map((id) => ({ type: 'tenant', id })) }
  const deals = tenants.map((tenantId) => ({ privateOfferId: offer.guid, tenantId }))
  const planId = `${planView.parse(base.body).identity.externalId}-${offer.guid.slice(0, 8)}${index === 0 ? '' : `-${index + 1}`}`
  return [planOf({ planId, name, description, price }, { stopSell: false, deals })]
}

/** The directories of those whose billing accounts it is for. */
const tenantsOf = ({ body }: PrivateOffer): readonly string[] => {
  const accounts = new Set(offerView.parse(body).beneficiaries.map(({ id }) => id))
  return [...new Set(people.map(({ tenantId }) => tenantId))].filter((tenantId) => accounts.has(billingAccountOf(tenantId)))
}
