/** What became of an action that ended without a word: it is looked for until Microsoft shows it. One total table; the first row that fits decides. Pure. */
import type { OperationId } from '../../../kit/ids.ts'
import { between, hours, type Instant, minutes, plus } from '../../../kit/time.ts'
import type { OperationState, PlanAndSeats } from '../notice.ts'
import type { ActionReason } from './reasons.ts'
import { isInForce, type PresentState, type WantedAction } from './wanted.ts'

export interface UnclearAction {
  readonly wanted: WantedAction
  /** Plan and seats when it was asked for. */
  readonly from: PlanAndSeats
  readonly endedAt: Instant
  /** Microsoft's side as read now; `undefined` when it is not ours to read. */
  readonly microsoft: PresentState | undefined
  /** What Get Operation says; `undefined` when no operation is known. */
  readonly operation: OperationState | undefined
  /** An operation that does what was asked, seen since. */
  readonly found: OperationId | undefined
  /** What was asked for after it: then that one tells what is true. One that was refused tells nothing. */
  readonly newer: 'open' | 'carriedOut' | undefined
}

export type UnclearNext =
  /** The truth. */
  | { readonly kind: 'known'; readonly as: 'done' | 'failed'; readonly reason: ActionReason | undefined }
  /** It matters no more: somebody has changed it to something else since, or asked for something else. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'follow'; readonly operationId: OperationId }
  | { readonly kind: 'wait'; readonly until: Instant }

/** An operation takes minutes: what has left no trace by then was not taken. */
const SHOWS_WITHIN = hours(24)

export function nextOfUnclear(action: UnclearAction, now: Instant): UnclearNext {
  const { wanted, from, microsoft, operation, found, newer } = action
  const age = between(action.endedAt, now)
  const wait: UnclearNext = { kind: 'wait', until: plus(now, Math.min(hours(6), Math.max(minutes(5), age / 4))) }
  if (newer === 'carriedOut') return { kind: 'overtaken' }
  if (newer === 'open' || !microsoft) return wait
  if (isInForce(wanted, microsoft)) return { kind: 'known', as: 'done', reason: undefined }
  if (microsoft.status === 'Unsubscribed') return { kind: 'known', as: 'failed', reason: 'ENDED' }
  if (operation === 'Failed') return { kind: 'known', as: 'failed', reason: 'MICROSOFT_FAILED' }
  if (operation === 'Conflict') return { kind: 'known', as: 'failed', reason: 'NOTHING_TO_CHANGE' }
  if (operation === undefined && found) return { kind: 'follow', operationId: found }
  if (microsoft.planId !== from.planId || microsoft.quantity !== from.quantity) return { kind: 'overtaken' }
  if (isTraceless(operation) && age >= SHOWS_WITHIN) return { kind: 'known', as: 'failed', reason: 'NEVER_SHOWN' }
  return wait
}

const isTraceless = (operation: OperationState | undefined): boolean => operation === undefined || operation === 'notFound'
