/** How the storefront names states, prices and people. Pure. */
import type { Tone } from '../layout.tsx'
import type { Delivery, Offer, Operation, Plan, Subscription, TermUnit } from '../marketplace/types.ts'

const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 0 })

export interface Price {
  readonly amount: string
  /** For what, e.g. "per seat, monthly". */
  readonly per: string
}

export function priceOf(plan: Plan, { model, dimensions }: Pick<Offer, 'model' | 'dimensions'>): Price {
  if (model === 'perUser') return { amount: money.format(plan.price), per: 'per seat, monthly' }
  if (plan.price === 0) return { amount: 'Pay by use', per: 'no base price' }
  return { amount: money.format(plan.price), per: dimensions.length > 0 ? 'monthly, plus use' : 'monthly' }
}

/** The price of the cheapest plan. */
export function startingPrice({ plans, ...offer }: Offer): Price {
  const cheapest = plans.reduce<Plan | undefined>((least, plan) => (least && least.price <= plan.price ? least : plan), undefined)
  if (!cheapest) return { amount: 'Not sold', per: 'at present' }
  const price = priceOf(cheapest, offer)
  return plans.length > 1 && cheapest.price > 0 ? { ...price, amount: `From ${price.amount}` } : price
}

/** One or two letters for an offer's mark: the initials after the publisher's name, which all offers share. */
export function initialsOf({ name }: Pick<Offer, 'name'>): string {
  const words = name.match(/[\p{Letter}\p{Number}]+/gu) ?? [name]
  return (words.length > 1 ? words.slice(1) : words)
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
    .join('')
}

/** Which of the six colours an offer's mark has: the same each time. */
export const hueOf = ({ offerId }: Pick<Offer, 'offerId'>): number =>
  [...offerId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6

export const seatsAllowed = (plan: Plan): string => `${plan.minSeats ?? 1} to ${(plan.maxSeats ?? 1_000_000).toLocaleString('en-US')} seats`

export const planName = ({ offer, planId }: Pick<Subscription, 'offer' | 'planId'>): string =>
  offer.plans.find((plan) => plan.planId === planId)?.name ?? planId

export interface Word {
  readonly tone: Tone
  readonly text: string
}

export function statusWord({ status, activating }: Pick<Subscription, 'status' | 'activating'>): Word {
  switch (status) {
    case 'PendingFulfillmentStart':
      return activating ? { tone: 'info', text: 'Activating' } : { tone: 'warn', text: 'Pending configuration' }
    case 'Subscribed':
      return { tone: 'good', text: 'Subscribed' }
    case 'Suspended':
      return { tone: 'bad', text: 'Suspended' }
    case 'Unsubscribed':
      return { tone: 'neutral', text: 'Unsubscribed' }
  }
}

export function deliveryWord({ state }: Delivery): Word {
  switch (state) {
    case 'sending':
      return { tone: 'info', text: 'Sending' }
    case 'waiting':
      return { tone: 'warn', text: 'Will be sent again' }
    case 'accepted':
      return { tone: 'good', text: 'Taken' }
    case 'refused':
      return { tone: 'bad', text: 'Refused' }
    case 'givenUp':
      return { tone: 'bad', text: 'Given up' }
    case 'lost':
      return { tone: 'bad', text: 'Lost on purpose' }
  }
}

/** What the change is, in the buyer's words. */
export function operationText({ action, planId, quantity }: Operation, offer: Offer): string {
  switch (action) {
    case 'ChangePlan':
      return `Change to plan ${planName({ offer, planId })}`
    case 'ChangeQuantity':
      return `Change to ${quantity} seats`
    case 'Reinstate':
      return 'Reinstatement'
    case 'Renew':
      return 'Renewal'
    case 'Suspend':
      return 'Suspension'
    case 'Unsubscribe':
      return 'Cancellation'
    case 'Subscribe':
      return 'Activation'
  }
}

const TERMS: Readonly<Record<TermUnit, string>> = { P1M: 'One month', P1Y: 'One year', P2Y: 'Two years', P3Y: 'Three years' }
export const termWord = (unit: TermUnit): string => TERMS[unit]
export const termText = (subscription: Subscription): string => termWord(subscription.termUnit)
