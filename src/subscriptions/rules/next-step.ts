/** The decision of the subscriptions room: one total table, read from the top; the first row that fits decides. Pure. */
import { type Instant, minutes, plus } from '../../kit/time.ts'
import { heldByBrakes } from './brakes/hold.ts'
import { attentionUntil, type Next, note, settled, waitFor } from './next.ts'
import { whileNoticesAreOpen } from './notices.ts'
import { toldOfRefusedPlans } from './refused-plans.ts'
import type { MicrosoftSide, SubscriptionView } from './view.ts'
import { nextWhenPending } from './when-pending.ts'
import { nextWhenSubscribed } from './when-subscribed.ts'
import { nextWhenSuspended } from './when-suspended.ts'
import { nextWhenUnsubscribed } from './when-unsubscribed.ts'

/** What to do next so that Connect's asset matches Microsoft's subscription. No clock, no I/O; `now` is given. */
export function nextStep(view: SubscriptionView, now: Instant): Next {
  if (view.microsoft.kind === 'unreadable') {
    const code = view.microsoft.reason === 'forbidden' ? 'MICROSOFT_FORBIDDEN' : 'MICROSOFT_NOT_FOUND'
    return attentionUntil(note(code), now, minutes(15))
  }
  if (!view.managed) return settled
  const { microsoft } = view
  const { lostAsset } = view.connect
  if (lostAsset) return attentionUntil(note('MATCHED_ASSET_UNKNOWN', { asset: lostAsset }), now, minutes(15))
  const decided = whileNoticesAreOpen(view, () => toldOfRefusedPlans(view, byStatus(view, microsoft, now), now), now)
  return heldByBrakes(view, decided, now)
}

function byStatus(view: SubscriptionView, microsoft: Extract<MicrosoftSide, { kind: 'seen' }>, now: Instant): Next {
  switch (microsoft.status) {
    case 'PendingFulfillmentStart':
      return nextWhenPending(view, microsoft, now)
    case 'Subscribed':
      return nextWhenSubscribed(view, microsoft, now)
    case 'Suspended':
      return nextWhenSuspended(view, microsoft, now)
    case 'Unsubscribed':
      return nextWhenUnsubscribed(view, now)
    case 'NotStarted':
      return waitFor('microsoft', plus(now, minutes(5)))
    case 'Unknown':
      return attentionUntil(note('MICROSOFT_STATUS_UNKNOWN'), now, minutes(15))
  }
}
