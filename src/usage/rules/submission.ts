/** Which sealed slots go out together, which wait, and which are too old. Pure. */
import type { SubscriptionId } from '../../kit/ids.ts'
import { type Instant, isAtOrAfter } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import type { Phase } from './phases.ts'
import { isExpired } from './verdict.ts'

/** Microsoft's: events in one call of `batchUsageEvent`. */
export const MOST_EVENTS = 25

export interface SealedSlot {
  readonly subscriptionId: SubscriptionId
  readonly dimension: string
  readonly hour: UtcHour
  /** Not to be sent again before then. */
  readonly notBefore: Instant | undefined
  /** The subscription's present status. */
  readonly status: Phase['status']
  /** Sending of its product is stopped by an operator. */
  readonly stopped: boolean
}

export interface Submission<Slot extends SealedSlot> {
  /** Oldest first, at most 25 each. */
  readonly batches: readonly (readonly Slot[])[]
  /** Microsoft takes them no longer, stopped or not. */
  readonly expired: readonly Slot[]
}

export function planSubmission<Slot extends SealedSlot>(slots: readonly Slot[], now: Instant): Submission<Slot> {
  const expired = slots.filter((slot) => isExpired(slot.hour, now))
  const ready = slots
    .filter((slot) => !isExpired(slot.hour, now) && isReady(slot, now))
    .toSorted((a, b) => a.hour.getTime() - b.hour.getTime())
  return { batches: inBatches(ready), expired }
}

/** Microsoft refuses what is suspended and takes what has ended while the hour is inside its window. */
const isReady = ({ notBefore, status, stopped }: SealedSlot, now: Instant): boolean =>
  !stopped && status !== 'Suspended' && (notBefore === undefined || isAtOrAfter(now, notBefore))

const inBatches = <Slot>(slots: readonly Slot[]): readonly (readonly Slot[])[] =>
  Array.from({ length: Math.ceil(slots.length / MOST_EVENTS) }, (_, n) => slots.slice(n * MOST_EVENTS, (n + 1) * MOST_EVENTS))
