/** What the metering API keeps and says. Microsoft's words. */
import type { Instant } from '../../../src/kit/time.ts'

export type UsageStatus =
  | 'Accepted'
  | 'Expired'
  | 'Duplicate'
  | 'Error'
  | 'ResourceNotFound'
  | 'ResourceNotAuthorized'
  | 'ResourceNotActive'
  | 'InvalidDimension'
  | 'InvalidQuantity'
  | 'BadArgument'

/** An event as it was sent, every field still doubtful. */
export interface SentUsage {
  readonly resourceId: string | undefined
  /** A JSON double; undefined when it was none. */
  readonly quantity: number | undefined
  readonly dimension: string | undefined
  readonly effectiveStartTime: Instant | undefined
  readonly planId: string | undefined
}

/** What became of the event when it was processed: that much, or nothing at all. */
export type Processed = number | 'rejected'

export interface RecordedUsage {
  readonly usageEventId: string
  readonly subscriptionId: string
  readonly planId: string
  readonly dimension: string
  readonly hour: Instant
  readonly effectiveStartTime: Instant
  /** As it came, a double. */
  readonly quantity: number
  readonly messageTime: Instant
  /** Undefined: all of it, in time. */
  readonly processed: Processed | undefined
}

export interface Verdict {
  readonly sent: SentUsage
  /** Usually a `UsageStatus`; a fault may say anything. */
  readonly status: string
  readonly message: string
  /** The new event, or the one that has the slot. */
  readonly recorded: RecordedUsage | undefined
}

/** One line of what Microsoft bills. Amounts as text, exact. */
export interface BilledLine {
  readonly subscriptionId: string
  readonly planId: string
  readonly dimension: string
  readonly quantity: string
  readonly events: number
  /** In US dollars, before Microsoft rounds to cents. */
  readonly price: number
  readonly amount: string
}
