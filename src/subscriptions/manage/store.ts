/** Actions asked for, what was sent and what became of it. */
import type { Insertable, Selectable } from 'kysely'
import { z } from 'zod'
import type { AttentionNote } from '../../attention/rules/note.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { ManagementActionRow } from '../../database/tables/management.ts'
import { type Guard, wake } from '../../database/work/index.ts'
import { type ActionId, actionId, type OperationId, operationId, type PlanId, planId, subscriptionId, tenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { storableJson } from '../notification/storable.ts'
import type { SubscriptionKey, Visitor } from '../record.ts'
import type { ActionEnd, Sending } from '../rules/manage/progress.ts'
import type { WantedAction } from '../rules/manage/wanted.ts'
import { settleUnclear } from '../store/attention.ts'
import { wakeSubscription } from '../store/postgres.ts'
import { addToTimeline } from '../store/timeline.ts'
import { dateOf } from '../store/update.ts'
import type { TimelineEvent } from '../timeline.ts'
import { ACTION_WORK } from '../work-kinds.ts'
import { actionFacts } from './told.ts'

export type AskedBy = { readonly by: 'operator'; readonly name?: string | undefined } | { readonly by: 'buyer'; readonly visitor: Visitor }

export interface ManagementAction extends SubscriptionKey {
  readonly id: ActionId
  readonly wanted: WantedAction
  /** Plan and seats when it was asked for. */
  readonly from: { readonly planId: PlanId; readonly quantity: number | undefined }
  readonly askedBy: AskedBy['by']
  /** Of an operator: the person, or the API key. */
  readonly askedByName: string | undefined
  readonly askedAt: Instant
  readonly sending: Sending | undefined
  /** Microsoft's operation, once it is known. */
  readonly operationId: OperationId | undefined
  /** Microsoft's own words, where it refused. */
  readonly words: readonly string[]
  readonly ended: EndedAction | undefined
}

export interface EndedAction {
  readonly at: Instant
  readonly as: ActionEnd
  /** An `ActionReason`; open, for rows of other versions. */
  readonly reason: string | undefined
}

export type NewAction = Pick<ManagementAction, 'id' | 'wanted' | 'from' | 'askedAt' | keyof SubscriptionKey> & { readonly asked: AskedBy }

/** Keeps it and wakes it. False when another one is open: one at a time. */
export const insertAction = (db: Db, action: NewAction, event: TimelineEvent): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('management_actions')
      .values(newRow(action))
      .onConflict((conflict) => conflict.columns(['tenant_id', 'subscription_id']).where('ended_at', 'is', null).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return false
    await addToTimeline(tx, action, [event], action.askedAt)
    await wake(tx, { tenantId: action.tenantId, kind: ACTION_WORK, key: action.id }, action.askedAt)
    return true
  })

function newRow({ tenantId, subscriptionId, id, wanted, from, askedAt, asked }: NewAction): Insertable<ManagementActionRow> {
  return {
    tenant_id: tenantId,
    id,
    subscription_id: subscriptionId,
    kind: wanted.kind,
    to_plan: wanted.kind === 'changePlan' ? wanted.planId : null,
    to_seats: wanted.kind === 'changeSeats' ? wanted.seats : null,
    from_plan: from.planId,
    from_seats: from.quantity ?? null,
    asked_by: asked.by,
    asked_by_name: asked.by === 'operator' ? (asked.name ?? null) : null,
    asked_by_tenant: asked.by === 'buyer' ? asked.visitor.entraTenantId : null,
    asked_by_object: asked.by === 'buyer' ? asked.visitor.objectId : null,
    asked_at: dateOf(askedAt),
  }
}

/** What is found out about one on its way. */
export interface ActionChange {
  readonly sending?: Sending
  readonly operationId?: OperationId | undefined
  readonly words?: readonly string[]
  readonly ended?: EndedAction
  /** Nobody needs to know any more what became of it. */
  readonly mattersNoMore?: boolean
  readonly events: readonly TimelineEvent[]
  readonly at: Instant
}

/** Its end wakes the subscription: what Microsoft shows by then is brought to Connect. */
export const recordAction = (db: Db, action: ManagementAction, change: ActionChange, guard: Guard<Tx>): Promise<void> =>
  inTransaction(db, async (tx) => {
    await guard(tx)
    const columns = changedColumns(change)
    if (Object.keys(columns).length > 0)
      await tx.updateTable('management_actions').set(columns).where('tenant_id', '=', action.tenantId).where('id', '=', action.id).execute()
    await addToTimeline(tx, action, change.events, change.at)
    await addToTimeline(tx, action, await settleUnclear(tx, action, noteOf(action, change), change.at), change.at)
    if (change.ended) await wakeSubscription(tx, action, change.at)
  })

/** `undefined`: as it is. One that was refused says nothing of the one before it. */
function noteOf(action: ManagementAction, { ended, mattersNoMore }: ActionChange): AttentionNote<'ACTION_UNCLEAR'> | 'gone' | undefined {
  if (mattersNoMore || ended?.as === 'done' || ended?.as === 'failed') return 'gone'
  if (ended?.as !== 'unclear') return undefined
  const by = action.askedByName ?? action.askedBy
  return { code: 'ACTION_UNCLEAR', facts: { ...actionFacts(action), by } }
}

const changedColumns = ({ sending, operationId, words, ended }: ActionChange) => ({
  ...(sending ? { calls: sending.count, called_at: dateOf(sending.lastAt), call_outcome: sending.outcome } : {}),
  ...(operationId === undefined ? {} : { operation_id: operationId }),
  ...(words === undefined ? {} : { words: storableJson(words) }),
  ...(ended ? { ended_at: dateOf(ended.at), ended_as: ended.as, reason: ended.reason ?? null } : {}),
})

export async function loadAction(db: Db | Tx, key: Pick<ManagementAction, 'tenantId' | 'id'>): Promise<ManagementAction | undefined> {
  const row = await db
    .selectFrom('management_actions')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('id', '=', key.id)
    .executeTakeFirst()
  return row && toAction(row)
}

/** Newest first. @param limit 1 to 1,000, default 20 */
export async function listActions(db: Db | Tx, key: SubscriptionKey, limit = 20): Promise<readonly ManagementAction[]> {
  const rows = await db
    .selectFrom('management_actions')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '=', key.subscriptionId)
    .orderBy('seq', 'desc')
    .limit(Math.min(1000, Math.max(1, limit)))
    .execute()
  return rows.map(toAction)
}

/** The one under way, if any. */
export async function openAction(db: Db | Tx, key: SubscriptionKey): Promise<ManagementAction | undefined> {
  const [newest] = await listActions(db, key, 1) // none begins before the one before it has ended
  return newest?.ended ? undefined : newest
}

const words = z.array(z.string())

const toAction = (row: Selectable<ManagementActionRow>): ManagementAction => ({
  tenantId: tenantId.parse(row.tenant_id),
  subscriptionId: subscriptionId.parse(row.subscription_id),
  id: actionId.parse(row.id),
  wanted: wantedOf(row),
  from: { planId: planId.parse(row.from_plan), quantity: row.from_seats ?? undefined },
  askedBy: row.asked_by,
  askedByName: row.asked_by_name ?? undefined,
  askedAt: row.asked_at,
  sending:
    row.called_at === null || row.call_outcome === null
      ? undefined
      : { count: row.calls, lastAt: row.called_at, outcome: row.call_outcome },
  operationId: row.operation_id === null ? undefined : operationId.parse(row.operation_id),
  words: words.parse(row.words),
  ended:
    row.ended_at === null || row.ended_as === null ? undefined : { at: row.ended_at, as: row.ended_as, reason: row.reason ?? undefined },
})

function wantedOf({ kind, to_plan, to_seats }: Selectable<ManagementActionRow>): WantedAction {
  switch (kind) {
    case 'changePlan':
      return { kind, planId: planId.parse(to_plan) }
    case 'changeSeats':
      return { kind, seats: z.number().parse(to_seats) }
    case 'cancel':
      return { kind }
  }
}
