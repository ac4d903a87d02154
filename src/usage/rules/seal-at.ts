/** When an hour's slot is sealed: fixed, stored, and sent. Pure. */
import { earliest, type Instant, isAtOrAfter, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { endOfHour, type UtcHour } from '../../kit/utc-hour.ts'
import { type Phases, phaseAt } from './phases.ts'
import { WINDOW } from './place.ts'

/** A file or a batch that comes late for an hour nobody has told of yet comes as a whole: so long its other records are waited for. */
const SETTLES: Milliseconds = minutes(5)
/** Whatever is awaited: so long before Microsoft's window closes nothing is awaited any more. */
const LAST_SEAL: Milliseconds = minutes(45)

export interface OpenSlot {
  readonly hour: UtcHour
  /** When its newest record came. */
  readonly lastRecordAt: Instant
}

/** @param grace how long after the end of the hour its records are waited for, 0 to 6 hours */
export function sealAt({ hour, lastRecordAt }: OpenSlot, phases: Phases, grace: Milliseconds): Instant {
  if (isCutShort(hour, phases)) return hour
  const settled = plus(lastRecordAt, SETTLES)
  const closed = plus(endOfHour(hour), grace)
  return earliest(isAtOrAfter(settled, closed) ? settled : closed, plus(hour, WINDOW - LAST_SEAL))
}

/** The subscription ended, was suspended, or left the plan since: Microsoft takes the old hours only shortly, so nothing is waited for. */
function isCutShort(hour: UtcHour, phases: Phases): boolean {
  const present = phases.at(-1)
  return present !== undefined && (present.status !== 'Subscribed' || phaseAt(phases, hour)?.planId !== present.planId)
}
