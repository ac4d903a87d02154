/** Reading items. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import type { AttentionItemId, TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { AttentionHistoryEntry, AttentionItem } from '../item.ts'
import { type AttentionCode, isAttentionCode } from '../rules/catalogue.ts'
import { type AttentionState, attentionStates } from '../rules/life.ts'
import type { AttentionFacts } from '../rules/note.ts'
import type { Subject, SubjectKind } from '../rules/subject.ts'
import { dateOf, factsSchema, toHistoryEntry, toItem } from './rows.ts'

export interface AttentionFilter {
  readonly tenantId: TenantId
  /** In these states now: a snooze that is over counts as open. Left out: open and acknowledged. */
  readonly states?: readonly AttentionState[] | undefined
  readonly code?: AttentionCode | undefined
  readonly subjectKind?: SubjectKind | undefined
  readonly subjectId?: string | undefined
  /** Only those whose cause is there at least since then. */
  readonly sinceBefore?: Instant | undefined
  /** The ones after this one in the order of the list. */
  readonly after?: AttentionItemId | undefined
  /** 1 to 1000, default 100. */
  readonly limit?: number | undefined
}

const SHOWN: readonly AttentionState[] = ['open', 'acknowledged']

/** In the order they were raised, the oldest first: what has waited longest is most urgent. */
export async function listAttention(db: Db, filter: AttentionFilter, now: Instant): Promise<readonly AttentionItem[]> {
  const { states = SHOWN, code, subjectKind, subjectId, sinceBefore, after, limit = 100 } = filter
  const inStates = await db
    .selectFrom('attention_items')
    .selectAll()
    .where('tenant_id', '=', filter.tenantId)
    .where(({ or, eb, and }) =>
      or([
        eb('state', '=', eb.fn.any(eb.val(states.filter((state) => state !== 'snoozed')))),
        ...(states.includes('open') ? [and([eb('state', '=', 'snoozed'), eb('snoozed_until', '<=', dateOf(now))])] : []),
        ...(states.includes('snoozed') ? [and([eb('state', '=', 'snoozed'), eb('snoozed_until', '>', dateOf(now))])] : []),
      ]),
    )
    .$if(code !== undefined, (query) => query.where('code', '=', code ?? ''))
    .$if(subjectKind !== undefined, (query) => query.where('subject_kind', '=', subjectKind ?? 'tenant'))
    .$if(subjectId !== undefined, (query) => query.where('subject_id', '=', subjectId ?? ''))
    .$if(sinceBefore !== undefined, (query) => query.where('since', '<=', dateOf(sinceBefore ?? now)))
    .$if(after !== undefined, (query) =>
      query.where('seq', '>', ({ selectFrom }) =>
        selectFrom('attention_items as last')
          .select('last.seq')
          .where('last.tenant_id', '=', filter.tenantId)
          .where('last.id', '=', after ?? ''),
      ),
    )
    .orderBy('seq')
    .limit(Math.min(1000, Math.max(1, limit)))
    .execute()
  return inStates.map(toItem).filter((item) => item !== undefined)
}

/** Those whose cause is seen now, whatever an operator did about them. */
export async function presentAttention(db: Db | Tx, tenantId: TenantId, subject: Subject): Promise<readonly AttentionItem[]> {
  const rows = await db
    .selectFrom('attention_items')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .where('ended_at', 'is', null)
    .orderBy('seq')
    .execute()
  return rows.map(toItem).filter((item) => item !== undefined)
}

/** What a subject shows of an item whose cause is seen now. */
export interface PresentAttention {
  readonly code: AttentionCode
  readonly since: Instant
  readonly facts: AttentionFacts
  readonly state: AttentionState
}

/** The same as a column of another query, read by `readPresent`. */
export const presentColumn = (tenantId: TenantId, subject: Subject): RawBuilder<unknown> => sql`
  (select coalesce(json_agg(json_build_object('code', code, 'since', since, 'facts', facts, 'state', state) order by seq), '[]')
    from attention_items
    where tenant_id = ${tenantId} and subject_kind = ${subject.kind} and subject_id = ${subject.id} and ended_at is null)`

const presentItems = z.array(
  z.object({
    code: z.string(),
    since: z.string().transform((text): Instant => instant(text)),
    facts: factsSchema,
    state: z.enum(attentionStates),
  }),
)

/** Codes of a newer version left out: what we cannot explain we do not show. */
export const readPresent = (column: unknown): readonly PresentAttention[] =>
  presentItems.parse(column).flatMap((item) => (isAttentionCode(item.code) ? [{ ...item, code: item.code }] : []))

/** That no cause of these codes is seen of the subject now, as a condition of a statement. */
export const noAttention = (tenantId: TenantId, subject: Subject, codes: readonly AttentionCode[]): RawBuilder<boolean> => sql`
  not exists (select from attention_items where tenant_id = ${tenantId} and subject_kind = ${subject.kind} and subject_id = ${subject.id}
    and ended_at is null and code = any(${codes}::text[]))`

/** By its id; only of this tenant when one is given. */
export async function findAttention(db: Db | Tx, id: AttentionItemId, tenantId?: TenantId): Promise<AttentionItem | undefined> {
  const row = await db
    .selectFrom('attention_items')
    .selectAll()
    .where('id', '=', id)
    .$if(tenantId !== undefined, (query) => query.where('tenant_id', '=', tenantId ?? ''))
    .executeTakeFirst()
  return row && toItem(row)
}

/** What happened to an item, oldest first. */
export async function readAttentionHistory(
  db: Db | Tx,
  { tenantId, id }: Pick<AttentionItem, 'tenantId' | 'id'>,
): Promise<readonly AttentionHistoryEntry[]> {
  const rows = await db
    .selectFrom('attention_history')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('item_id', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map(toHistoryEntry)
}
