/** The vendor has ended what goes on at Microsoft: a person is asked, or Microsoft is cancelled by policy. Nothing is sent to Connect. */
import { hours, type Instant } from '../../kit/time.ts'
import { attempt, attentionUntil, type Next, note, waitFor } from './next.ts'
import type { MicrosoftSide, SubscriptionView } from './view.ts'

export function afterTermination(view: SubscriptionView, microsoft: Extract<MicrosoftSide, { kind: 'seen' }>, now: Instant): Next {
  const because = view.connect.lastPurchase?.status === 'failed' ? purchaseFailed(view) : note('VENDOR_TERMINATED')
  if (view.policy.onVendorTermination === 'attention' || !microsoft.mayCancel) return attentionUntil(because, now, hours(1))
  const next = attempt(view, { kind: 'cancelAtMicrosoft', because: 'vendorTerminated' }, now, () => because)
  return next.kind === 'wait' ? waitFor('microsoft', next.until) : next
}

export const purchaseFailed = (view: SubscriptionView) =>
  note('SUBSCRIBED_BEFORE_APPROVAL', { reason: view.connect.lastPurchase?.reason ?? '' })
