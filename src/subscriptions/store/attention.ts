/** What the decision about a subscription asks attention for, told to the attention room, and what changed there, for the timeline. */

import type { RawBuilder } from 'kysely'
import {
  type AttentionChange,
  type AttentionEvent,
  lifecycleCodes,
  noAttention,
  type Subject,
  settleAttention,
} from '../../attention/index.ts'
import type { AttentionNote as AnyNote } from '../../attention/rules/note.ts'
import type { Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'
import type { AttentionNote } from '../rules/next.ts'
import type { TimelineEvent, TimelineWord } from '../timeline.ts'

export const subjectOf = ({ subscriptionId }: SubscriptionKey): Subject => ({ kind: 'subscription', id: subscriptionId })

/** Makes the items be exactly what the last decision asks for; those other rooms raised about the subscription stay. */
export async function settleOurs(
  tx: Tx,
  key: SubscriptionKey,
  wanted: AttentionNote | undefined,
  at: Instant,
): Promise<readonly TimelineEvent[]> {
  const settlement = { tenantId: key.tenantId, subject: subjectOf(key), among: lifecycleCodes, wanted: wanted ? [wanted] : [] }
  const changes = await settleAttention(tx, settlement, at)
  return changes.map(told)
}

/** Of what was asked for at Microsoft here: its own code, apart from what the decision asks for. `undefined` leaves it as it is. */
export async function settleUnclear(
  tx: Tx,
  key: SubscriptionKey,
  wanted: AnyNote<'ACTION_UNCLEAR'> | 'gone' | undefined,
  at: Instant,
): Promise<readonly TimelineEvent[]> {
  if (wanted === undefined) return []
  const among = ['ACTION_UNCLEAR'] as const
  const settlement = { tenantId: key.tenantId, subject: subjectOf(key), among, wanted: wanted === 'gone' ? [] : [wanted] }
  return (await settleAttention(tx, settlement, at)).map(told)
}

/** That `settleOurs` would find nothing to end. */
export const nothingToSettle = (key: SubscriptionKey): RawBuilder<boolean> => noAttention(key.tenantId, subjectOf(key), lifecycleCodes)

const WORDS: Readonly<Record<AttentionEvent, TimelineWord>> = {
  raised: 'attention.raised',
  changed: 'attention.changed',
  returned: 'attention.returned',
  sleepsOn: 'attention.sleepsOn',
  gone: 'attention.resolved',
  acknowledged: 'attention.acknowledged',
  snoozed: 'attention.snoozed',
  resolved: 'attention.acted',
}

const told = ({ event, code, itemId }: AttentionChange): TimelineEvent => ({
  actor: 'bridge',
  event: WORDS[event],
  facts: { code, item: itemId },
})
