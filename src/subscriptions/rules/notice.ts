/** What Microsoft has told of a subscription: the words the rules share. */
import type { OperationId, PlanId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'

/** Microsoft's actions, and `Unknown` for those it may add. */
export type NoticeAction = 'ChangePlan' | 'ChangeQuantity' | 'Renew' | 'Suspend' | 'Unsubscribe' | 'Reinstate' | 'Subscribe' | 'Unknown'

/** Who started it: the buyer or Microsoft (Azure), or the publisher through the API (Partner). */
export type NoticeSource = 'Azure' | 'Partner' | 'Unknown'

/** Get Operation's word · Microsoft does not know the operation · there is no id, or it could not be read now. */
export type OperationState = 'NotStarted' | 'InProgress' | 'Succeeded' | 'Failed' | 'Conflict' | 'Unknown' | 'notFound' | 'unread'

export interface PlanAndSeats {
  readonly planId: PlanId | undefined
  /** Absent on flat-rate plans, and where Microsoft left it out. */
  readonly quantity: number | undefined
}

/** A notice whose effect has not been seen yet. */
export interface OpenNotice {
  readonly id: string
  readonly action: NoticeAction
  readonly operationId: OperationId | undefined
  readonly target: PlanAndSeats
  /** Microsoft's values before the change, where the notice held them. */
  readonly before: (PlanAndSeats & { readonly termEndDate: Instant | undefined }) | undefined
  readonly receivedAt: Instant
  /** A notice of the same kind (plan · seats · status · term) about something later is known: that one counts. */
  readonly overtaken: boolean
}

export interface NoticeView extends OpenNotice {
  readonly operation: OperationState
}

/** Kinds that follow each other: of two plan changes only the later one must be seen. */
export function topicOf(action: NoticeAction): 'plan' | 'seats' | 'status' | 'term' | 'other' {
  switch (action) {
    case 'ChangePlan':
      return 'plan'
    case 'ChangeQuantity':
      return 'seats'
    case 'Suspend':
    case 'Reinstate':
    case 'Unsubscribe':
      return 'status'
    case 'Renew':
      return 'term'
    case 'Subscribe':
    case 'Unknown':
      return 'other'
  }
}
