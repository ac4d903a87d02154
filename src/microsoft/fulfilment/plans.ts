import type { PlanId, SubscriptionId } from '../../kit/ids.ts'
import type { MicrosoftPlan } from '../plan.ts'
import { read } from '../read.ts'
import { type MicrosoftApi, send } from '../request.ts'
import { segment } from '../url.ts'
import { planList } from '../wire/plan.ts'

/**
 * The plans the beneficiary of this subscription may use, the present one included: of its market, private ones only if invited.
 *
 * @param planId only this one; unknown: an empty list. Asked for the purchased plan, the answer names its private offers.
 * @throws ApiError `ERR_MS_NOT_FOUND`.
 * @see Fulfilment API 2018-08-31, GET /saas/subscriptions/{subscriptionId}/listAvailablePlans
 */
export async function listAvailablePlans(
  api: MicrosoftApi,
  id: SubscriptionId,
  planId?: PlanId,
  signal?: AbortSignal,
): Promise<readonly MicrosoftPlan[]> {
  const path = `/saas/subscriptions/${segment(id)}/listAvailablePlans`
  const query = planId === undefined ? {} : { planId: segment(planId) }
  return read(await send(api, { call: 'listAvailablePlans', method: 'GET', path, query, signal }), planList)
}
