/** An item as operators read it, on a terminal or as JSON. */
import {
  type AttentionHistoryEntry,
  type AttentionItem,
  attentionActions,
  attentionCatalogue,
  readAttentionHistory,
  stateAt,
} from '../../attention/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { OperatorDeps } from '../deps.ts'

export function itemView(item: AttentionItem, now: Instant) {
  const { sentence, cause, actions } = attentionCatalogue[item.code]
  const { id, tenantId, subject, code, facts, since, stateSince, by, note, snoozedUntil, resolution } = item
  return {
    ...{ id, tenantId, subject, code, sentence, cause, facts, since },
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

export interface ItemRecord extends ItemView {
  readonly history: readonly AttentionHistoryEntry[]
}

export const itemRecord = async ({ db, clock }: Pick<OperatorDeps, 'db' | 'clock'>, item: AttentionItem): Promise<ItemRecord> => ({
  ...itemView(item, clock.now()),
  history: await readAttentionHistory(db, item),
})
