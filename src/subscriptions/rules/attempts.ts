/** What was tried before, and whether it may be tried (again) now. Pure. */
import type { RequestId } from '../../kit/ids.ts'
import { between, type Instant, type Milliseconds, minutes, plus, seconds } from '../../kit/time.ts'
import type { RefusalReason } from './refusal.ts'
import type { Step } from './steps.ts'
import { BILL_RENEWAL, stepKey } from './steps.ts'

export type AttemptOutcome =
  /** Written before the call; still so after a crash: the call may have been made. */
  | 'intended'
  /** The other side took it. */
  | 'accepted'
  /** No usable answer: it may have taken effect. */
  | 'unknown'
  /** It did not take effect: not sent, 429, our own fault before sending. */
  | 'notTaken'
  /** The other side said no, with reasons. */
  | 'refused'
  /** The other side says that this would change nothing. */
  | 'nothingChanged'

/** The last try of one step toward one target, and how many there were. */
export interface Attempt {
  /** The step and its target: `change:ITEM=4`. A new target counts anew. */
  readonly key: string
  readonly count: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly outcome: AttemptOutcome
  /** Why it was refused, as the other side put it. */
  readonly messages: readonly string[]
  /** Why it was refused, where its sentence is known. */
  readonly because?: RefusalReason | undefined
  /** When an earlier try of the same was made that was taken, or may have been: this refusal may be its echo. */
  readonly mayHaveWorkedAt?: Instant | undefined
  /** Connect's newest request when it was sent, `null` when there was none: by it an order whose answer was lost is recognized. */
  readonly newestBefore?: RequestId | null | undefined
  /** What it was sent with: connection, marketplace and reseller. Refused with these it is free to go with others. */
  readonly sentWith?: string | undefined
}

/** Of the next try of a step: see `Attempt.mayHaveWorkedAt`. */
export const mayHaveWorkedAt = (before: Attempt | undefined): Instant | undefined =>
  before && (before.outcome === 'accepted' || mayBeUnderWay(before)) ? before.lastAt : before?.mayHaveWorkedAt

export const mayBeUnderWay = ({ outcome }: Pick<Attempt, 'outcome'>): boolean => outcome === 'intended' || outcome === 'unknown'

/** An order without an answer was taken when a request of its kind is seen that was not there before. @param requests newest first */
export const knownBySight = (
  attempts: readonly Attempt[],
  requests: readonly { readonly id: RequestId; readonly type: string }[],
): readonly Attempt[] => attempts.map((one) => (mayBeUnderWay(one) && isSeen(one, requests) ? { ...one, outcome: 'accepted' } : one))

function isSeen({ key, newestBefore }: Attempt, requests: readonly { readonly id: RequestId; readonly type: string }[]): boolean {
  if (newestBefore === undefined) return false
  const before = requests.findIndex(({ id }) => id === newestBefore)
  const since = before < 0 ? requests : requests.slice(0, before)
  return since.some(({ type }) => key.startsWith(`${type}:`) || key === type)
}

export type Permission =
  | { readonly may: 'go' }
  | { readonly may: 'wait'; readonly until: Instant }
  | { readonly may: 'refused'; readonly attempt: Attempt; readonly until: Instant }

/** After an unknown outcome: look up at once, wait, look up again, and only then repeat. */
const UNKNOWN_LOOK: Milliseconds = seconds(5)
const UNKNOWN_REPEAT: Milliseconds = seconds(30)
/** An accepted step whose effect does not show: no second one for so long. */
export const ACCEPTED_REPEAT: Milliseconds = minutes(10)

export const attemptOf = (attempts: readonly Attempt[], step: Step): Attempt | undefined => {
  const key = stepKey(step)
  return attempts.find((attempt) => attempt.key === key)
}

/** @param sendWith as `Attempt.sentWith`, now. */
export function permission(attempts: readonly Attempt[], step: Step, now: Instant, sendWith: string): Permission {
  const attempt = attemptOf(attempts, step)
  const inTheAir = otherOrderInTheAir(attempts, stepKey(step), now)
  if (inTheAir) return afterUnknown(inTheAir, now)
  if (!attempt || isCorrected(attempt, sendWith)) return { may: 'go' }
  switch (attempt.outcome) {
    case 'intended':
    case 'unknown':
      return afterUnknown(attempt, now)
    case 'notTaken':
      return waitUntil(plus(attempt.lastAt, growing(attempt.count, seconds(2), minutes(5))), now)
    case 'accepted':
      return waitUntilOrLook(attempt, now)
    case 'nothingChanged':
    case 'refused': {
      const until = plus(attempt.lastAt, pauseAfterRefusal(attempt))
      return now.getTime() >= until.getTime() ? { may: 'go' } : { may: 'refused', attempt, until }
    }
  }
}

/**
 * An operator wants it tried again: refusals and answers count no more. What may be on its way still does: an unknown outcome, a call of the
 * last moments, and what Microsoft has taken, for its state lags.
 */
export const countAnew = (attempts: readonly Attempt[], now: Instant): readonly Attempt[] =>
  attempts.filter(({ outcome, key, lastAt }) => {
    if (outcome === 'intended' || outcome === 'unknown') return true
    if (outcome !== 'accepted') return false
    return AT_MICROSOFT.test(key) || between(lastAt, now) < UNKNOWN_REPEAT
  })

/**
 * Microsoft wants something else: attempts count anew. What may still arrive at the other side is remembered until it is too old to,
 * and so is what a term was billed with.
 */
export const countTowardNewTarget = (attempts: readonly Attempt[], now: Instant): readonly Attempt[] =>
  attempts.filter((one) => one.key.startsWith(BILL_RENEWAL) || isInTheAir(one, now))

const AT_MICROSOFT = /^(activate|cancelAtMicrosoft)(:|$)/

const ORDERS = /^(purchase|change|suspend|resume|cancel|revoke)(:|$)/

/** No usable answer came to an order, and it may arrive at the vendor's only now: another one beside it would be one too many. */
const otherOrderInTheAir = (attempts: readonly Attempt[], key: string, now: Instant): Attempt | undefined =>
  ORDERS.test(key) ? attempts.find((one) => one.key !== key && ORDERS.test(one.key) && isInTheAir(one, now)) : undefined

/** Until when an order without an answer may still arrive; `undefined` when none may. */
export function mayArriveUntil(attempts: readonly Attempt[], now: Instant): Instant | undefined {
  const inTheAir = attempts.find((one) => ORDERS.test(one.key) && isInTheAir(one, now))
  return inTheAir && plus(inTheAir.lastAt, UNKNOWN_REPEAT)
}

const isInTheAir = (attempt: Attempt, now: Instant): boolean => mayBeUnderWay(attempt) && between(attempt.lastAt, now) < UNKNOWN_REPEAT

/** Only a refusal: what may have taken effect is not sent again because the set-up was changed. */
const isCorrected = ({ outcome, sentWith }: Attempt, sendWith: string): boolean =>
  outcome === 'refused' && sentWith !== undefined && sentWith !== sendWith

function pauseAfterRefusal({ because, count }: Attempt): Milliseconds {
  if (because === 'assetStatus') return growing(count, seconds(2), minutes(5)) // the asset has just moved: looking again may be all it takes
  const known = because !== undefined && because !== 'other'
  return growing(count, minutes(1), known ? minutes(15) : minutes(60)) // what is corrected in Connect should not wait for an hour
}

function afterUnknown(attempt: Attempt, now: Instant): Permission {
  const age = between(attempt.lastAt, now)
  if (age >= UNKNOWN_REPEAT) return { may: 'go' }
  return { may: 'wait', until: plus(attempt.lastAt, age < UNKNOWN_LOOK ? UNKNOWN_LOOK : UNKNOWN_REPEAT) }
}

/** Looks again with growing pauses; repeats only after `ACCEPTED_REPEAT`. */
function waitUntilOrLook(attempt: Attempt, now: Instant): Permission {
  const age = between(attempt.lastAt, now)
  if (age >= ACCEPTED_REPEAT) return { may: 'go' }
  return { may: 'wait', until: plus(now, nextPause(age)) }
}

const waitUntil = (until: Instant, now: Instant): Permission => (now.getTime() >= until.getTime() ? { may: 'go' } : { may: 'wait', until })

/** first, 2·first, 4·first … up to `most`. */
export const growing = (count: number, first: Milliseconds, most: Milliseconds): Milliseconds =>
  Math.min(most, first * 2 ** Math.max(0, Math.min(count, 30) - 1))

/** How long to wait before looking at something again that has not shown for `age`. */
export function nextPause(age: Milliseconds): Milliseconds {
  if (age < seconds(2)) return 400
  if (age < seconds(10)) return seconds(1)
  if (age < minutes(1)) return seconds(5)
  if (age < minutes(10)) return seconds(30)
  return minutes(5)
}
