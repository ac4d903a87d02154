/** What Microsoft has told of a subscription and is not settled: read before each look, closed after it. */
import type { Db, Tx } from '../../database/index.ts'
import { type OperationId, operationId, planId } from '../../kit/ids.ts'
import { days, type Instant, type Milliseconds, plus } from '../../kit/time.ts'
import type { MicrosoftOperation } from '../../microsoft/index.ts'
import type { SubscriptionKey } from '../record.ts'
import { type NoticeAction, type OpenNotice, topicOf } from '../rules/notice.ts'
import type { Explanation } from '../rules/notices.ts'
import { noticeAction, type Told as Reading, told } from './reading.ts'
import { storableJson } from './storable.ts'
import type { RefusedPlan, Told } from './types.ts'

/** More than ever wait at once; the oldest count. */
export const MOST_OPEN = 20
/** How long a refused change of plan is told of. */
export const REFUSAL_TOLD: Milliseconds = days(30)

export async function readTold(db: Db | Tx, key: SubscriptionKey, now: Instant): Promise<Told> {
  const open = await readOpen(db, key)
  return { open, refusedPlans: await readRefusedPlans(db, key, now) }
}

async function readOpen(db: Db | Tx, key: SubscriptionKey): Promise<readonly OpenNotice[]> {
  const rows = await ofSubscription(db, key)
    .select(['id', 'operation_id', 'reading', 'received_at', 'happened_at'])
    .where('explained_at', 'is', null)
    .orderBy('seq')
    .limit(MOST_OPEN)
    .execute()
  if (rows.length === 0) return []
  const latest = await latestOfEachTopic(db, key)
  return rows.map((row) =>
    openNotice(
      {
        id: row.id,
        operationId: row.operation_id === null ? undefined : operationId.parse(row.operation_id),
        told: told.parse(row.reading),
        receivedAt: row.received_at,
        happenedAt: row.happened_at,
      },
      latest,
    ),
  )
}

export interface KeptNotice {
  readonly id: string
  readonly operationId: OperationId | undefined
  readonly told: Reading
  readonly receivedAt: Instant
  readonly happenedAt: Instant
}

/** @param latest of each topic, the time of the latest notice, in milliseconds */
export const openNotice = (
  { id, operationId, told: { action, target, before }, receivedAt, happenedAt }: KeptNotice,
  latest: ReadonlyMap<Topic, number>,
): OpenNotice => ({
  id,
  action,
  operationId,
  target: { planId: target.planId, quantity: target.quantity },
  before: before && { planId: before.planId, quantity: before.quantity, termEndDate: before.termEndDate },
  receivedAt,
  overtaken: (latest.get(topicOf(action)) ?? 0) > happenedAt.getTime(),
})

type Topic = ReturnType<typeof topicOf>

export function latestOf(notices: readonly { readonly action: NoticeAction; readonly happenedAt: Instant }[]): ReadonlyMap<Topic, number> {
  const latest = new Map<Topic, number>()
  for (const { action, happenedAt } of notices) {
    const topic = topicOf(action)
    latest.set(topic, Math.max(latest.get(topic) ?? 0, happenedAt.getTime()))
  }
  return latest
}

async function latestOfEachTopic(db: Db | Tx, key: SubscriptionKey): Promise<ReadonlyMap<Topic, number>> {
  const rows = await ofSubscription(db, key)
    .select(({ fn }) => ['action', fn.max('happened_at').as('latest')])
    .groupBy('action')
    .execute()
  return latestOf(rows.map(({ action, latest }) => ({ action: noticeAction.catch('Unknown').parse(action), happenedAt: latest })))
}

async function readRefusedPlans(db: Db | Tx, key: SubscriptionKey, now: Instant): Promise<readonly RefusedPlan[]> {
  const rows = await db
    .selectFrom('operations')
    .select(['told', 'last_told_at'])
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '=', key.subscriptionId)
    .where('because', '=', 'planNotMapped')
    .where('answer_outcome', '=', 'taken')
    .where('last_told_at', '>=', dateOf(plus(now, -REFUSAL_TOLD)))
    .execute()
  return rows.flatMap((row) => {
    const wanted = planId.safeParse(told.parse(row.told).target.planId)
    return wanted.success ? [{ planId: wanted.data, at: row.last_told_at }] : []
  })
}

/** Waited for no longer. */
export async function closeNotice(tx: Tx, key: SubscriptionKey, id: string, outcome: Explanation, at: Instant): Promise<void> {
  await tx
    .updateTable('notices')
    .set({ outcome, explained_at: dateOf(at) })
    .where('tenant_id', '=', key.tenantId)
    .where('id', '=', id)
    .where('explained_at', 'is', null)
    .execute()
}

/** Get Operation's answer, kept with every delivery of its notice. */
export async function keepOperation(
  tx: Tx,
  key: SubscriptionKey,
  id: OperationId,
  answer: MicrosoftOperation | 'notFound',
  at: Instant,
): Promise<void> {
  await tx
    .updateTable('notices')
    .set({ operation: storableJson(answer === 'notFound' ? { state: 'notFound', readAt: at } : shortOf(answer, at)) })
    .where('tenant_id', '=', key.tenantId)
    .where('operation_id', '=', id)
    .execute()
}

const shortOf = (operation: MicrosoftOperation, readAt: Instant) => ({
  state: operation.status,
  action: operation.rawAction,
  planId: operation.planId,
  quantity: operation.quantity,
  timeStamp: operation.timeStamp,
  errorStatusCode: operation.errorStatusCode || undefined,
  errorMessage: operation.errorMessage || undefined,
  readAt,
})

const ofSubscription = (db: Db | Tx, { tenantId, subscriptionId }: SubscriptionKey) =>
  db.selectFrom('notices').where('tenant_id', '=', tenantId).where('subscription_id', '=', subscriptionId)

const dateOf = (at: Instant): Date => new Date(at.getTime())
