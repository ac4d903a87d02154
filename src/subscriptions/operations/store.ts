/** Operations of Microsoft's that want an answer: what they ask, what we decided, what came of it. Two makers, as for subscriptions. */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import type { OperationRow } from '../../database/tables/notices.ts'
import { type Guard, storeHeld, whileHeld } from '../../database/work/index.ts'
import { type OperationId, operationId, type SubscriptionId, subscriptionId, type TenantId, tenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { MicrosoftOperation } from '../../microsoft/index.ts'
import { noticeAction, noticeSource, type Told, told } from '../notification/reading.ts'
import { storableJson } from '../notification/storable.ts'
import { keptAnswer } from '../notification/told.ts'
import type { NoticeAction, NoticeSource } from '../rules/notice.ts'
import { entries } from '../store/timeline.ts'
import type { TimelineEvent } from '../timeline.ts'
import { SUBSCRIPTION_WORK } from '../work-kinds.ts'

export interface OperationKey {
  readonly tenantId: TenantId
  readonly operationId: OperationId
}

export type AnswerOutcome =
  /** Written before the call; still so after a crash. */
  | 'intended'
  | 'taken'
  /** Microsoft said no to it, or it did not get there: what stands is seen by looking. */
  | 'notTaken'
  | 'unknown'

export interface StoredOperation extends OperationKey {
  readonly subscriptionId: SubscriptionId
  /** As in the address that was called. */
  readonly productId: string
  readonly action: NoticeAction
  readonly source: NoticeSource
  readonly told: Told
  readonly firstToldAt: Instant
  readonly lastToldAt: Instant
  readonly decision: 'accept' | 'refuse' | 'observe' | undefined
  /** A `Reason` of the rules; open, for rows of other versions. */
  readonly because: string | undefined
  /** The vendor's words. */
  readonly reasons: readonly string[]
  readonly answer: { readonly answer: 'Success' | 'Failure'; readonly outcome: AnswerOutcome; readonly at: Instant | undefined } | undefined
  readonly microsoftStatus: string | undefined
}

/** What changes about it, and what the timeline is told. */
export interface OperationChange {
  readonly decision?: 'accept' | 'refuse' | 'observe'
  readonly because?: string
  readonly reasons?: readonly string[]
  readonly answer?: 'Success' | 'Failure'
  readonly answerOutcome?: AnswerOutcome
  readonly answeredAt?: Instant
  readonly seen?: MicrosoftOperation | 'notFound' | 'unread'
  readonly events?: readonly TimelineEvent[]
  /** The subscription is due for a look, in the same transaction. */
  readonly wakes?: boolean
  readonly at: Instant
}

export interface OperationStore<Transaction> {
  load(key: OperationKey): Promise<StoredOperation | undefined>
  record(operation: StoredOperation, change: OperationChange, guard: Guard<Transaction>): Promise<void>
}

export const postgresOperationStore = (db: Db): OperationStore<Tx> => ({
  load: (key) => loadOperation(db, key),
  record: (operation, change, guard) => recordOperation(db, operation, change, guard),
})

export async function loadOperation(db: Db | Tx, key: OperationKey): Promise<StoredOperation | undefined> {
  const row = await db
    .selectFrom('operations')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('id', '=', key.operationId)
    .executeTakeFirst()
  return row && toOperation(row)
}

async function recordOperation(db: Db, operation: StoredOperation, change: OperationChange, guard: Guard<Tx>): Promise<void> {
  const { tenantId, subscriptionId } = operation
  const wakes = { objects: [{ tenantId, kind: SUBSCRIPTION_WORK, key: subscriptionId }], dueAt: change.at }
  await storeHeld(db, guard, { changes: recording(db, operation, change), ...(change.wakes ? { wakes } : {}) })
}

const recording = (db: Db, operation: StoredOperation, change: OperationChange): RawBuilder<unknown> => {
  const { seen, events = [], at } = change
  const answered = seen === undefined || seen === 'unread' ? undefined : seen
  const changed = byKey(db, operation).set(columns(change)).where(whileHeld)
  const kept = answered && keptAnswer(db, operation, operation.operationId, answered, at).where(whileHeld)
  return sql`changed as (${changed}), ${kept ? sql`kept as (${kept}),` : sql``} noted as (${entries(operation, events, at, whileHeld)})`
}

const byKey = (db: Db, { tenantId, operationId }: OperationKey) =>
  db.updateTable('operations').where('tenant_id', '=', tenantId).where('id', '=', operationId)

const columns = ({ decision, because, reasons, answer, answerOutcome, answeredAt, seen, at }: OperationChange) => ({
  ...(decision === undefined || because === undefined ? {} : { decision, because }),
  ...(reasons === undefined ? {} : { reasons: storableJson(reasons) }),
  ...(answer === undefined || answerOutcome === undefined ? {} : { answer, answer_outcome: answerOutcome }),
  ...(answeredAt === undefined ? {} : { answered_at: dateOf(answeredAt) }),
  ...(seen === undefined || seen === 'unread' ? {} : { microsoft_status: seen === 'notFound' ? seen : seen.status }),
  updated_at: dateOf(at),
})

const reasonsSchema = z.array(z.string())

const toOperation = (row: Selectable<OperationRow>): StoredOperation => ({
  tenantId: tenantId.parse(row.tenant_id),
  operationId: operationId.parse(row.id),
  subscriptionId: subscriptionId.parse(row.subscription_id),
  productId: row.product_id,
  action: noticeAction.catch('Unknown').parse(row.action),
  source: noticeSource.catch('Unknown').parse(row.source),
  told: told.parse(row.told),
  firstToldAt: row.first_told_at,
  lastToldAt: row.last_told_at,
  decision: row.decision ?? undefined,
  because: row.because ?? undefined,
  reasons: row.reasons === null ? [] : reasonsSchema.parse(row.reasons),
  answer:
    row.answer === null ? undefined : { answer: row.answer, outcome: row.answer_outcome ?? 'unknown', at: row.answered_at ?? undefined },
  microsoftStatus: row.microsoft_status ?? undefined,
})

const dateOf = (at: Instant): Date => new Date(at.getTime())
