/** What Microsoft has told of a subscription and is not settled: read before each look, closed after it. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import { type OperationId, operationId, planId } from '../../kit/ids.ts'
import { days, type Instant, instant, type Milliseconds, plus } from '../../kit/time.ts'
import type { MicrosoftOperation } from '../../microsoft/index.ts'
import type { SubscriptionKey } from '../record.ts'
import { type NoticeAction, type OpenNotice, topicOf } from '../rules/notice.ts'
import { noticeAction, type Told as Reading, told } from './reading.ts'
import { storableJson } from './storable.ts'
import type { NoticeProgress, RefusedPlan, Told } from './types.ts'

/** More than ever wait at once; the oldest count. */
export const MOST_OPEN = 20
/** How long a refused change of plan is told of. */
export const REFUSAL_TOLD: Milliseconds = days(30)

/**
 * - `open`: what is waited for.
 * - `latest`: of each action, the latest notice; only when something is open.
 * - `refused`: plans refused lately because they were not mapped.
 */
const toldOf = ({ tenantId, subscriptionId }: SubscriptionKey, now: Instant): RawBuilder<unknown> => sql`
    with open as materialized (
      select id, operation_id, reading, received_at, happened_at, seq from notices
      where tenant_id = ${tenantId} and subscription_id = ${subscriptionId} and explained_at is null order by seq limit ${MOST_OPEN}
    ), latest as (
      select action, max(happened_at) as happened_at from notices
      where tenant_id = ${tenantId} and subscription_id = ${subscriptionId} and exists (select from open) group by action
    ), refused as (
      select told->'target'->>'planId' as plan, last_told_at as at from operations
      where tenant_id = ${tenantId} and subscription_id = ${subscriptionId} and because = 'planNotMapped' and answer_outcome = 'taken'
        and last_told_at >= ${plus(now, -REFUSAL_TOLD)}::timestamptz
    )
    select (select coalesce(json_agg(open order by seq), '[]') from open) as open,
      (select coalesce(json_agg(latest), '[]') from latest) as latest,
      (select coalesce(json_agg(refused), '[]') from refused) as refused`

/** As a column of another query, read by `toldIn`. */
export const toldColumn = (key: SubscriptionKey, now: Instant): RawBuilder<unknown> =>
  sql`(select row_to_json(told) from (${toldOf(key, now)}) as told)`

export async function readTold(db: Db | Tx, key: SubscriptionKey, now: Instant): Promise<Told> {
  const { rows } = await toldOf(key, now).execute(db)
  return toldIn(rows[0])
}

export function toldIn(row: unknown): Told {
  const { open, latest, refused } = keptTold.parse(row)
  const latestTold = latestOf(latest)
  return { open: open.map((notice) => openNotice(notice, latestTold)), refusedPlans: refused.flatMap(refusedPlan) }
}

const instantText = z.string().transform((text): Instant => instant(text))

const keptTold = z.object({
  open: z.array(
    z
      .object({ id: z.string(), operation_id: operationId.nullable(), reading: told, received_at: instantText, happened_at: instantText })
      .transform(
        ({ id, operation_id, reading, received_at, happened_at }): KeptNotice => ({
          ...{ id, operationId: operation_id ?? undefined, told: reading },
          ...{ receivedAt: received_at, happenedAt: happened_at },
        }),
      ),
  ),
  latest: z.array(
    z
      .object({ action: noticeAction.catch('Unknown'), happened_at: instantText })
      .transform(({ action, happened_at }) => ({ action, happenedAt: happened_at })),
  ),
  refused: z.array(z.object({ plan: z.string().nullable(), at: instantText })),
})

function refusedPlan({ plan, at }: z.infer<typeof keptTold>['refused'][number]): readonly RefusedPlan[] {
  const wanted = planId.safeParse(plan)
  return wanted.success ? [{ planId: wanted.data, at }] : []
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

/** Get Operation's answer, as kept with every delivery of its notice. */
export const keptAnswer = (db: Db | Tx, { tenantId }: Pick<SubscriptionKey, 'tenantId'>, id: OperationId, answer: Answer, at: Instant) =>
  db
    .updateTable('notices')
    .set({ operation: storableJson(shortOf(answer, at)) })
    .where('tenant_id', '=', tenantId)
    .where('operation_id', '=', id)

type Answer = MicrosoftOperation | 'notFound'

/**
 * What a look found out, kept with the notices: Get Operation's answer with every delivery, and which are waited for no longer.
 * One part of a statement, for a statement changes a row only once; none when nothing was found out. @param only when it is kept
 */
export function progressMade(
  { tenantId }: SubscriptionKey,
  notices: readonly NoticeProgress[],
  at: Instant,
  only: RawBuilder<boolean>,
): RawBuilder<unknown> | undefined {
  const answers = notices.flatMap(({ operation }) => (operation ? [{ id: operation.id, answer: shortOf(operation.answer, at) }] : []))
  const closed = notices.flatMap(({ id, explained }) => (explained ? [{ id, outcome: explained }] : []))
  if (answers.length + closed.length === 0) return undefined
  return sql`progress as (
    with answered as (
      select distinct on (id) id, answer from json_to_recordset(${storableJson(answers)}::json) as (id uuid, answer jsonb)
    ), closed as (
      select id, outcome from json_to_recordset(${storableJson(closed)}::json) as (id uuid, outcome text)
    )
    update notices set
      operation = coalesce((select answer from answered where answered.id = operation_id), operation),
      outcome = case when explained_at is null then coalesce((select closed.outcome from closed where closed.id = notices.id), outcome) else outcome end,
      explained_at = coalesce(explained_at, (select ${at}::timestamptz from closed where closed.id = notices.id))
    where tenant_id = ${tenantId}
      and (operation_id = any(array(select id from answered)) or id = any(array(select id from closed))) and ${only}
  )`
}

const shortOf = (answer: Answer, readAt: Instant) =>
  answer === 'notFound'
    ? { state: answer, readAt }
    : {
        state: answer.status,
        action: answer.rawAction,
        planId: answer.planId,
        quantity: answer.quantity,
        timeStamp: answer.timeStamp,
        errorStatusCode: answer.errorStatusCode || undefined,
        errorMessage: answer.errorMessage || undefined,
        readAt,
      }
