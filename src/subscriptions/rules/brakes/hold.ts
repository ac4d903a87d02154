/** The last word on a step: whether a brake of the tenant holds it. Pure. */
import { type Instant, minutes, plus } from '../../../kit/time.ts'
import { type Next, waitFor } from '../next.ts'
import type { SubscriptionView } from '../view.ts'
import { isBraked } from './rate.ts'

/**
 * Two brakes. Until an operator has confirmed a tenant's first reconcile, nothing is changed for a subscription that was sold before this
 * bridge: nobody ordered it on our pages. And while ends are paused, nothing is cancelled or suspended. Everything else goes on.
 */
export function heldByBrakes(view: Pick<SubscriptionView, 'brakes' | 'buyerConfirmed'>, next: Next, now: Instant): Next {
  if (next.kind !== 'step') return next
  const unconfirmed = !view.brakes.confirmed && !view.buyerConfirmed
  const paused = view.brakes.paused && isBraked(next.step)
  return unconfirmed || paused ? waitFor('operator', plus(now, minutes(15))) : next
}
