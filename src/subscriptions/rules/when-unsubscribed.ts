/** Ended at Microsoft: only revoke, resume-to-cancel and cancel are ever sent, and nothing once Connect is terminated or empty. */
import { hours, type Instant, minutes, plus } from '../../kit/time.ts'
import { attemptOf, growing, mayArriveUntil } from './attempts.ts'
import { attempt, attentionUntil, type Next, note, refusedAs, refusedByConnect, settledForGood, waitFor } from './next.ts'
import type { Step } from './steps.ts'
import type { SubscriptionView } from './view.ts'
import { waitForVendor } from './waiting.ts'

const CANCELS_BEFORE_ATTENTION = 5

export function nextWhenUnsubscribed(view: SubscriptionView, now: Instant): Next {
  const { asset, openRequest } = view.connect
  if (openRequest?.status === 'scheduled' && openRequest.type !== 'cancel') {
    return attempt(view, { kind: 'revoke', requestId: openRequest.id }, now, refusedByConnect('STEP_REFUSED'))
  }
  if (openRequest) return waitForVendor(openRequest, now)
  switch (asset?.status) {
    case undefined:
      return nothingThere(view, now)
    case 'terminated':
      return settledForGood
    case 'active':
      return cancel(view, { kind: 'cancel', assetId: asset.id, from: 'active' }, now)
    case 'suspended':
      return cancelSuspended(view, asset.id, now)
    case 'processing':
    case 'terminating':
    case 'unknown':
      return waitFor('vendor', plus(now, minutes(1)))
  }
}

/** An order whose answer was lost may still arrive: it is looked for once more before this is over for good. */
function nothingThere({ attempts }: SubscriptionView, now: Instant): Next {
  const until = mayArriveUntil(attempts, now)
  return until ? waitFor('vendor', until) : settledForGood
}

/** A vendor may refuse: tried again after 5, 10, 20, 40 minutes, then a person is asked and it goes on hourly. */
function cancel(view: SubscriptionView, step: Step & { kind: 'cancel' }, now: Instant): Next {
  const failures = view.connect.finishedRequests.filter((request) => request.type === 'cancel' && request.status === 'failed')
  const tried = attemptOf(view.attempts, step)
  if (failures.length === 0 || !tried) return attempt(view, step, now, refusedAs('CANCEL_FAILED'))
  const again = plus(tried.lastAt, growing(failures.length, minutes(5), hours(1)))
  if (now.getTime() >= again.getTime()) return { kind: 'step', step }
  if (failures.length < CANCELS_BEFORE_ATTENTION) return waitFor('retry', again)
  const reason = failures[0]?.reason ?? ''
  return attentionUntil(note('CANCEL_FAILED', { reason, times: failures.length }), now, again.getTime() - now.getTime())
}

/** Connect may refuse to cancel what is suspended: then resume first. */
function cancelSuspended(view: SubscriptionView, assetId: (Step & { kind: 'cancel' })['assetId'], now: Instant): Next {
  const step: Step & { kind: 'cancel' } = { kind: 'cancel', assetId, from: 'suspended' }
  const refused = attemptOf(view.attempts, step)?.outcome === 'refused'
  if (!refused) return cancel(view, step, now)
  return attempt(view, { kind: 'resume', assetId }, now, refusedAs('CANCEL_FAILED'))
}
