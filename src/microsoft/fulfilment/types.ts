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
  /** The subscription a purchase token of the landing page stands for. May be repeated while the token lives. */
  resolve(purchaseToken: string, signal?: AbortSignal): Promise<MicrosoftSubscription>
  /** Delivered: the buyer is charged from here on. Takes effect later: look. May be repeated. */
  activate(id: SubscriptionId, plan: ActivatedPlan, signal?: AbortSignal): Promise<void>
  /** The truth about one subscription. */
  getSubscription(id: SubscriptionId, signal?: AbortSignal): Promise<MicrosoftSubscription>
  /** Every subscription of the app's offers, page by page, ended ones included. A row that cannot be read is left out, and told. */
  listSubscriptions(signal?: AbortSignal, onUnreadable?: () => void): AsyncIterable<readonly MicrosoftSubscription[]>
  /** The plans this buyer may use; with `planId` only that one. */
  listAvailablePlans(id: SubscriptionId, planId?: PlanId, signal?: AbortSignal): Promise<readonly MicrosoftPlan[]>
  /** Asks for another plan. Takes effect later, or not. Not to be repeated without looking. */
  changePlan(id: SubscriptionId, planId: PlanId, signal?: AbortSignal): Promise<AcceptedRequest>
  /** Asks for another number of seats, 1 to 1,000,000. Takes effect later, or not. Not to be repeated without looking. */
  changeQuantity(id: SubscriptionId, quantity: number, signal?: AbortSignal): Promise<AcceptedRequest>
  /** Ends the subscription at Microsoft. Takes effect later. Not to be repeated without looking. */
  cancel(id: SubscriptionId, signal?: AbortSignal): Promise<AcceptedRequest>
  /** What is in progress. An empty list proves nothing. */
  listOperations(id: SubscriptionId, signal?: AbortSignal): Promise<readonly MicrosoftOperation[]>
  /** One operation, open or final; Microsoft may not know those that only inform. */
  getOperation(id: SubscriptionId, operationId: OperationId, signal?: AbortSignal): Promise<MicrosoftOperation>
  /** Takes or refuses a change the buyer asked for, inside ten seconds. May be repeated. */
  patchOperation(id: SubscriptionId, operationId: OperationId, answer: OperationAnswer, signal?: AbortSignal): Promise<void>
  /** The same API under one correlation id, telling of each call: for a timeline. */
  traced(traced: Traced): MicrosoftFulfilment
}

export type OperationAnswer = 'Success' | 'Failure'
