/**
 * Notices whose effect is not visible yet. Microsoft's own state lags what it tells, so nothing settles while one is open, and for the
 * first ten minutes nothing else is done either. After that the table decides again on what is seen: an operation that hangs at Microsoft
 * must not hold up everything else for ever.
 */
import { between, days, earliest, hours, type Instant, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import { attentionUntil, type Next, note, waitFor } from './next.ts'
import type { NoticeView, PlanAndSeats } from './notice.ts'
import type { MicrosoftSide, SubscriptionView } from './view.ts'

type Seen = Extract<MicrosoftSide, { kind: 'seen' }>

/** Why a notice is waited for no longer. */
export type Explanation =
  /** What it told is what Microsoft's subscription says. */
  | 'visible'
  /** Something later has taken its place. */
  | 'overtaken'
  /** Get Operation says Failed or Conflict: it was refused, or changes nothing. */
  | 'notCarriedOut'
  /** It tells nothing that could be seen: the subscription was read again, that is all. */
  | 'informed'
  /** The subscription has ended. */
  | 'ended'
  /** The offer is not one of ours. */
  | 'notOurs'
  /** Never seen in all the time it was looked for. */
  | 'givenUp'

/** Looks after the receipt: pauses of 0.2, 0.5, 1, 2, 5 and 30 s, then every 5 min. */
const LOOKS: readonly Milliseconds[] = [200, 700, 1_700, 3_700, 8_700, 38_700]
const LATER_LOOKS: Milliseconds = minutes(5)
/** Nothing else is done meanwhile. */
const HOLDS_UP: Milliseconds = minutes(10)
export const NOTICE_PATIENCE: Milliseconds = hours(24)
/** Nobody waits a month for an effect that does not come. */
const GIVEN_UP: Milliseconds = days(30)

/** `undefined` while it has to be waited for. */
export function explanationOf(
  notice: NoticeView,
  view: Pick<SubscriptionView, 'microsoft' | 'managed'>,
  now: Instant,
): Explanation | undefined {
  const { microsoft } = view
  if (microsoft.kind !== 'seen') return undefined
  if (!view.managed) return 'notOurs'
  if (microsoft.status === 'Unsubscribed') return notice.action === 'Unsubscribe' ? 'visible' : 'ended'
  if (notice.overtaken) return 'overtaken'
  if (notice.operation === 'Failed' || notice.operation === 'Conflict') return 'notCarriedOut'
  return byAction(notice, microsoft) ?? (between(notice.receivedAt, now) >= GIVEN_UP ? 'givenUp' : undefined)
}

function byAction(notice: NoticeView, microsoft: Seen): Explanation | undefined {
  switch (notice.action) {
    case 'ChangePlan':
      return change(notice, notice.target.planId, notice.before?.planId, microsoft.planId)
    case 'ChangeQuantity':
      return change(notice, notice.target.quantity, notice.before?.quantity, microsoft.quantity)
    case 'Suspend':
      return microsoft.status === 'Suspended' ? 'visible' : undefined
    case 'Reinstate':
      return microsoft.status === 'Subscribed' ? 'visible' : undefined
    case 'Unsubscribe':
      return undefined
    case 'Renew':
      return renewal(notice, microsoft)
    // What a Subscribe says is not documented (an activation, most likely), and of an unknown action nothing is: both only say "look".
    case 'Subscribe':
    case 'Unknown':
      return 'informed'
  }
}

/** A value that is neither the old nor the new one is a later change whose notice was lost. */
function change<T extends string | number>(
  { operation }: NoticeView,
  target: T | undefined,
  before: T | undefined,
  present: T | undefined,
): Explanation | undefined {
  if (target === undefined) return operation === 'InProgress' || operation === 'NotStarted' ? undefined : 'informed'
  if (present === target) return 'visible'
  return operation === 'Succeeded' && before !== undefined && present !== before ? 'overtaken' : undefined
}

/** The new term ends later than the one before. A notice without the term before cannot be compared. */
function renewal({ before }: NoticeView, microsoft: Seen): Explanation | undefined {
  const ended = before?.termEndDate
  if (ended === undefined || microsoft.termEndDate === undefined) return 'informed'
  return microsoft.termEndDate.getTime() > ended.getTime() ? 'visible' : undefined
}

/** The row of the table above all others: what comes of the decision while notices are open. */
export function whileNoticesAreOpen(view: SubscriptionView, decide: () => Next, now: Instant): Next {
  const open = view.notices.filter((notice) => explanationOf(notice, view, now) === undefined)
  if (open.length === 0) return decide()
  const lookAt = earliestOf(
    open.map((notice) => nextNoticeLook(notice.receivedAt, now)),
    now,
  )
  const unexplained = open.find((notice) => between(notice.receivedAt, now) >= NOTICE_PATIENCE)
  const next = open.some((notice) => between(notice.receivedAt, now) < HOLDS_UP) ? undefined : decide()
  if (next?.kind === 'step') return next
  if (unexplained && next?.kind !== 'attention') return attentionUntil(withoutEffect(unexplained), now, between(now, lookAt))
  if (next === undefined || next.kind === 'settled') return waitFor('microsoft', lookAt)
  return { ...next, until: earliest(next.until, lookAt) }
}

const earliestOf = (instants: readonly Instant[], now: Instant): Instant => earliest(plus(now, LATER_LOOKS), ...instants)

/** When to look for the effect of something told at `receivedAt`. Always later than `now`. */
export function nextNoticeLook(receivedAt: Instant, now: Instant): Instant {
  const age = between(receivedAt, now)
  const look = LOOKS.find((after) => after > age)
  return look === undefined ? plus(now, LATER_LOOKS) : plus(receivedAt, look)
}

const withoutEffect = (notice: NoticeView) =>
  note('NOTICE_WITHOUT_EFFECT', {
    notice: notice.id,
    action: notice.action,
    ...(notice.operationId === undefined ? {} : { operation: notice.operationId }),
    operationState: notice.operation,
    receivedAt: notice.receivedAt.toISOString(),
    ...targetFacts(notice.target),
  })

const targetFacts = ({ planId, quantity }: PlanAndSeats) => ({
  ...(planId === undefined ? {} : { plan: planId }),
  ...(quantity === undefined ? {} : { seats: quantity }),
})
