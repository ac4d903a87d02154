/** Bought, not activated: order at the vendor once the buyer has confirmed; activate once the vendor has delivered. */
import { between, earliest, hours, type Instant, minutes, plus } from '../../kit/time.ts'
import { type Attempt, attemptOf, nextPause } from './attempts.ts'
import { changeItems, sameItems, wantedItems } from './items.ts'
import { attempt, attentionUntil, type Next, note, refusedAs, refusedByConnect, waitFor } from './next.ts'
import { resume } from './resume.ts'
import type { Step } from './steps.ts'
import { finishedToward, itemsNotChanged } from './toward.ts'
import type { MappedPlan, MicrosoftSide, SubscriptionView } from './view.ts'
import { waitForBuyer, waitForVendorBeforeDeadline } from './waiting.ts'

type Seen = Extract<MicrosoftSide, { kind: 'seen' }>

export function nextWhenPending(view: SubscriptionView, microsoft: Seen, now: Instant): Next {
  if (!view.buyerConfirmed) return waitForBuyer(view, now)
  if (!view.plan) return attentionUntil(note('PLAN_NOT_MAPPED', { plan: microsoft.planId }), now, minutes(5))
  const { asset, openRequest } = view.connect
  if (openRequest) return waitForVendorBeforeDeadline(view, openRequest, now)
  switch (asset?.status) {
    case undefined:
      return view.connect.lastPurchase ? afterFailedPurchase(view, microsoft, now) : order(view, view.plan, microsoft, now)
    case 'terminated':
      return afterFailedPurchase(view, microsoft, now)
    case 'active':
      return activateWhenRight(view, view.plan, microsoft, asset, now)
    case 'suspended':
      return resume(view, asset.id, now)
    case 'processing':
    case 'terminating':
    case 'unknown':
      return waitForVendorBeforeDeadline(view, undefined, now)
  }
}

function order(view: SubscriptionView, plan: MappedPlan, microsoft: Seen, now: Instant): Next {
  if (plan.archived) return attentionUntil(note('PLAN_NOT_MAPPED', { plan: microsoft.planId }), now, minutes(5))
  if (view.connection === 'missingTest') return attentionUntil(note('NO_TEST_CONNECTION'), now, minutes(5))
  if (view.connection === 'missingProduction') return attentionUntil(note('NO_PRODUCTION_CONNECTION'), now, minutes(5))
  return attempt(view, { kind: 'purchase', items: wantedItems(plan, microsoft.quantity) }, now, refusedByConnect('ORDER_REFUSED'))
}

function activateWhenRight(
  view: SubscriptionView,
  plan: MappedPlan,
  microsoft: Seen,
  asset: NonNullable<SubscriptionView['connect']['asset']>,
  now: Instant,
): Next {
  const wanted = wantedItems(plan, microsoft.quantity)
  if (sameItems(wanted, asset.items, view.mappedItems)) return activate(view, microsoft, now)
  const items = changeItems(wanted, asset.items, view.mappedItems)
  if (finishedToward(items, view)) return itemsNotChanged(view, wanted, now)
  return attempt(view, { kind: 'change', assetId: asset.id, items }, now, refusedByConnect('STEP_REFUSED'))
}

/** After 2xx Microsoft's status lags: look again with growing pauses, no second activation for ten minutes, a person after an hour. After a lost answer its 400 may say no more than that it works on it. */
function activate(view: SubscriptionView, microsoft: Seen, now: Instant): Next {
  const step: Step = { kind: 'activate', planId: microsoft.planId, quantity: microsoft.quantity }
  const next = attempt(view, step, now, refusedAs('ACTIVATION_REFUSED'))
  const tried = attemptOf(view.attempts, step)
  if (next.kind === 'attention' && tried && mayBeEcho(tried, now)) return waitFor('microsoft', lookAgain(tried, next.until, now))
  if (next.kind !== 'wait' || tried?.outcome !== 'accepted') return next
  const lateSince = between(tried.firstAt, now) >= hours(1)
  return waitFor('microsoft', next.until, lateSince ? note('ACTIVATION_NOT_SEEN') : undefined)
}

const mayBeEcho = ({ mayHaveWorkedAt }: Attempt, now: Instant): boolean =>
  mayHaveWorkedAt !== undefined && between(mayHaveWorkedAt, now) < hours(1)

const lookAgain = ({ lastAt }: Attempt, atTheLatest: Instant, now: Instant): Instant =>
  earliest(plus(now, nextPause(between(lastAt, now))), atTheLatest)

/** The vendor declined, or took the order back. */
function afterFailedPurchase(view: SubscriptionView, microsoft: Seen, now: Instant): Next {
  const reason = view.connect.lastPurchase?.reason ?? ''
  const failed = note('PURCHASE_FAILED', { reason })
  if (view.policy.onVendorFailure === 'attention' || !microsoft.mayCancel) return attentionUntil(failed, now, hours(1))
  const next = attempt(view, { kind: 'cancelAtMicrosoft', because: 'vendorFailed' }, now, () => failed)
  return next.kind === 'wait' ? waitFor('microsoft', next.until) : next
}
