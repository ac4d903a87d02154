/** An item as operators read it, on a terminal or as JSON. */
import {
  type AttentionHistoryEntry,
  type AttentionItem,
  attentionActions,
  attentionCatalogue,
  readAttentionHistory,
  stateAt,
} from '../../attention/index.ts'
import type { Db } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import { environmentsOf } from '../../subscriptions/index.ts'
import type { OperatorDeps } from '../deps.ts'

/** @param purchase of an item about a subscription: a customer's, or one of the preview, of a test or of a sandbox */
export function itemView(item: AttentionItem, now: Instant, purchase: 'production' | 'test' | null = null) {
  const { sentence, cause, actions } = attentionCatalogue[item.code]
  const { id, tenantId, subject, code, facts, since, stateSince, by, note, snoozedUntil, resolution } = item
  return {
    ...{ id, tenantId, subject, purchase, code, sentence, cause, facts, since },
    state: stateAt(item, now),
    stateSince,
    by: by ?? null,
    note: note ?? null,
    snoozedUntil: snoozedUntil ?? null,
    resolution: resolution ?? null,
    actions: actions.map((action) => ({ ...action, by: attentionActions[action.id].by })),
  }
}
export type ItemView = ReturnType<typeof itemView>

/** In their order. Items of one tenant. */
export async function itemViews(db: Db, items: readonly AttentionItem[], now: Instant): Promise<readonly ItemView[]> {
  const [first] = items
  if (!first) return []
  const ids = items.flatMap(({ subject }) => (subject.kind === 'subscription' ? [subject.id] : []))
  const environments = await environmentsOf(db, first.tenantId, [...new Set(ids)])
  return items.map((item) => itemView(item, now, environments.get(item.subject.id) ?? null))
}

export async function itemViewOf(db: Db, item: AttentionItem, now: Instant): Promise<ItemView> {
  const [view = itemView(item, now)] = await itemViews(db, [item], now)
  return view
}

export interface ItemRecord extends ItemView {
  readonly history: readonly AttentionHistoryEntry[]
}

export const itemRecord = async ({ db, clock }: Pick<OperatorDeps, 'db' | 'clock'>, item: AttentionItem): Promise<ItemRecord> => ({
  ...(await itemViewOf(db, item, clock.now())),
  history: await readAttentionHistory(db, item),
})
