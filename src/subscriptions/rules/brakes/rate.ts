/** The brake on ends: when many subscriptions would be cancelled or suspended at once, something else is wrong. Pure; the counts are data. */
import { hours, type Instant, type Milliseconds, plus } from '../../../kit/time.ts'
import type { Step, StepKind } from '../steps.ts'

/** Steps that take something from a customer. A resume or change is none; a revoke takes back an order. */
const BRAKED: ReadonlySet<StepKind> = new Set<StepKind>(['cancel', 'suspend', 'cancelAtMicrosoft', 'revoke'])

export const isBraked = ({ kind }: Step): boolean => BRAKED.has(kind)

export const BRAKE_WINDOW: Milliseconds = hours(1)

/** So many subscriptions in an hour may be cancelled or suspended: 5, or 5 % of the tenant's where that is more. */
export const brakeLimit = (subscriptions: number): number => Math.max(5, Math.floor(subscriptions / 20))

export interface BrakeState {
  /** The brake has caught, and nobody has released it. */
  readonly pausedSince: Instant | undefined
  /** Released by an operator: nothing is counted before this. */
  readonly releasedUntil: Instant | undefined
}

export interface BrakeCounts {
  /** Other subscriptions of the tenant that were cancelled or suspended since `countedFrom`. */
  readonly others: number
  /** This one was already: its step is a repeat. */
  readonly isRepeat: boolean
  /** Subscriptions with something in Connect that could be lost. */
  readonly subscriptions: number
}

/** The beginning of what counts at `now`. */
export const countedFrom = ({ releasedUntil }: BrakeState, now: Instant): Instant => {
  const hourAgo = plus(now, -BRAKE_WINDOW)
  return releasedUntil && releasedUntil.getTime() > hourAgo.getTime() ? releasedUntil : hourAgo
}

export const isReleased = ({ releasedUntil }: BrakeState, now: Instant): boolean =>
  releasedUntil !== undefined && now.getTime() < releasedUntil.getTime()

/**
 * Whether one more subscription may be cancelled or suspended now. A brake that has caught stays on until an operator releases it: were it
 * to end by itself, a mistake would go on at five an hour. What was begun may be finished.
 */
export function mayEndOneMore(state: BrakeState, counts: BrakeCounts, now: Instant): boolean {
  if (isReleased(state, now) || counts.isRepeat) return true
  if (state.pausedSince) return false
  return counts.others < brakeLimit(counts.subscriptions)
}
