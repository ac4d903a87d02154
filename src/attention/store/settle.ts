/** Raising and clearing items, in the transaction of whoever found what is wrong. Never two of one subject and code at a time. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { attentionItemId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { AttentionChange, AttentionItem } from '../item.ts'
import type { AttentionCode } from '../rules/catalogue.ts'
import { whenSeen } from '../rules/life.ts'
import { type AttentionNote, causeOf } from '../rules/note.ts'
import type { Subject } from '../rules/subject.ts'
import { dateOf, remember, toItem } from './rows.ts'

export interface Settlement {
  readonly tenantId: TenantId
  readonly subject: Subject
  /** The codes the caller answers for: those of them that are not wanted are cleared. */
  readonly among: readonly AttentionCode[]
  /** At most one of each code. */
  readonly wanted: readonly AttentionNote[]
}

/** Makes the items of a subject be what is wanted now. @returns what changed, for the subject's timeline */
export async function settleAttention(tx: Tx, settlement: Settlement, at: Instant): Promise<readonly AttentionChange[]> {
  const known = await ofSubject(tx, settlement, at)
  const changes: AttentionChange[] = []
  for (const item of known) {
    if (item.ended || settlement.wanted.some(({ code }) => code === item.code)) continue
    changes.push(await end(tx, item, at))
  }
  for (const note of settlement.wanted) changes.push(...(await see(tx, settlement, note, known, at)))
  return changes
}

/** The cause is there. Repeating it changes nothing but the facts. */
export const raiseAttention = (tx: Tx, tenantId: TenantId, subject: Subject, note: AttentionNote, at: Instant) =>
  settleAttention(tx, { tenantId, subject, among: [note.code], wanted: [note] }, at)

/** The causes are gone. */
export const clearAttention = (tx: Tx, tenantId: TenantId, subject: Subject, codes: readonly AttentionCode[], at: Instant) =>
  settleAttention(tx, { tenantId, subject, among: codes, wanted: [] }, at)

/** Of these subjects those with an item whose cause is present: of the others there is nothing to clear. One statement for many. */
export async function subjectsWithItems(
  tx: Tx,
  tenantId: TenantId,
  kind: Subject['kind'],
  ids: readonly string[],
  codes: readonly AttentionCode[],
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('attention_items')
    .select('subject_id')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', sql<string>`any(${ids}::text[])`)
    .where('code', 'in', codes)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.subject_id))
}

/** Those whose cause is present, and those that ended within their snooze; locked against an operator's move. */
async function ofSubject(tx: Tx, { tenantId, subject, among }: Settlement, at: Instant): Promise<readonly AttentionItem[]> {
  const rows = await tx
    .selectFrom('attention_items')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .where('code', 'in', among)
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('snoozed_until', '>', dateOf(at))]))
    .orderBy('seq')
    .forUpdate()
    .execute()
  return rows.map(toItem).filter((item) => item !== undefined)
}

async function end(tx: Tx, item: AttentionItem, at: Instant): Promise<AttentionChange> {
  const ended = { ended_at: dateOf(at) }
  const resolved = { state: 'resolved', state_since: dateOf(at), state_by: null, note: null, resolution: 'gone' } as const
  await update(tx, item)
    .set(item.state === 'resolved' ? ended : { ...ended, ...resolved })
    .execute()
  return happened(tx, item, 'gone', at)
}

async function see(
  tx: Tx,
  { tenantId, subject }: Settlement,
  note: AttentionNote,
  known: readonly AttentionItem[],
  at: Instant,
): Promise<readonly AttentionChange[]> {
  const cause = causeOf(note)
  const same = known.filter(({ code }) => code === note.code)
  const item = same.find(({ ended }) => !ended) ?? same.findLast((ended) => ended.cause === cause)
  const sighting = whenSeen(item, cause, at)
  const facts = JSON.stringify(note.facts)
  if (!item || sighting === 'raised') return insert(tx, tenantId, subject, note, at)
  switch (sighting) {
    case 'stays':
      await update(tx, item).set({ facts }).execute()
      return []
    case 'changed':
    case 'returned':
      await update(tx, item)
        .set({ facts, cause, state: 'open', state_since: dateOf(at), state_by: null, note: null, snoozed_until: null, resolution: null })
        .execute()
      return [await happened(tx, item, sighting, at, note.facts)]
    case 'sleepsOn':
      await update(tx, item)
        .set({ facts, state: 'snoozed', state_by: item.by ?? 'bridge', resolution: null, ended_at: null })
        .execute()
      return [await happened(tx, item, sighting, at, note.facts)]
  }
}

/** When somebody else has raised it this moment, theirs is the item. */
async function insert(tx: Tx, tenantId: TenantId, subject: Subject, note: AttentionNote, at: Instant): Promise<readonly AttentionChange[]> {
  const row = await tx
    .insertInto('attention_items')
    .values({
      tenant_id: tenantId,
      subject_kind: subject.kind,
      subject_id: subject.id,
      code: note.code,
      facts: JSON.stringify(note.facts),
      cause: causeOf(note),
      state: 'open',
      since: dateOf(at),
      state_since: dateOf(at),
      state_by: null,
      note: null,
      resolution: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'subject_kind', 'subject_id', 'code']).where('ended_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row ? [await happened(tx, { tenantId, id: attentionItemId.parse(row.id), code: note.code }, 'raised', at, note.facts)] : []
}

const update = (tx: Tx, { tenantId, id }: AttentionItem) =>
  tx.updateTable('attention_items').where('tenant_id', '=', tenantId).where('id', '=', id)

async function happened(
  tx: Tx,
  item: Pick<AttentionItem, 'tenantId' | 'id' | 'code'>,
  event: AttentionChange['event'],
  at: Instant,
  facts: AttentionNote['facts'] = {},
): Promise<AttentionChange> {
  await remember(tx, item, { event, facts }, at)
  return { itemId: item.id, code: item.code, event }
}
