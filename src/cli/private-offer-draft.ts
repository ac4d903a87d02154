/** What was typed, as a private offer. */
import type { DraftPricing, OwnPrice, PlanRef, PrivateOfferDraft } from '../catalogue/index.ts'
import { amount } from '../tenants/index.ts'
import { wrongUsage } from './parse.ts'

export interface DraftOptions {
  readonly name: string
  readonly customer: string
  readonly customerName?: string
  readonly plan: readonly string[]
  readonly discount?: string
  readonly price?: readonly string[]
  readonly meter?: readonly string[]
  readonly newPlan?: string
  readonly newPlanText?: string
  readonly start?: string
  readonly end: string
  readonly acceptBy: string
  readonly preparedBy?: string
  readonly contact?: readonly string[]
  readonly remark?: string
  readonly terms?: string
}

/** @throws CommandFailure */
export const draftOf = (options: DraftOptions): PrivateOfferDraft => ({
  name: options.name,
  billingAccount: options.customer,
  customer: options.customerName,
  pricing: pricingOf(options),
  start: options.start,
  end: options.end,
  acceptBy: options.acceptBy,
  preparedBy: options.preparedBy,
  contacts: options.contact ?? [],
  notes: options.remark,
  termsDocument: options.terms,
})

function pricingOf({ plan, discount, price = [], meter = [], newPlan, newPlanText = '' }: DraftOptions): DraftPricing {
  const plans = plan.map(planRef)
  const own = price.length + meter.length > 0
  if (discount !== undefined) {
    if (own || newPlan !== undefined) throw wrongUsage('--discount goes without --price, --meter and --new-plan')
    return { kind: 'discount', plans, percentage: discount.trim() }
  }
  const [first, ...more] = plans
  if (!first || more.length > 0) throw wrongUsage('own prices are for one --plan; a --discount may be for several')
  if (!own) throw wrongUsage('expected --discount, or --price and --meter')
  const prices = { terms: price.map(ownPrice), meters: meter.map(ownPrice) }
  return newPlan === undefined
    ? { kind: 'ownPrice', plan: first, ...prices }
    : { kind: 'newPlan', plan: first, name: newPlan, description: newPlanText, ...prices }
}

function planRef(text: string): PlanRef {
  const [offerId, planId, ...more] = text.split('/')
  if (!offerId || !planId || more.length > 0) throw wrongUsage(`--plan: expected OFFER/PLAN, got ${text}`)
  return { offerId, planId }
}

function ownPrice(text: string): OwnPrice {
  const at = text.lastIndexOf('=')
  const price = amount.safeParse(text.slice(at + 1).trim())
  if (at < 1 || !price.success) throw wrongUsage(`expected a name and an amount, such as "1 year=60", got ${text}`)
  return { of: text.slice(0, at).trim(), price: price.data }
}
