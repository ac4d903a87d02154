import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import { storableJson } from '../notification/storable.ts'
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
  if (events.length > 0) await entries(key, events, at).execute(tx)
}

/** The same as a part of a statement that changes more: nothing without events, or without the subscription. @param only when it is added */
export const entries = (
  key: SubscriptionKey,
  events: readonly TimelineEvent[],
  at: Instant,
  only: RawBuilder<boolean> = sql`true`,
): RawBuilder<unknown> => sql`
  insert into timeline (tenant_id, subscription_id, at, actor, event, facts)
  select subscriptions.tenant_id, subscriptions.id, ${at}::timestamptz, happened.actor, happened.event, happened.facts
  from subscriptions, rows from (json_to_recordset(${storableJson(events)}::json) as (actor text, event text, facts jsonb))
    with ordinality as happened (actor, event, facts, n)
  where subscriptions.tenant_id = ${key.tenantId} and subscriptions.id = ${key.subscriptionId} and ${only}
  order by happened.n`

/** Oldest first; the newest ones when there are more. */
export const readTimeline = (db: Db | Tx, key: SubscriptionKey, most = 500): Promise<readonly TimelineEntry[]> =>
  newest(ofSubscription(db, key), most)

/** Oldest first. @param until now, when left out */
export const readTimelineBetween = (
  db: Db | Tx,
  key: SubscriptionKey,
  from: Instant,
  until: Instant | undefined,
  most = 500,
): Promise<readonly TimelineEntry[]> =>
  newest(
    ofSubscription(db, key)
      .where('at', '>=', new Date(from.getTime()))
      .$if(until !== undefined, (query) => query.where('at', '<=', new Date(until?.getTime() ?? 0))),
    most,
  )

const ofSubscription = (db: Db | Tx, key: SubscriptionKey) =>
  db.selectFrom('timeline').where('tenant_id', '=', key.tenantId).where('subscription_id', '=', key.subscriptionId)

async function newest(query: ReturnType<typeof ofSubscription>, most: number): Promise<readonly TimelineEntry[]> {
  const rows = await query.select(['at', 'actor', 'event', 'facts']).orderBy('seq', 'desc').limit(most).execute()
  return rows.reverse().flatMap((row) => (isTimelineWord(row.event) ? [{ ...row, event: row.event, facts: facts.parse(row.facts) }] : []))
}
