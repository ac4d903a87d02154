/** An operator's move, in the timeline of the item's subject where it has one. */
import type { AttentionItem } from '../../attention/index.ts'
import type { Tx } from '../../database/index.ts'
import { subscriptionId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { addToTimelineIfKnown, type TimelineEvent } from '../../subscriptions/index.ts'

export async function tellSubject(
  tx: Tx,
  { tenantId, id, code, subject }: AttentionItem,
  event: TimelineEvent['event'],
  facts: TimelineEvent['facts'],
  now: Instant,
): Promise<void> {
  const asked = subscriptionId.safeParse(subject.id)
  if (subject.kind !== 'subscription' || !asked.success) return
  const told = { actor: 'operator', event, facts: { code, ...facts, item: id } } as const
  await addToTimelineIfKnown(tx, { tenantId, subscriptionId: asked.data }, [told], now)
}
