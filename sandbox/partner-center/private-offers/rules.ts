/** What a private offer must be, and which state may follow which. Pure but for the state it looks into. */
import { guidOf, idOfPart, productGuidIn } from '../ids.ts'
import type { State } from '../state.ts'
import { type PriceItem, priceView, sameSpan } from '../views.ts'
import type { PrivateOffer } from './types.ts'
import { type Line, type OfferView, privatePriceView } from './view.ts'

export interface Reason {
  readonly code: string
  readonly message: string
}

const NEXT: Readonly<Record<PrivateOffer['state'], readonly string[]>> = {
  draft: ['draft', 'live', 'deleted'],
  live: ['withdrawn'],
  withdrawn: ['draft', 'live', 'deleted'],
}

export function whyNotState(before: PrivateOffer | undefined, state: string): Reason | undefined {
  if (!['draft', 'live', 'withdrawn', 'deleted'].includes(state)) return invalid(`The state ${state} is not supported.`)
  if (!before) return state === 'draft' || state === 'live' ? undefined : invalid(`A new private offer cannot be ${state}.`)
  if (before.accepted) return invalid('A private offer that has been accepted cannot be changed.')
  return NEXT[before.state].includes(state) ? undefined : invalid(`A private offer in state ${before.state} cannot become ${state}.`)
}

/** @param today as YYYY-MM-DD. */
export function whyNotLive(offer: OfferView, state: State, today: string): readonly Reason[] {
  return [...whyNotDates(offer, today), ...whyNotParties(offer), ...offer.pricing.flatMap((line) => whyNotLine(line, offer, state))]
}

function whyNotDates({ variableStartDate, start, end, acceptBy }: OfferView, today: string): readonly Reason[] {
  if (!variableStartDate && !start) return [{ code: 'Conflict', message: 'The start date should be defined' }]
  return checks(
    [acceptBy !== undefined && acceptBy < today, 'The accept by date is in the past.'],
    [end !== undefined && start != null && end <= start, 'The end date must be after the start date.'],
    [end !== undefined && end < today, 'The end date is in the past.'],
    [!variableStartDate && start != null && !start.endsWith('-01'), 'The start date must be the first day of a month.'],
    [end !== undefined && !isLastOfMonth(end), 'The end date must be the last day of a month.'],
    [start != null && acceptBy !== undefined && acceptBy > start, 'The accept by date must be before the start date.'],
  )
}

const whyNotParties = ({ offerPricingType, privateOfferType }: OfferView): readonly Reason[] =>
  checks(
    [offerPricingType === undefined, 'The pricing type of the private offer is missing.'],
    [privateOfferType === undefined, 'The type of the private offer is missing.'],
  )

function whyNotLine(line: Line, { offerPricingType }: OfferView, state: State): readonly Reason[] {
  const guid = guidOf(line.product)
  const live = state.products.get(guid)?.live
  const plan = line.plan ?? line.basePlan
  const isNewPlan = offerPricingType === 'saasNewCustomizedPlans' || offerPricingType === 'newCustomizedPlans'
  const price = plan === undefined ? undefined : live?.get(idOfPart('price-and-availability-plan', guid, { plan }))
  return checks(
    [!live, 'The product of a private offer must be live.'],
    [plan === undefined, 'The plan is missing.'],
    [live !== undefined && plan !== undefined && !live.has(plan), 'The plan of a private offer must be live.'],
    [line.discountType === 'percentage' && (line.discountPercentage ?? 0) < 0.01, 'The discount must be at least 0.01 percent.'],
    [isNewPlan && line.discountType !== 'absolute', 'Customized plans need absolute prices.'],
    [isNewPlan && (!line.basePlan || !line.newPlanDetails?.name), 'Customized plans need a base plan, a name and a description.'],
    [
      !isNewPlan && line.discountType === 'absolute' && hasTrial(price?.body),
      'Absolute pricing is not supported for plans with a free trial.',
    ],
    [
      !isNewPlan && line.discountType === 'absolute' && changesTerms(price?.body, line, state),
      'Terms and dimensions of an existing plan cannot be changed by a private offer.',
    ],
  )
}

const hasTrial = (price: unknown): boolean => price !== undefined && !!priceView.parse(price).trial

function changesTerms(price: unknown, { priceDetails = '' }: Line, state: State): boolean {
  const own = state.privatePrices.get(priceDetails)
  if (price === undefined || !own) return false
  const [before, after] = [priceView.parse(price).pricing, privatePriceView.parse(own.body).pricing]
  const terms = (items: readonly PriceItem[] = []) => items.map(({ billingTerm }) => billingTerm)
  const known = terms(before?.recurrentPrice?.prices)
  return (
    before?.recurrentPrice?.recurrentPriceMode !== after.recurrentPrice?.recurrentPriceMode ||
    terms(after.recurrentPrice?.prices).some((term) => !known.some((other) => sameSpan(term, other))) ||
    Object.keys(after.customMeters?.meters ?? {}).some((name) => !(name in (before?.customMeters?.meters ?? {})))
  )
}

/** Whether a plan of a line is one of the product itself. */
export const isOfProduct = (line: Line): boolean =>
  [line.plan, line.basePlan].every((plan) => plan === undefined || productGuidIn(plan) === guidOf(line.product))

function isLastOfMonth(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === date
}

const invalid = (message: string): Reason => ({ code: 'invalidState', message })

const checks = (...of: readonly (readonly [boolean, string])[]): readonly Reason[] =>
  of.flatMap(([holds, message]) => (holds ? [{ code: 'businessValidationError', message }] : []))
