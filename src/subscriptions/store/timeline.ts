import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'
import { isTimelineWord, type TimelineEntry, type TimelineEvent } from '../timeline.ts'

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))

export async function addToTimeline(tx: Tx, key: SubscriptionKey, events: readonly TimelineEvent[], at: Instant): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    tenant_id: key.tenantId,
    subscription_id: key.subscriptionId,
    at: new Date(at.getTime()),
    actor: event.actor,
    event: event.event,
    facts: JSON.stringify(event.facts),
  }))
  await tx.insertInto('timeline').values(rows).execute()
}

/** For what may concern a subscription that is not known yet: then there is no timeline. */
export async function addToTimelineIfKnown(tx: Tx, key: SubscriptionKey, events: readonly TimelineEvent[], at: Instant): Promise<void> {
  const known = await tx
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', key.tenantId)
    .where('id', '=', key.subscriptionId)
    .executeTakeFirst()
  if (known) await addToTimeline(tx, key, events, at)
}

/** Oldest first. */
export async function readTimeline(db: Db | Tx, key: SubscriptionKey, most = 500): Promise<readonly TimelineEntry[]> {
  const rows = await db
    .selectFrom('timeline')
    .select(['at', 'actor', 'event', 'facts'])
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '=', key.subscriptionId)
    .orderBy('seq', 'desc')
    .limit(most)
    .execute()
  return rows.reverse().flatMap((row) => (isTimelineWord(row.event) ? [{ ...row, event: row.event, facts: facts.parse(row.facts) }] : []))
}
