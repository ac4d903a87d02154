/** The life of an attention item: what becomes of it while its cause is seen, and what an operator may do. Pure. */
import { type Instant, isAtOrAfter, isBefore, plus } from '../../kit/time.ts'
import { type AttentionActionId, attentionActions } from './actions.ts'

export const attentionStates = ['open', 'acknowledged', 'snoozed', 'resolved'] as const

/** As stored. A snooze that is over counts as open: see `stateAt`. */
export type AttentionState = (typeof attentionStates)[number]

/** How it was resolved: the cause was gone, or an operator did something about it. */
export type Resolution = 'gone' | AttentionActionId

export interface Life {
  readonly state: AttentionState
  /** See `causeOf`. */
  readonly cause: string
  /** Since when it is in this state. */
  readonly stateSince: Instant
  /** Kept when the cause goes meanwhile: it may come back. */
  readonly snoozedUntil: Instant | undefined
  readonly resolution: Resolution | undefined
  /** The cause is seen no longer. */
  readonly ended: boolean
}

export type Sighting =
  /** There was no item of this cause. */
  | 'raised'
  /** It stays as it is; its facts may be newer. */
  | 'stays'
  /** The facts that matter are others: open again, whatever it was. */
  | 'changed'
  /** The snooze is over, or what was done about it has not helped: open again. */
  | 'returned'
  /** Its cause was gone and is back within the snooze. */
  | 'sleepsOn'

/** The cause is seen. @param life the item of this subject and code whose cause is present, or else its last one */
export function whenSeen(life: Life | undefined, cause: string, now: Instant): Sighting {
  if (!life) return 'raised'
  if (life.ended) return sleepsOn(life, cause, now) ? 'sleepsOn' : 'raised'
  if (life.cause !== cause) return 'changed'
  switch (life.state) {
    case 'open':
    case 'acknowledged':
      return 'stays'
    case 'snoozed':
      return stateAt(life, now) === 'open' ? 'returned' : 'stays'
    case 'resolved':
      return isQuiet(life, now) ? 'stays' : 'returned'
  }
}

const sleepsOn = ({ snoozedUntil, cause, resolution }: Life, seen: string, now: Instant): boolean =>
  resolution === 'gone' && cause === seen && snoozedUntil !== undefined && isBefore(now, snoozedUntil)

function isQuiet({ resolution, stateSince }: Life, now: Instant): boolean {
  if (resolution === undefined || resolution === 'gone') return false
  const { quietFor } = attentionActions[resolution]
  if (quietFor === 'whileSame') return true
  return quietFor !== 'untilLook' && isBefore(now, plus(stateSince, quietFor))
}

/** The state people see. */
export const stateAt = ({ state, snoozedUntil }: Pick<Life, 'state' | 'snoozedUntil'>, now: Instant): AttentionState =>
  state === 'snoozed' && snoozedUntil !== undefined && isAtOrAfter(now, snoozedUntil) ? 'open' : state
