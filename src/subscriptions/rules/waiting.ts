/** How long to wait for people, and when somebody should be told. */
import type { LifecycleCode } from '../../attention/rules/catalogue.ts'
import { between, days, earliest, hours, type Instant, isAtOrAfter, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { type AttentionNote, type Next, note, waitFor } from './next.ts'
import type { RequestView, SubscriptionView } from './view.ts'

/** Microsoft cancels what is not activated within 30 days of purchase; these days after it somebody is told (again). */
const DEADLINE_DAYS = [20, 25, 28] as const
const VENDOR_PATIENCE = days(3)

/** The last of days 20, 25, 28 since the purchase that has been reached; `undefined` before day 20. */
export function deadlineDay(view: SubscriptionView, now: Instant): number | undefined {
  const age = between(purchasedAt(view), now)
  return DEADLINE_DAYS.findLast((day) => age >= days(day))
}

export function waitForBuyer(view: SubscriptionView, now: Instant): Next {
  return waitWithDeadline(view, 'buyer', 'BUYER_NOT_CONFIRMED', hours(6), now)
}

/** While the subscription is pending: the 30 days run on. */
export function waitForVendorBeforeDeadline(view: SubscriptionView, request: RequestView | undefined, now: Instant): Next {
  return waitWithDeadline(view, 'vendor', 'VENDOR_SLOW', request ? vendorPause(request, now) : minutes(1), now, request)
}

export function waitForVendor(request: RequestView, now: Instant): Next {
  const until = plus(now, vendorPause(request, now))
  if (asksReseller(request)) return waitFor('vendor', until, resellerAsked(request))
  if (between(request.createdAt, now) < VENDOR_PATIENCE || request.status === 'scheduled') return waitFor('vendor', until)
  const facts = { request: request.id, type: request.type, status: request.status, ...tierFacts(request) }
  return waitFor('vendor', until, note('VENDOR_REQUEST_OLD', facts))
}

function waitWithDeadline(
  view: SubscriptionView,
  reason: 'buyer' | 'vendor',
  code: LifecycleCode,
  pause: Milliseconds,
  now: Instant,
  request?: RequestView,
): Next {
  const day = deadlineDay(view, now)
  const until = earliest(plus(now, pause), ...thresholdsAfter(view, now))
  const age = day === undefined ? {} : { day, daysLeft: 30 - day }
  if (request && asksReseller(request)) return waitFor(reason, until, resellerAsked(request, age))
  if (day === undefined) return waitFor(reason, until)
  return waitFor(reason, until, note(code, { ...age, ...(request ? { request: request.id, ...tierFacts(request) } : {}) }))
}

/** Nobody but the distributor can answer for its reseller, and every order through it waits: told at once. */
const asksReseller = ({ tierRequest }: RequestView): boolean => tierRequest?.status === 'inquiring'

const resellerAsked = (request: RequestView, age: AttentionNote['facts'] = {}): AttentionNote =>
  note('RESELLER_SETUP_ASKS', { ...age, request: request.id, ...tierFacts(request) })

function tierFacts({ tierRequest }: RequestView): AttentionNote['facts'] {
  if (!tierRequest) return {}
  const { id, status, level, account, link } = tierRequest
  return {
    ...{ tierRequest: id, tierStatus: status },
    ...(level === undefined ? {} : { tierLevel: level }),
    ...(account === undefined ? {} : { tierAccount: account }),
    link,
  }
}

const thresholdsAfter = (view: SubscriptionView, now: Instant): readonly Instant[] =>
  DEADLINE_DAYS.map((day) => plus(purchasedAt(view), days(day))).filter((at) => !isAtOrAfter(now, at))

const purchasedAt = (view: SubscriptionView): Instant =>
  (view.microsoft.kind === 'seen' ? view.microsoft.createdAt : undefined) ?? view.firstSeenAt

/** The watch on Connect wakes it when the vendor has acted; this is for the day the watch fails. */
function vendorPause(request: RequestView, now: Instant): Milliseconds {
  const age = between(request.createdAt, now)
  if (age < hours(1)) return minutes(1)
  return age < days(1) ? minutes(5) : minutes(15)
}
