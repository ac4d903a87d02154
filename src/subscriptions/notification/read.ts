/** The flight recorder for people: what came, what we answered and how fast, what Microsoft says of it, what it caused. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import type { NoticeRow } from '../../database/tables/notices.ts'
import { operationId, type SubscriptionId, subscriptionId, type TenantId, tenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { loadOperation, type StoredOperation } from '../operations/store.ts'
import { readTimelineBetween } from '../store/timeline.ts'
import type { TimelineEntry } from '../timeline.ts'
import { type Told, told } from './reading.ts'
import { type TokenShape, tokenShape } from './token-shape.ts'

export interface NoticeSummary {
  readonly tenantId: TenantId
  readonly id: string
  /** As in the address that was called. */
  readonly productId: string
  readonly receivedAt: Instant
  readonly subscriptionId: SubscriptionId | undefined
  readonly operationId: string | undefined
  /** Microsoft's word; absent when the body could not be read. */
  readonly action: string | undefined
  readonly unreadableBecause: string | undefined
  readonly repeatOf: string | undefined
  /** Absent when the reply never left, or has not yet. */
  readonly answered: { readonly status: number; readonly milliseconds: number } | undefined
  /** Absent while its effect is waited for. */
  readonly outcome: string | undefined
  readonly explainedAt: Instant | undefined
}

export interface Notice extends NoticeSummary {
  readonly reading: Told | undefined
  readonly headers: Readonly<Record<string, string>>
  /** With personal data of the buyer: not for screens as it is. */
  readonly body: string
  readonly bodyBytes: number
  readonly bodyTruncated: boolean
  readonly claims: Readonly<Record<string, unknown>>
  /** Get Operation's last answer. */
  readonly operationAnswer: Readonly<Record<string, unknown>> | undefined
  /** How we answered the operation, if it wanted an answer. */
  readonly operation: StoredOperation | undefined
  /** What happened to the subscription from the receipt until the notice was explained. */
  readonly caused: readonly TimelineEntry[]
}

export interface NoticeFilter {
  readonly tenantId: TenantId
  readonly subscriptionId?: SubscriptionId | undefined
  readonly operationId?: string | undefined
  /** Only those whose effect is still waited for. */
  readonly open?: boolean | undefined
  readonly unreadable?: boolean | undefined
  /** The ones after this one in the order of the list. */
  readonly after?: string | undefined
  /** 1 to 1,000. Default 100. */
  readonly limit?: number | undefined
}

/** Newest first. */
export async function listNotices(db: Db, filter: NoticeFilter): Promise<readonly NoticeSummary[]> {
  const { limit = 100 } = filter
  if (!(limit >= 1 && limit <= 1000)) throw new RangeError(`1..1000 notices, got ${limit}`)
  const rows = await withReplies(db)
    .where('notices.tenant_id', '=', filter.tenantId)
    .$if(filter.subscriptionId !== undefined, (query) => query.where('subscription_id', '=', filter.subscriptionId ?? ''))
    .$if(filter.operationId !== undefined, (query) => query.where('operation_id', '=', filter.operationId ?? ''))
    .$if(filter.open === true, (query) => query.where('explained_at', 'is', null).where('subscription_id', 'is not', null))
    .$if(filter.unreadable === true, (query) => query.where('unreadable_because', 'is not', null))
    .$if(filter.after !== undefined, (query) =>
      query.where('seq', '<', ({ selectFrom }) =>
        selectFrom('notices as last')
          .select('last.seq')
          .where('last.tenant_id', '=', filter.tenantId)
          .where('last.id', '=', filter.after ?? ''),
      ),
    )
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(summaryOf)
}

export async function readNoticeRecord(db: Db, id: string, tenant?: TenantId): Promise<Notice | undefined> {
  const row = await findNotice(db, id, tenant)
  if (!row) return undefined
  const summary = summaryOf(row)
  const key = summary.subscriptionId && { tenantId: summary.tenantId, subscriptionId: summary.subscriptionId }
  return {
    ...summary,
    reading: row.reading === null ? undefined : told.parse(row.reading),
    headers: texts.parse(row.headers),
    body: row.body,
    bodyBytes: Number(row.body_bytes),
    bodyTruncated: row.body_truncated,
    claims: record.parse(row.claims),
    operationAnswer: row.operation === null ? undefined : record.parse(row.operation),
    operation: await operationOf(db, summary),
    caused: key ? await readTimelineBetween(db, key, summary.receivedAt, summary.explainedAt) : [],
  }
}

/** By its id alone: for operators of the installation. */
export async function findNotice(db: Db | Tx, id: string, tenant?: TenantId): Promise<RowWithReply | undefined> {
  if (!z.guid().safeParse(id).success) return undefined
  return withReplies(db)
    .where('notices.id', '=', id)
    .$if(tenant !== undefined, (query) => query.where('notices.tenant_id', '=', tenant ?? ''))
    .executeTakeFirst()
}

interface RowWithReply extends Selectable<NoticeRow> {
  readonly status: number | null
  readonly took_ms: number | null
}

const withReplies = (db: Db | Tx) =>
  db
    .selectFrom('notices')
    .leftJoin('notice_replies as reply', (join) =>
      join.onRef('reply.tenant_id', '=', 'notices.tenant_id').onRef('reply.notice_id', '=', 'notices.id'),
    )
    .selectAll('notices')
    .select(['reply.status', 'reply.took_ms'])

export interface WebhookHealth {
  /** Of the first token we accepted: which of Entra's formats the app is sent. */
  readonly firstToken: { readonly at: Instant; readonly shape: TokenShape } | undefined
  readonly lastHeardAt: Instant | undefined
}

export async function webhookHealth(db: Db, tenant: TenantId): Promise<WebhookHealth> {
  const first = await db.selectFrom('webhook_tokens').selectAll().where('tenant_id', '=', tenant).executeTakeFirst()
  const last = await db
    .selectFrom('notices')
    .select('received_at')
    .where('tenant_id', '=', tenant)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    firstToken: first && { at: first.first_accepted_at, shape: tokenShape.parse(first.shape) },
    lastHeardAt: last?.received_at,
  }
}

const texts = z.record(z.string(), z.string())
const record = z.record(z.string(), z.unknown())

const operationOf = async (db: Db, notice: NoticeSummary): Promise<StoredOperation | undefined> =>
  notice.operationId === undefined
    ? undefined
    : loadOperation(db, { tenantId: notice.tenantId, operationId: operationId.parse(notice.operationId) })

const summaryOf = (row: RowWithReply): NoticeSummary => ({
  tenantId: tenantId.parse(row.tenant_id),
  id: row.id,
  productId: row.product_id,
  receivedAt: row.received_at,
  subscriptionId: row.subscription_id === null ? undefined : subscriptionId.parse(row.subscription_id),
  operationId: row.operation_id ?? undefined,
  action: actionWord(row),
  unreadableBecause: row.unreadable_because ?? undefined,
  repeatOf: row.repeat_of ?? undefined,
  answered: row.status === null ? undefined : { status: row.status, milliseconds: row.took_ms ?? 0 },
  outcome: row.outcome ?? undefined,
  explainedAt: row.explained_at ?? undefined,
})

/** For an action we do not know, Microsoft's own word. */
const actionWord = ({ action, reading }: Selectable<NoticeRow>): string | undefined =>
  action === 'Unknown' ? told.parse(reading).rawAction || 'Unknown' : (action ?? undefined)
