import type { SubscriptionId } from '../../kit/ids.ts'
import { type MicrosoftApi, send } from '../request.ts'
import { segment } from '../url.ts'
import type { ActivatedPlan } from './types.ts'

/**
 * Tells Microsoft that the product is delivered: from here on the buyer is charged.
 *
 * A good answer is not the end: the status may stay PendingFulfillmentStart for minutes, and an Unsubscribe may follow when the
 * payment fails. Look with `getSubscription`. Repeating is safe.
 *
 * @param plan as Microsoft has them now. Plan and seats are sent although newer pages want no body: older ones require it.
 * @throws ApiError `ERR_MS_BAD_REQUEST` not to be activated in this status; also said when it is active already: read it again.
 *   `ERR_MS_NOT_FOUND` unknown or Unsubscribed.
 * @see Fulfilment API 2018-08-31, POST /saas/subscriptions/{subscriptionId}/activate
 */
export async function activate(api: MicrosoftApi, id: SubscriptionId, plan: ActivatedPlan, signal?: AbortSignal): Promise<void> {
  const path = `/saas/subscriptions/${segment(id)}/activate`
  const body = { planId: plan.planId, quantity: plan.quantity }
  await send(api, { call: 'activate', method: 'POST', path, body, repeatable: true, signal })
}
