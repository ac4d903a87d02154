/**
 * Where a reported quantity belongs: the one slot it is billed in, or the named state it waits in. One table, read from the top; the first
 * row that fits decides. Pure.
 *
 * Microsoft takes one event per subscription, dimension and hour of UTC, at most 24 hours after the hour began, and never adds to one it has
 * taken (Metering API 2018-08-31). So what comes after its hour was sealed can only be billed in another hour, and that is the publisher's
 * decision, never ours.
 */
import { between, days, hours, type Instant, isBefore, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { hourOf, hoursLater, type UtcHour } from '../../kit/utc-hour.ts'
import { endedAt, type Phases, phaseAt, planChangeWithin } from './phases.ts'

/** Microsoft's: counted from the start of the slot's hour. */
export const WINDOW: Milliseconds = hours(24)
/** Kept free before the window closes: sending takes a while. */
const LAST_CALL: Milliseconds = minutes(15)
/** Clocks differ a little. */
const FUTURE_TOLERATED: Milliseconds = minutes(2)

/** What becomes of usage that comes too late for its own hour. */
export type LatePolicy =
  /** Into the next hour that is not sealed yet. */
  | 'currentHour'
  /** An operator decides; after so many days it is not billed. */
  | 'hold'
  /** Not billed, and the producer is told. */
  | 'reject'

export interface PlacePolicy {
  readonly late: LatePolicy
  readonly holdDays: number
}

export interface Reported {
  /** The moment that decides the hour. Of a window: its last moment. */
  readonly consumedAt: Instant
  /** The same stamp for a whole month: when it was consumed is not known, whatever the stamp says. */
  readonly wholeMonth: boolean
}

/** What is known of the subscription and of one of its dimensions. */
export interface Stream {
  readonly phases: Phases
  /** The hours whose slot takes nothing more, whatever became of it. */
  readonly closed: (hour: UtcHour) => boolean
}

export type Moved =
  /** Its own hour was sealed already, or lies more than 24 hours back. */
  | 'late'
  /** Stamped over a whole month. */
  | 'wholeMonth'
  /** Consumed after a change of plan within the hour: the hour's slot belongs to the plan before. */
  | 'planChanged'

export type Placement =
  | { readonly kind: 'slot'; readonly hour: UtcHour; readonly moved?: Moved }
  | { readonly kind: 'hold'; readonly because: 'late' | 'wholeMonth' | 'noHourLeft' | 'reportedBefore'; readonly until: Instant }
  | { readonly kind: 'reject'; readonly because: 'inFuture' | 'beforeStart' | 'afterEnd' | 'late' | 'wholeMonth' }

export function place(reported: Reported, stream: Stream, policy: PlacePolicy, now: Instant): Placement {
  const { consumedAt } = reported
  if (between(now, consumedAt) > FUTURE_TOLERATED) return { kind: 'reject', because: 'inFuture' }
  const phase = phaseAt(stream.phases, consumedAt)
  if (!phase) return { kind: 'reject', because: 'beforeStart' }
  if (phase.status === 'Unsubscribed') return { kind: 'reject', because: 'afterEnd' }
  if (reported.wholeMonth) return placeLate('wholeMonth', stream, policy, now)
  const own = hourOf(consumedAt)
  const changedAt = planChangeWithin(stream.phases, own)
  const hour = changedAt !== undefined && !isBefore(consumedAt, changedAt) ? hoursLater(own, 1) : own
  if (isUsable(hour, stream, now)) return hour === own ? { kind: 'slot', hour } : { kind: 'slot', hour, moved: 'planChanged' }
  return placeLate('late', stream, policy, now)
}

/** Where an operator lets usage go that was held, and where the rest of a slot is billed later. */
export function placeNow(stream: Stream, now: Instant): UtcHour | undefined {
  const end = endedAt(stream.phases)
  return end === undefined ? nextOpenHour(stream, now) : latestHourBefore(end, stream, now)
}

function placeLate(because: 'late' | 'wholeMonth', stream: Stream, policy: PlacePolicy, now: Instant): Placement {
  const until = plus(now, days(policy.holdDays))
  switch (policy.late) {
    case 'reject':
      return { kind: 'reject', because }
    case 'hold':
      return { kind: 'hold', because, until }
    case 'currentHour': {
      const hour = placeNow(stream, now)
      return hour ? { kind: 'slot', hour, moved: because } : { kind: 'hold', because: 'noHourLeft', until }
    }
  }
}

/** The present hour, or the first after it that takes more. */
function nextOpenHour(stream: Stream, now: Instant): UtcHour {
  let hour = hourOf(now)
  while (stream.closed(hour)) hour = hoursLater(hour, 1)
  return hour
}

/** After the end Microsoft still takes hours from before it, inside its 24 hours. */
function latestHourBefore(end: Instant, stream: Stream, now: Instant): UtcHour | undefined {
  for (let hour = hourOf(plus(end, -1)); isInWindow(hour, now); hour = hoursLater(hour, -1)) {
    if (!stream.closed(hour)) return hour
  }
  return undefined
}

const isUsable = (hour: UtcHour, stream: Stream, now: Instant): boolean => isInWindow(hour, now) && !stream.closed(hour)

const isInWindow = (hour: UtcHour, now: Instant): boolean => between(hour, now) < WINDOW - LAST_CALL
