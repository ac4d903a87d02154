/** How the service writes its objects. The oddities are the real one's: see where each is made. Shapes: Fulfilment API 2018-08-31. */
import type { Instant } from '../../src/kit/time.ts'
import type { MarketplaceOptions } from './options.ts'
import { availablePlans } from './rules.ts'
import { termsOf } from './term.ts'
import type { Included, Meter, Offer, Operation, Plan, Subscription, TermUnit } from './types.ts'

/** Seven digits after the second, as .NET writes them. */
export const longTime = (at: Instant): string => at.toISOString().replace(/\.(\d{3})Z$/, '.$10000Z')
/** The same without its zone, as some fields come: still UTC. */
export const zoneless = (at: Instant): string => longTime(at).slice(0, -1)

export const wireOfferId = ({ offer, preview }: Pick<Subscription, 'offer' | 'preview'>): string =>
  preview ? `${offer.offerId}-preview` : offer.offerId

/** Flat-rate plans have no seats, and every place says so differently. */
type NoSeats = null | '' | undefined

export function wireSubscription(subscription: Subscription, noSeats: NoSeats = null): Record<string, unknown> {
  return {
    id: subscription.id,
    publisherId: subscription.offer.publisherId,
    offerId: wireOfferId(subscription),
    name: subscription.name,
    saasSubscriptionStatus: subscription.status,
    beneficiary: { ...subscription.beneficiary },
    purchaser: { ...subscription.purchaser },
    planId: subscription.planId,
    quantity: subscription.quantity ?? noSeats,
    term: wireTerm(subscription),
    autoRenew: subscription.autoRenew,
    isTest: subscription.isTest,
    isFreeTrial: subscription.isFreeTrial,
    allowedCustomerOperations: [...subscription.allowedCustomerOperations],
    sandboxType: subscription.sandboxType,
    created: longTime(subscription.created),
    lastModified: zoneless(subscription.lastModified),
    sessionMode: subscription.sessionMode,
  }
}

/** Before activation only the unit means anything. */
function wireTerm({ term, termUnit }: Subscription): Record<string, unknown> {
  const dates = term && { startDate: longTime(term.startDate), endDate: longTime(term.endDate) }
  return { ...dates, termUnit, chargeDuration: null }
}

/** In lists the status is padded with a blank, the creation time has no zone and missing seats are an empty text. */
export const wireListed = (subscription: Subscription): Record<string, unknown> => ({
  ...wireSubscription(subscription, ''),
  saasSubscriptionStatus: ` ${subscription.status} `,
  created: zoneless(subscription.created),
})

export const wireResolved = (subscription: Subscription): Record<string, unknown> => ({
  id: subscription.id,
  subscriptionName: subscription.name,
  offerId: wireOfferId(subscription),
  planId: subscription.planId,
  ...(subscription.quantity === undefined ? {} : { quantity: subscription.quantity }),
  subscription: wireSubscription(subscription),
})

export const wireOperation = (operation: Operation, subscription: Subscription): Record<string, unknown> => ({
  id: operation.id,
  activityId: operation.activityId,
  subscriptionId: operation.subscriptionId,
  offerId: wireOfferId(subscription),
  publisherId: subscription.offer.publisherId,
  planId: operation.planId,
  ...(operation.quantity === undefined ? {} : { quantity: operation.quantity }),
  action: operation.action,
  timeStamp: longTime(operation.created),
  status: operation.status,
  errorStatusCode: operation.status === 'Failed' ? '400' : '',
  errorMessage: operation.status === 'Failed' ? 'The operation did not succeed.' : '',
})

/** The webhook's body; `subscription` as it was before the change. */
export const wireNotice = (operation: Operation, before: Subscription): Record<string, unknown> => ({
  id: operation.id,
  activityId: operation.activityId,
  publisherId: before.offer.publisherId,
  offerId: wireOfferId(before),
  planId: operation.planId,
  quantity: operation.quantity ?? null,
  subscriptionId: operation.subscriptionId,
  timeStamp: longTime(operation.created),
  action: operation.action,
  status: operation.status,
  operationRequestSource: operation.source,
  subscription: wireSubscription(before),
  purchaseToken: null,
})

/** The few fields seen in 2021, and of `Subscribe`. */
export const wireMinimalNotice = (operation: Operation): Record<string, unknown> => ({
  id: operation.id,
  activityId: operation.activityId,
  operationRequestSource: operation.source,
  subscriptionId: operation.subscriptionId,
  timeStamp: longTime(operation.created),
  action: operation.action,
})

/** @param only one plan; unknown ones give an empty list. */
export const wirePlans = (
  subscription: Subscription,
  only: string | undefined,
  told: MarketplaceOptions['sourceOffers'],
): Record<string, unknown> => ({
  plans: availablePlans(subscription)
    .filter((plan) => only === undefined || plan.planId === only)
    .map((plan) => wirePlan(plan, subscription, only === subscription.planId ? told : 'untold')),
})

function wirePlan(plan: Plan, subscription: Subscription, told: MarketplaceOptions['sourceOffers']): Record<string, unknown> {
  const { offer, beneficiary } = subscription
  const perSeat = offer.model === 'perUser'
  const deals = (plan.deals ?? []).filter(({ tenantId }) => tenantId === beneficiary.tenantId)
  const sourceOffers = deals.map(({ privateOfferId }) => ({ externalId: privateOfferId }))
  return {
    planId: plan.planId,
    displayName: plan.name,
    isPrivate: plan.privateFor !== undefined,
    description: plan.description ?? `${offer.name}, ${plan.name}`,
    ...(perSeat ? { minQuantity: plan.minSeats ?? 1, maxQuantity: plan.maxSeats ?? 1_000_000 } : {}),
    hasFreeTrials: plan.hasTrial ?? false,
    isPricePerSeat: perSeat,
    isStopSell: plan.stopSell ?? false,
    market: 'US',
    planComponents: {
      recurrentBillingTerms: termsOf(plan, deals.at(-1)).map(({ unit, price }) => ({
        ...{ currency: 'USD', price, termUnit: unit, termDescription: DESCRIPTIONS[unit] },
        meteredQuantityIncluded: included(plan, INCLUDED[unit]),
      })),
      meteringDimensions: (plan.meters ?? []).flatMap((meter) => wireDimension(offer, meter)),
      ...(told === 'inComponents' ? { sourceOffers } : {}),
    },
    ...(told === 'inPlan' ? { sourceOffers } : {}),
  }
}

const DESCRIPTIONS: Readonly<Record<TermUnit, string>> = { P1M: '1 month', P1Y: '1 year', P2Y: '2 years', P3Y: '3 years' }
const INCLUDED: Readonly<Record<TermUnit, keyof Included>> = { P1M: 'monthly', P1Y: 'yearly', P2Y: 'twoYears', P3Y: 'threeYears' }

const wireDimension = ({ dimensions }: Offer, { dimensionId, price }: Meter): readonly Record<string, unknown>[] =>
  dimensions
    .filter(({ id }) => id === dimensionId)
    .map(({ id, name, unit }) => ({ id, currency: 'USD', pricePerUnit: price, unitOfMeasure: unit, displayName: name }))

/** Whole numbers as text, or the word. */
const included = ({ meters = [] }: Plan, term: keyof Included): readonly Record<string, unknown>[] =>
  meters.flatMap(({ dimensionId, included: covered }) =>
    covered === undefined ? [] : [{ dimensionId, units: covered === 'unlimited' ? 'Unlimited' : String(covered[term] ?? 0) }],
  )
