/** What an operator does with an item. Who and what they said is kept; the subject's timeline is the caller's. */
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { AttentionItemId, TenantId } from '../../kit/ids.ts'
import { days, type Instant, isBefore, type Milliseconds, plus } from '../../kit/time.ts'
import type { AttentionEvent, AttentionItem } from '../item.ts'
import type { AttentionActionId } from '../rules/actions.ts'
import { dateOf, remember, toItem } from './rows.ts'

/** Nothing is put out of sight for longer. */
export const LONGEST_SNOOZE: Milliseconds = days(90)

export interface Move {
  /** Who: a person's name or that of an API key. */
  readonly by: string
  readonly note?: string | undefined
}

interface ItemKey {
  readonly tenantId: TenantId
  readonly id: AttentionItemId
}

/** Somebody has seen it and sees to it. @throws AppError `ERR_ATTENTION_NOT_FOUND`, `ERR_ATTENTION_RESOLVED` */
export const acknowledgeAttention = (db: Db | Tx, key: ItemKey, move: Move, at: Instant): Promise<AttentionItem> =>
  moved(db, key, move, { event: 'acknowledged', set: { state: 'acknowledged', snoozed_until: null, resolution: null } }, at)

/**
 * Out of sight until then; it comes back by itself, and at once when the facts that matter change.
 * @param until later than `at`, at most 90 days
 * @throws AppError `ERR_ATTENTION_NOT_FOUND`, `ERR_ATTENTION_RESOLVED`, `ERR_BAD_INPUT`
 */
export function snoozeAttention(db: Db | Tx, key: ItemKey, move: Move, until: Instant, at: Instant): Promise<AttentionItem> {
  if (!isBefore(at, until) || isBefore(plus(at, LONGEST_SNOOZE), until)) {
    throw new AppError('ERR_BAD_INPUT', { message: 'An item can be snoozed until a time later than now and at most 90 days ahead.' })
  }
  const set = { state: 'snoozed', snoozed_until: dateOf(until), resolution: null } as const
  return moved(db, key, move, { event: 'snoozed', set, facts: { until: until.toISOString() } }, at)
}

/** An operator did something about it. Whether it helped is seen: see `rules/life.ts` for when it comes back. */
export const resolveAttention = (db: Db | Tx, key: ItemKey, move: Move, action: AttentionActionId, at: Instant): Promise<AttentionItem> =>
  moved(db, key, move, { event: 'resolved', set: { state: 'resolved', snoozed_until: null, resolution: action }, facts: { action } }, at)

interface Change {
  readonly event: AttentionEvent
  readonly set: {
    readonly state: AttentionItem['state']
    readonly snoozed_until: Date | null
    readonly resolution: string | null
  }
  readonly facts?: Readonly<Record<string, string>>
}

const moved = (db: Db | Tx, key: ItemKey, { by, note }: Move, { event, set, facts }: Change, at: Instant): Promise<AttentionItem> =>
  inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('attention_items')
      .set({ ...set, state_since: dateOf(at), state_by: by, note: note ?? null })
      .where('tenant_id', '=', key.tenantId)
      .where('id', '=', key.id)
      .where('state', '<>', 'resolved')
      .returningAll()
      .executeTakeFirst()
    const item = row && toItem(row)
    if (!item) throw new AppError((await exists(tx, key)) ? 'ERR_ATTENTION_RESOLVED' : 'ERR_ATTENTION_NOT_FOUND')
    await remember(tx, item, { event, by, note, facts: facts ?? {} }, at)
    return item
  })

async function exists(tx: Tx, { tenantId, id }: ItemKey): Promise<boolean> {
  const row = await tx.selectFrom('attention_items').select('id').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
  return row !== undefined
}
