/** Microsoft's asynchronous operation on a subscription. */
import type { OfferId, OperationId, PlanId, SubscriptionId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'

/** Subscribe stands in the newest webhook table only. Source: Fulfilment API 2018-08-31, OperationActionEnum; webhook page. */
export const OPERATION_ACTIONS = ['ChangePlan', 'ChangeQuantity', 'Renew', 'Suspend', 'Unsubscribe', 'Reinstate', 'Subscribe'] as const
export type KnownAction = (typeof OPERATION_ACTIONS)[number]
/** `Unknown`: a word not listed here; `rawAction` keeps it. */
export type OperationAction = KnownAction | 'Unknown'

/** Conflict: the new value equals the present one. Source: Fulfilment API 2018-08-31, OperationStatusEnum. */
export const OPERATION_STATUSES = ['NotStarted', 'InProgress', 'Succeeded', 'Failed', 'Conflict'] as const
export type KnownOperationStatus = (typeof OPERATION_STATUSES)[number]
export type OperationStatus = KnownOperationStatus | 'Unknown'

export interface MicrosoftOperation {
  readonly id: OperationId
  readonly subscriptionId: SubscriptionId | undefined
  readonly activityId: string | undefined
  readonly publisherId: string | undefined
  /** Without the `-preview` suffix. */
  readonly offerId: OfferId | undefined
  /** The target plan of a ChangePlan, else the present one. */
  readonly planId: PlanId | undefined
  /** The target seats of a ChangeQuantity, else the present ones. */
  readonly quantity: number | undefined
  readonly action: OperationAction
  /** Microsoft's word; empty when it was left out. */
  readonly rawAction: string
  readonly status: OperationStatus
  readonly rawStatus: string
  readonly timeStamp: Instant | undefined
  readonly errorStatusCode: string | undefined
  readonly errorMessage: string | undefined
}

/** Nothing more will happen to it: the way to tell when a change that was accepted (202) is through. */
export const isFinal = (operation: Pick<MicrosoftOperation, 'status'>): boolean =>
  operation.status === 'Succeeded' || operation.status === 'Failed' || operation.status === 'Conflict'
