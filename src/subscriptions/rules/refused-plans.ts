/** Buyers' changes to plans nobody has mapped: they were refused at Microsoft, and a person is told while both sides agree. */
import { hours, type Instant } from '../../kit/time.ts'
import { attentionUntil, type Next, note } from './next.ts'
import type { SubscriptionView } from './view.ts'

/** Everything else comes first: only what would be settled becomes attention. */
export function toldOfRefusedPlans(view: SubscriptionView, next: Next, now: Instant): Next {
  if (next.kind !== 'settled' || next.final || view.refusedPlans.length === 0) return next
  return attentionUntil(note('PLAN_CHANGE_REFUSED', { plans: view.refusedPlans }), now, hours(1))
}
