/** Attention items of a subscription: never two open for the same cause; they resolve by themselves when the cause is gone. */
import type { Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'
import type { AttentionNote } from '../rules/attention.ts'
import type { TimelineEvent } from '../timeline.ts'

/** Makes the open items be exactly what the last decision asks for. Returns what changed, for the timeline. */
export async function reconcileAttention(
  tx: Tx,
  key: SubscriptionKey,
  wanted: AttentionNote | undefined,
  at: Instant,
): Promise<readonly TimelineEvent[]> {
  const resolved = await resolveOthers(tx, key, wanted, at)
  const raised = wanted ? await raise(tx, key, wanted, at) : []
  return [...resolved, ...raised]
}

async function resolveOthers(
  tx: Tx,
  key: SubscriptionKey,
  wanted: AttentionNote | undefined,
  at: Instant,
): Promise<readonly TimelineEvent[]> {
  const gone = await tx
    .updateTable('attention')
    .set({ resolved_at: new Date(at.getTime()) })
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '=', key.subscriptionId)
    .where('resolved_at', 'is', null)
    .$if(wanted !== undefined, (query) => query.where('code', '<>', wanted?.code ?? ''))
    .returning('code')
    .execute()
  return gone.map(({ code }) => ({ actor: 'bridge', event: 'attention.resolved', facts: { code } }))
}

async function raise(tx: Tx, key: SubscriptionKey, wanted: AttentionNote, at: Instant): Promise<readonly TimelineEvent[]> {
  const facts = JSON.stringify(wanted.facts)
  const open = await tx
    .updateTable('attention')
    .set({ facts })
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '=', key.subscriptionId)
    .where('code', '=', wanted.code)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  if (open.numUpdatedRows > 0n) return []
  await tx
    .insertInto('attention')
    .values({ tenant_id: key.tenantId, subscription_id: key.subscriptionId, code: wanted.code, facts, since: new Date(at.getTime()) })
    .execute()
  return [{ actor: 'bridge', event: 'attention.raised', facts: { code: wanted.code } }]
}
