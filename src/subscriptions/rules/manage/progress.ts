/** How an action that was asked for goes on: one total table, read from the top; the first row that fits decides. Pure. */
import type { OperationId } from '../../../kit/ids.ts'
import { between, hours, type Instant, type Milliseconds, minutes, plus, seconds } from '../../../kit/time.ts'
import { growing, nextPause } from '../attempts.ts'
import type { OperationState } from '../notice.ts'
import type { May } from './facts.ts'
import type { ActionReason, ReasonFacts } from './reasons.ts'
import { isInForce, type PresentState, type WantedAction } from './wanted.ts'

export type SendOutcome =
  /** Written before the call; still so after a crash: it may have been made. */
  | 'intended'
  /** Microsoft took it (202) and works on it. */
  | 'accepted'
  /** No usable answer: it may have been taken. */
  | 'unknown'
  /** Another operation stands in the way at Microsoft. */
  | 'locked'
  /** It did not get there. */
  | 'notTaken'
  /** Microsoft said no. */
  | 'refused'
  /** 403: Microsoft does not let us. */
  | 'forbidden'

export interface Sending {
  /** Calls begun, this one included. */
  readonly count: number
  readonly lastAt: Instant
  readonly outcome: SendOutcome
}

export interface ActionProgress {
  readonly wanted: WantedAction
  readonly askedAt: Instant
  readonly sending: Sending | undefined
  /** Microsoft's side as read now; `undefined` when it is not ours to read. */
  readonly microsoft: PresentState | undefined
  /** What Get Operation says; `undefined` when no operation is known. */
  readonly operation: OperationState | undefined
  /** An operation at Microsoft that does what was asked, begun since the call: in its list, or told by a notice. */
  readonly found: OperationId | undefined
  /** Whether it may be (still) done, our own action left out. */
  readonly may: May
}

export type ActionEnd = 'done' | 'failed' | 'refused' | 'unclear'

export type ActionNext =
  | { readonly kind: 'send' }
  /** The call was taken after all: follow this operation. */
  | { readonly kind: 'follow'; readonly operationId: OperationId }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'end'; readonly as: ActionEnd; readonly reason: ActionReason | undefined; readonly facts: ReasonFacts }

/** Nobody is surprised by a change asked for long ago: what could not be begun by then is dropped. */
const BEGUN_WITHIN: Milliseconds = hours(1)
const UNLOCKED_WITHIN: Milliseconds = minutes(30)
/** Microsoft shows a new operation late: so long is looked for it before the call is repeated. */
const LOOKED_FOR: Milliseconds = minutes(2)
const MOST_CALLS_WITHOUT_ANSWER = 3
/** An operation takes 30 to 60 seconds, sometimes minutes; what takes longer than this is told as it is. */
const FOLLOWED_FOR: Milliseconds = hours(24)

export function nextOfAction(progress: ActionProgress, now: Instant): ActionNext {
  const { wanted, microsoft, sending, may } = progress
  if (microsoft && isInForce(wanted, microsoft)) return end('done')
  if (microsoft?.status === 'Unsubscribed') return end('refused', 'ENDED')
  if (!sending) return begin(progress, now)
  switch (sending.outcome) {
    case 'accepted':
      return followed(progress, sending, now)
    case 'intended':
    case 'unknown':
      return lookedFor(progress, sending, now)
    case 'locked':
      if (between(progress.askedAt, now) >= UNLOCKED_WITHIN) return end('refused', 'STAYED_LOCKED')
      return after(plus(sending.lastAt, growing(sending.count, seconds(5), minutes(2))), may, now)
    case 'notTaken':
      if (between(progress.askedAt, now) >= BEGUN_WITHIN) return end('refused', 'NOT_REACHED')
      return after(plus(sending.lastAt, growing(sending.count, seconds(2), minutes(5))), may, now)
    case 'refused':
      return refused(sending, now)
    case 'forbidden':
      return end('refused', 'MICROSOFT_FORBIDDEN')
  }
}

function begin({ askedAt, may }: ActionProgress, now: Instant): ActionNext {
  const age = between(askedAt, now)
  if (age >= BEGUN_WITHIN) return end('refused', 'NOT_REACHED')
  if (!may.may && may.reason === 'OPERATION_PENDING' && age >= UNLOCKED_WITHIN) return end('refused', 'STAYED_LOCKED')
  return ifAllowed(may, now)
}

/** A call before this one may have been taken, and Microsoft shows it late: then this one is refused because nothing is left to change. */
function refused({ count, lastAt }: Sending, now: Instant): ActionNext {
  const age = between(lastAt, now)
  if (count > 1 && age < LOOKED_FOR) return waitUntil(plus(now, nextPause(age)))
  return end('refused', 'MICROSOFT_REFUSED')
}

const after = (at: Instant, may: May, now: Instant): ActionNext => (now.getTime() < at.getTime() ? waitUntil(at) : ifAllowed(may, now))

/** Another operation at Microsoft passes by itself; everything else is a no. */
function ifAllowed(may: May, now: Instant): ActionNext {
  if (may.may) return { kind: 'send' }
  return may.reason === 'OPERATION_PENDING' ? waitUntil(plus(now, seconds(5))) : end('refused', may.reason, may.facts)
}

function followed({ operation, found }: ActionProgress, { lastAt }: Sending, now: Instant): ActionNext {
  const age = between(lastAt, now)
  if (operation === 'Failed') return end('failed', 'MICROSOFT_FAILED')
  if (operation === 'Conflict') return end('failed', 'NOTHING_TO_CHANGE')
  if (operation === undefined && found) return { kind: 'follow', operationId: found }
  if (age >= FOLLOWED_FOR) return operation === 'Succeeded' ? end('done') : end('unclear', 'NO_WORD')
  return waitUntil(plus(now, nextPause(age))) // also when it succeeded: Microsoft's state lags what it tells
}

function lookedFor({ found, may }: ActionProgress, { count, lastAt }: Sending, now: Instant): ActionNext {
  if (found) return { kind: 'follow', operationId: found }
  const age = between(lastAt, now)
  if (age < LOOKED_FOR) return waitUntil(plus(now, Math.min(nextPause(age), LOOKED_FOR - age)))
  if (count >= MOST_CALLS_WITHOUT_ANSWER || age >= FOLLOWED_FOR) return end('unclear', 'NO_WORD')
  const next = ifAllowed(may, now)
  return next.kind === 'end' ? { ...next, as: 'unclear' } : next
}

const waitUntil = (until: Instant): ActionNext => ({ kind: 'wait', until })

const end = (as: ActionEnd, reason?: ActionReason, facts: ReasonFacts = {}): ActionNext => ({ kind: 'end', as, reason, facts })
