/** Acknowledging and snoozing: the item and its subject's timeline in one transaction. */
import { type AttentionItem, acknowledgeAttention, snoozeAttention } from '../../attention/index.ts'
import { inTransaction } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { OperatorDeps } from '../deps.ts'
import { nameOf, type Operator } from '../operator.ts'
import { tellSubject } from './told.ts'

/** @throws AppError `ERR_ATTENTION_RESOLVED` */
export const acknowledge = ({ db, clock }: OperatorDeps, item: AttentionItem, operator: Operator, note?: string): Promise<AttentionItem> =>
  inTransaction(db, async (tx) => {
    const [by, now] = [nameOf(operator), clock.now()]
    const moved = await acknowledgeAttention(tx, item, { by, note }, now)
    await tellSubject(tx, moved, 'attention.acknowledged', { by, ...(note ? { note } : {}) }, now)
    return moved
  })

/** @throws AppError `ERR_ATTENTION_RESOLVED`, `ERR_BAD_INPUT` for a time that is past or more than 90 days ahead */
export const snooze = (
  { db, clock }: OperatorDeps,
  item: AttentionItem,
  operator: Operator,
  until: Instant,
  note?: string,
): Promise<AttentionItem> =>
  inTransaction(db, async (tx) => {
    const [by, now] = [nameOf(operator), clock.now()]
    const moved = await snoozeAttention(tx, item, { by, note }, until, now)
    await tellSubject(tx, moved, 'attention.snoozed', { by, until: until.toISOString(), ...(note ? { note } : {}) }, now)
    return moved
  })
