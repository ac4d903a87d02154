import type { AssetId } from '../../kit/ids.ts'
import { hours, type Instant } from '../../kit/time.ts'
import { attempt, attentionUntil, type Next, note, refusedAs } from './next.ts'
import type { SubscriptionView } from './view.ts'

/** What is suspended at the vendor while the customer may use it: resumed; a person decides when the vendor says no. */
export function resume(view: SubscriptionView, assetId: AssetId, now: Instant): Next {
  const failed = view.connect.finishedRequests.find((request) => request.type === 'resume' && request.status === 'failed')
  if (failed) return attentionUntil(note('RESUME_FAILED', { reason: failed.reason ?? '' }), now, hours(1))
  return attempt(view, { kind: 'resume', assetId }, now, refusedAs('RESUME_FAILED'))
}
