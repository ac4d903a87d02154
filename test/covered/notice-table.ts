/**
 * An authentic notice of each kind, in each state that can be brought about, about something Microsoft's own subscription does not show unless the state
 * itself shows it. What becomes of it: a word of the rules, or `waited for`.
 */
import type { NoticeAction } from '../../src/subscriptions/rules/notice.ts'
import type { Explanation } from '../../src/subscriptions/rules/notices.ts'
import type { State } from './cells.ts'

export type Fate = Explanation | 'waited for'
export type TriedState = Exclude<State, 'NotStarted' | 'Unknown'>

const nothingShows: Readonly<Record<NoticeAction, Fate>> = {
  ChangePlan: 'waited for',
  ChangeQuantity: 'waited for',
  Suspend: 'waited for',
  Reinstate: 'waited for',
  Renew: 'informed',
  Unsubscribe: 'waited for',
  Subscribe: 'informed',
  Unknown: 'informed',
}

const each = (fate: Fate): Readonly<Record<NoticeAction, Fate>> => ({
  ...{ ChangePlan: fate, ChangeQuantity: fate, Suspend: fate, Reinstate: fate, Renew: fate, Unsubscribe: fate },
  ...{ Subscribe: fate, Unknown: fate },
})

export const noticeTable: Readonly<Record<TriedState, Readonly<Record<NoticeAction, Fate>>>> = {
  NeverSeen: nothingShows,
  PendingFulfillmentStart: nothingShows,
  Subscribed: { ...nothingShows, Reinstate: 'visible' },
  Suspended: { ...nothingShows, Suspend: 'visible' },
  Unsubscribed: { ...each('ended'), Unsubscribe: 'visible' },
  NotOurs: each('notOurs'),
}
