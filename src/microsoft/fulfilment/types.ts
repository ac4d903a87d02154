/** The face of Microsoft's SaaS Fulfilment API v2 (2018-08-31) towards the rest of the bridge. */
import type { OperationId, PlanId, SubscriptionId } from '../../kit/ids.ts'
import type { Milliseconds } from '../../kit/time.ts'
import type { MicrosoftOperation } from '../operation.ts'
import type { MicrosoftPlan } from '../plan.ts'
import type { MicrosoftSubscription } from '../subscription.ts'
import type { Traced } from '../trace.ts'

/** What the buyer has now: Microsoft may compare it with its own. */
export interface ActivatedPlan {
  readonly planId: PlanId
  /** Seats; undefined on flat-rate plans. */
  readonly quantity: number | undefined
}

/** Microsoft took the request (202); the change happens later, or not. */
export interface AcceptedRequest {
  /** To follow with `getOperation`. Undefined when Microsoft named none: look into `listOperations` then. */
  readonly operationId: OperationId | undefined
  /** How long Microsoft asks to wait before looking. */
  readonly retryAfter: Milliseconds | undefined
}

/**
 * One publisher's fulfilment API. Every method throws `ApiError` with a code of the `ERR_MS_` family (each method says which it
 * adds to `ERR_MS_UNAVAILABLE`, `ERR_MS_FORBIDDEN`, `ERR_MS_UNEXPECTED_ANSWER` and those of the sign-in), or the signal's reason.
 */
export interface MicrosoftFulfilment {
  resolve(purchaseToken: string, signal?: AbortSignal): Promise<MicrosoftSubscription>
  activate(id: SubscriptionId, plan: ActivatedPlan, signal?: AbortSignal): Promise<void>
  getSubscription(id: SubscriptionId, signal?: AbortSignal): Promise<MicrosoftSubscription>
  listSubscriptions(signal?: AbortSignal): AsyncIterable<readonly MicrosoftSubscription[]>
  listAvailablePlans(id: SubscriptionId, planId?: PlanId, signal?: AbortSignal): Promise<readonly MicrosoftPlan[]>
  changePlan(id: SubscriptionId, planId: PlanId, signal?: AbortSignal): Promise<AcceptedRequest>
  changeQuantity(id: SubscriptionId, quantity: number, signal?: AbortSignal): Promise<AcceptedRequest>
  cancel(id: SubscriptionId, signal?: AbortSignal): Promise<AcceptedRequest>
  listOperations(id: SubscriptionId, signal?: AbortSignal): Promise<readonly MicrosoftOperation[]>
  getOperation(id: SubscriptionId, operationId: OperationId, signal?: AbortSignal): Promise<MicrosoftOperation>
  patchOperation(id: SubscriptionId, operationId: OperationId, answer: OperationAnswer, signal?: AbortSignal): Promise<void>
  /** The same API under one correlation id, telling of each call: for a timeline. */
  traced(traced: Traced): MicrosoftFulfilment
}

export type OperationAnswer = 'Success' | 'Failure'
