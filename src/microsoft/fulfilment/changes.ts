import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { PlanId, SubscriptionId } from '../../kit/ids.ts'
import { readRetryAfter } from '../../kit/retry.ts'
import type { MicrosoftCall, MicrosoftReply } from '../call.ts'
import { microsoftsWords, withCode } from '../failure.ts'
import { operationOf } from '../links.ts'
import { type MicrosoftApi, send } from '../request.ts'
import { segment } from '../url.ts'
import type { AcceptedRequest } from './types.ts'

/** Most seats a subscription can have. Source: Partner Center docs, "Change the quantity of seats". */
const MOST_SEATS = 1_000_000

/**
 * Asks for another plan of the same offer, with the buyer's agreement. It happens later: follow the operation to its end
 * (30 to 60 s, sometimes minutes), or wait for the notice with source Partner.
 *
 * Not safe to repeat: after an unknown outcome look into `listOperations` and `getSubscription` first.
 *
 * @throws ApiError `ERR_MS_BAD_REQUEST` not Subscribed, no Update allowed (a partner's purchase), plan not offered to this buyer,
 *   the same plan; `ERR_MS_CONFLICT` locked by a pending operation, also where Microsoft says so with 400; `ERR_MS_NOT_FOUND`.
 * @see Fulfilment API 2018-08-31, PATCH /saas/subscriptions/{subscriptionId}
 */
export const changePlan = (api: MicrosoftApi, id: SubscriptionId, planId: PlanId, signal?: AbortSignal): Promise<AcceptedRequest> =>
  request(api, { call: 'changePlan', method: 'PATCH', path: pathOf(id), body: { planId }, signal })

/**
 * Asks for another number of seats. As `changePlan`; Microsoft takes only one of the two in a call.
 *
 * @param quantity 1 to 1,000,000, within the limits of the plan and other than now.
 * @throws RangeError outside 1 to 1,000,000; ApiError as `changePlan`.
 * @see Fulfilment API 2018-08-31, PATCH /saas/subscriptions/{subscriptionId}
 */
export async function changeQuantity(
  api: MicrosoftApi,
  id: SubscriptionId,
  quantity: number,
  signal?: AbortSignal,
): Promise<AcceptedRequest> {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_SEATS)
    throw new RangeError(`1 to ${MOST_SEATS} seats, got ${quantity}`)
  return request(api, { call: 'changeQuantity', method: 'PATCH', path: pathOf(id), body: { quantity }, signal })
}

/**
 * Cancels at Microsoft. An Unsubscribe notice (source Partner) follows; already Unsubscribed is a good answer too, without an
 * operation. Not safe to repeat: after an unknown outcome read the subscription first.
 *
 * @throws ApiError `ERR_MS_BAD_REQUEST` no Delete allowed (a partner's purchase); `ERR_MS_CONFLICT` locked by a pending operation;
 *   `ERR_MS_NOT_FOUND`.
 * @see Fulfilment API 2018-08-31, DELETE /saas/subscriptions/{subscriptionId}
 */
export const cancel = (api: MicrosoftApi, id: SubscriptionId, signal?: AbortSignal): Promise<AcceptedRequest> =>
  request(api, { call: 'cancel', method: 'DELETE', path: pathOf(id), signal })

async function request(api: MicrosoftApi, call: MicrosoftCall): Promise<AcceptedRequest> {
  const reply = await sendOnce(api, call)
  return { operationId: operationOf(reply.headers), retryAfter: readRetryAfter(reply.headers['retry-after'], api.clock.now()) }
}

/** Seen in Microsoft's 400s: "locked because of a pending operation". */
const LOCKED = /\block(ed)?\b|\bpending\b/i

async function sendOnce(api: MicrosoftApi, call: MicrosoftCall): Promise<MicrosoftReply> {
  try {
    return await send(api, { ...call, repeatable: false })
  } catch (error) {
    if (error instanceof ApiError && hasCode(error, 'ERR_MS_BAD_REQUEST') && LOCKED.test(microsoftsWords(error) ?? ''))
      throw withCode('ERR_MS_CONFLICT', error)
    throw error
  }
}

const pathOf = (id: SubscriptionId): string => `/saas/subscriptions/${segment(id)}`
