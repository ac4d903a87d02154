/** Rows ↔ items. */
import type { Insertable, Selectable } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../database/index.ts'
import type { AttentionHistoryRow, AttentionItemRow } from '../../database/tables/attention.ts'
import { attentionItemId, tenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { AttentionEvent, AttentionHistoryEntry, AttentionItem } from '../item.ts'
import { isAttentionAction } from '../rules/actions.ts'
import { isAttentionCode } from '../rules/catalogue.ts'
import type { AttentionFacts } from '../rules/note.ts'

export const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))

const eventSchema = z.enum(['raised', 'changed', 'returned', 'sleepsOn', 'gone', 'acknowledged', 'snoozed', 'resolved'])

/** `undefined` for a code of a newer version: what we cannot explain we do not show. */
export function toItem(row: Selectable<AttentionItemRow>): AttentionItem | undefined {
  if (!isAttentionCode(row.code)) return undefined
  return {
    tenantId: tenantId.parse(row.tenant_id),
    id: attentionItemId.parse(row.id),
    subject: { kind: row.subject_kind, id: row.subject_id },
    code: row.code,
    facts: factsSchema.parse(row.facts),
    cause: row.cause,
    since: row.since,
    state: row.state,
    stateSince: row.state_since,
    by: row.state_by ?? undefined,
    note: row.note ?? undefined,
    snoozedUntil: row.snoozed_until ?? undefined,
    resolution: resolutionOf(row.resolution),
    ended: row.ended_at !== null,
  }
}

const resolutionOf = (text: string | null): AttentionItem['resolution'] => {
  if (text === null) return undefined
  return isAttentionAction(text) ? text : 'gone'
}

export const toHistoryEntry = (row: Selectable<AttentionHistoryRow>): AttentionHistoryEntry => ({
  at: row.at,
  event: eventSchema.parse(row.event),
  by: row.by ?? undefined,
  note: row.note ?? undefined,
  facts: factsSchema.parse(row.facts),
})

export interface Happened {
  readonly event: AttentionEvent
  readonly by?: string | undefined
  readonly note?: string | undefined
  readonly facts?: AttentionFacts
}

export async function remember(tx: Tx, item: Pick<AttentionItem, 'tenantId' | 'id'>, happened: Happened, at: Instant): Promise<void> {
  const row: Insertable<AttentionHistoryRow> = {
    tenant_id: item.tenantId,
    item_id: item.id,
    at: dateOf(at),
    event: happened.event,
    by: happened.by ?? null,
    note: happened.note ?? null,
    facts: JSON.stringify(happened.facts ?? {}),
  }
  await tx.insertInto('attention_history').values(row).execute()
}

/** pg wants a `Date`; an `Instant` is one without its setters. */
export const dateOf = (at: Instant): Date => new Date(at.getTime())
