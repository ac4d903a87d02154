/** What the service allows on a subscription, and in which words it refuses. Pure. Fulfilment API 2018-08-31 and observed answers. */
import type { Refusal } from './answer.ts'
import type { Operation, Plan, Subscription } from './types.ts'

export type Change = { readonly planId: string } | { readonly quantity: number }

/** Who asks: the buyer may do at Microsoft what the publisher may not do by the API (partner-sold subscriptions). */
export type Source = 'Azure' | 'Partner'

const MOST_SEATS = 1_000_000

export const findPlan = (subscription: Pick<Subscription, 'offer'>, planId: string): Plan | undefined =>
  subscription.offer.plans.find((plan) => plan.planId === planId)

/** Plans the beneficiary may have: those sold to everybody or to its directory, and the one it is on. */
export const availablePlans = (subscription: Subscription): readonly Plan[] =>
  subscription.offer.plans.filter(
    (plan) => plan.planId === subscription.planId || !plan.privateFor || plan.privateFor.includes(subscription.beneficiary.tenantId),
  )

/** What stands in the buyer's way to a plan that exists: nothing that is not sold, not to everybody, or not for this long. */
export function whyNotBuy({ offer, preview, beneficiary, termUnit }: Subscription, plan: Plan): string | undefined {
  if (plan.stopSell) return `plan ${plan.planId} is no longer sold`
  if (plan.privateFor && !plan.privateFor.includes(beneficiary.tenantId)) return `there is no plan ${plan.planId} of ${offer.offerId}`
  if (plan.terms && !plan.terms.some(({ unit }) => unit === termUnit)) return `plan ${plan.planId} is not sold for ${termUnit}`
  const isInvited = (offer.previewAudience ?? [beneficiary.emailId]).includes(beneficiary.emailId)
  return preview && !isInvited ? `the preview of ${offer.offerId} is not open to ${beneficiary.emailId}` : undefined
}

export function whyNotChange(
  subscription: Subscription,
  change: Change,
  source: Source,
  pending: Operation | undefined,
): Refusal | undefined {
  if (subscription.status !== 'Subscribed') return wrongStatus(subscription, 'Subscribed')
  if (source === 'Partner' && !subscription.allowedCustomerOperations.includes('Update')) return notAllowed('Update')
  if (pending) return locked
  return 'planId' in change ? whyNotPlan(subscription, change.planId) : whyNotQuantity(subscription, change.quantity)
}

function whyNotPlan(subscription: Subscription, planId: string): Refusal | undefined {
  if (planId === subscription.planId) return bad('The plan is the same as the current plan.', 'planId')
  const plan = availablePlans(subscription).find((candidate) => candidate.planId === planId)
  if (!plan || plan.stopSell) return bad('Request Plan is NOT in Catalog.', 'planId')
  return whyNotSeats(plan, subscription.quantity)
}

function whyNotQuantity(subscription: Subscription, quantity: number): Refusal | undefined {
  if (subscription.quantity === undefined) return bad('The plan is not priced per seat.', 'quantity')
  if (quantity === subscription.quantity) return bad('The quantity is the same as the current quantity.', 'quantity')
  const plan = findPlan(subscription, subscription.planId)
  return plan && whyNotSeats(plan, quantity)
}

/** @param seats undefined on a flat-rate plan. */
export function whyNotSeats(plan: Plan, seats: number | undefined): Refusal | undefined {
  if (seats === undefined) return undefined
  const [least, most] = [plan.minSeats ?? 1, Math.min(plan.maxSeats ?? MOST_SEATS, MOST_SEATS)]
  if (Number.isInteger(seats) && seats >= least && seats <= most) return undefined
  return bad(`The quantity must be between ${least} and ${most} on plan ${plan.planId}.`, 'quantity')
}

export function whyNotActivate(subscription: Subscription): Refusal | undefined {
  if (subscription.status === 'Unsubscribed') return { status: 404, code: 'NotFound', message: 'The subscription is unsubscribed.' }
  return subscription.status === 'PendingFulfillmentStart' ? undefined : wrongStatus(subscription, 'PendingFulfillmentStart')
}

export function whyNotCancel(subscription: Subscription, source: Source, pending: Operation | undefined): Refusal | undefined {
  if (source === 'Azure') return subscription.status === 'Unsubscribed' ? wrongStatus(subscription, 'Subscribed') : undefined
  if (!subscription.allowedCustomerOperations.includes('Delete')) return notAllowed('Delete')
  return pending ? { ...locked, status: 409, code: 'Conflict' } : undefined
}

export const whyNotIn = (subscription: Subscription, needed: Subscription['status']): Refusal | undefined =>
  subscription.status === needed ? undefined : wrongStatus(subscription, needed)

const bad = (message: string, target: string): Refusal => ({ status: 400, code: 'BadArgument', message, target })

const wrongStatus = (subscription: Subscription, needed: Subscription['status']): Refusal => ({
  status: 400,
  code: 'BadArgument',
  message: `The subscription is in status ${subscription.status}; the call needs ${needed}.`,
  target: 'saasSubscriptionStatus',
})

const notAllowed = (operation: string): Refusal => ({
  status: 400,
  code: 'BadArgument',
  message: `${operation} is not among the allowed customer operations of this subscription.`,
  target: 'allowedCustomerOperations',
})

const locked: Refusal = { status: 400, code: 'Failed', message: 'The subscription is locked because an operation on it is pending.' }
