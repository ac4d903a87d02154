/**
 * The cells of docs/generated/coverage.md: every action Microsoft may tell of × every state of a subscription, and every type of request at Connect ×
 * how it may go. The types are the rules' own, so that a new action, state or type is a new cell.
 */
import type { NoticeAction } from '../../src/subscriptions/rules/notice.ts'
import type { MicrosoftStatus, RequestType } from '../../src/subscriptions/rules/view.ts'

/** Microsoft's states, and two of our own: an offer that is not set up here, and a subscription nobody has told of before. */
export type State = MicrosoftStatus | 'NotOurs' | 'NeverSeen'

export type Ordered = Exclude<RequestType, 'unknown'>

export type Outcome =
  | 'approved'
  /** Approved with other quantities than asked for. */
  | 'approved otherwise'
  | 'failed'
  | 'revoked'
  | 'inquiring'
  | 'scheduled'
  | 'tiers_setup'
  /** 400 with reasons: nothing was made. */
  | 'refused'
  /** 409: such a request is open already. */
  | '409 open'
  /** 409: it is as wanted already, or has failed already. */
  | '409 over'
  /** No answer came, and it was made. */
  | 'answer lost'
  /** Made already failed. */
  | 'made failed'
  /** Connect says that nothing would change. */
  | 'nothing to change'

export type ActionCell = `${NoticeAction} while ${State}`
export type RequestCell = `${Ordered} is ${Outcome}`
export type Cell = ActionCell | RequestCell

/** Listed by name, so that the compiler tells of a new one. */
const namesOf = <T extends string>(names: Readonly<Record<T, true>>): readonly T[] => Object.keys(names) as T[]

export const ACTIONS = namesOf<NoticeAction>({
  ChangePlan: true,
  ChangeQuantity: true,
  Suspend: true,
  Reinstate: true,
  Renew: true,
  Unsubscribe: true,
  Subscribe: true,
  Unknown: true,
})

export const STATES = namesOf<State>({
  NeverSeen: true,
  NotStarted: true,
  PendingFulfillmentStart: true,
  Subscribed: true,
  Suspended: true,
  Unsubscribed: true,
  Unknown: true,
  NotOurs: true,
})

export const ORDERED = namesOf<Ordered>({ purchase: true, change: true, suspend: true, resume: true, cancel: true, adjustment: true })

export const OUTCOMES = namesOf<Outcome>({
  approved: true,
  'approved otherwise': true,
  failed: true,
  revoked: true,
  inquiring: true,
  scheduled: true,
  tiers_setup: true,
  refused: true,
  '409 open': true,
  '409 over': true,
  'answer lost': true,
  'made failed': true,
  'nothing to change': true,
})

export const actionCells: readonly ActionCell[] = ACTIONS.flatMap((action) => STATES.map((state) => `${action} while ${state}` as const))
export const requestCells: readonly RequestCell[] = ORDERED.flatMap((type) => OUTCOMES.map((outcome) => `${type} is ${outcome}` as const))
const all: ReadonlySet<string> = new Set([...actionCells, ...requestCells])

export const isCell = (text: string): text is Cell => all.has(text)
