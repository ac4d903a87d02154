/** How long until Connect is read again: vendors take seconds when they are machines, and days when they are people. */
import { between, days, hours, type Instant, type Milliseconds, minutes, seconds } from '../../../kit/time.ts'

export interface WatchMood {
  /** The newest request any of the tenant's subscriptions waits for was made then, as Connect says; absent when none waits. */
  readonly waitingSince: Instant | undefined
  /** When something new was read. */
  readonly changedAt: Instant | undefined
  /** When Connect's webhook was heard. */
  readonly pokedAt: Instant | undefined
}

const FASTEST: Milliseconds = seconds(1)
const QUIET: Milliseconds = minutes(2)
/** While the webhook is heard it wakes us; it may still lose a call. */
const BESIDE_WEBHOOK: Milliseconds = seconds(30)
const POKED_LATELY: Milliseconds = minutes(15)

export function watchPause({ waitingSince, changedAt, pokedAt }: WatchMood, now: Instant): Milliseconds {
  const pause = Math.min(whileWaiting(ageOf(waitingSince, now)), afterChange(ageOf(changedAt, now)))
  const isHeard = ageOf(pokedAt, now) < POKED_LATELY
  return isHeard && pause > FASTEST ? Math.max(pause, BESIDE_WEBHOOK) : pause
}

/** Clocks differ: what seems to come from the future is as good as new. */
const ageOf = (at: Instant | undefined, now: Instant): Milliseconds => (at ? between(at, now) : Number.POSITIVE_INFINITY)

function whileWaiting(age: Milliseconds): Milliseconds {
  if (age < minutes(1)) return FASTEST
  if (age < hours(1)) return seconds(5)
  if (age < days(1)) return seconds(30)
  return Number.isFinite(age) ? minutes(1) : QUIET
}

function afterChange(age: Milliseconds): Milliseconds {
  if (age < minutes(1)) return FASTEST
  return age < minutes(10) ? seconds(5) : QUIET
}
