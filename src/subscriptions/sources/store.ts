/** The private offers behind a subscription's plan, as Microsoft told them last. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import { type OfferId, offerId, type PlanId, planId, type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'
import type { Source } from '../rules/source-plan.ts'

const sources = z.array(z.object({ id: z.string(), name: z.string().optional() })).catch([])

export interface PlanSources {
  /** The plan they were told of. */
  readonly planId: PlanId
  readonly privateOffers: readonly Source[]
  readonly seenAt: Instant
}

/** A subscription that is not stored yet has none. */
export async function saveSources(
  db: Db | Tx,
  { tenantId, subscriptionId: id }: SubscriptionKey,
  plan: PlanId,
  privateOffers: readonly Source[],
  now: Instant,
): Promise<void> {
  await sql`
    insert into subscription_sources (tenant_id, subscription_id, plan_id, private_offers, seen_at)
    select tenant_id, id, ${plan}::text, ${JSON.stringify(privateOffers)}::jsonb, ${new Date(now.getTime())}::timestamptz
    from subscriptions where tenant_id = ${tenantId} and id = ${id}
    on conflict (tenant_id, subscription_id) do update
    set plan_id = excluded.plan_id, private_offers = excluded.private_offers, seen_at = excluded.seen_at`.execute(db)
}

export async function readSources(db: Db | Tx, { tenantId, subscriptionId: id }: SubscriptionKey): Promise<PlanSources | undefined> {
  const row = await db
    .selectFrom('subscription_sources')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', id)
    .executeTakeFirst()
  return row && { planId: planId.parse(row.plan_id), privateOffers: sources.parse(row.private_offers), seenAt: row.seen_at }
}

export interface SoldFrom {
  readonly subscriptionId: SubscriptionId
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly status: string
}

/** The subscriptions whose plan comes from a private offer. */
export async function subscriptionsFrom(db: Db, tenantId: TenantId, privateOfferId: string): Promise<readonly SoldFrom[]> {
  const rows = await db
    .selectFrom('subscription_sources as source')
    .innerJoin('subscriptions as one', (join) =>
      join.onRef('one.tenant_id', '=', 'source.tenant_id').onRef('one.id', '=', 'source.subscription_id'),
    )
    .select(['one.id', 'one.offer_id', 'one.plan_id', 'one.status'])
    .where('source.tenant_id', '=', tenantId)
    .whereRef('one.plan_id', '=', 'source.plan_id')
    .where(sql<boolean>`source.private_offers @> ${JSON.stringify([{ id: privateOfferId }])}::jsonb`)
    .orderBy('one.first_seen_at')
    .orderBy('one.id')
    .execute()
  return rows.map((row) => ({
    subscriptionId: subscriptionId.parse(row.id),
    offerId: offerId.parse(row.offer_id),
    planId: planId.parse(row.plan_id),
    status: row.status,
  }))
}

/** Of live subscriptions of these offers those whose sources are not known of their present plan, or not since then; the longest ago first. */
export async function toAskAbout(
  db: Db,
  tenantId: TenantId,
  offers: readonly OfferId[],
  since: Instant,
  most: number,
): Promise<readonly { readonly key: SubscriptionKey; readonly offerId: OfferId; readonly planId: PlanId }[]> {
  const rows = await db
    .selectFrom('subscriptions as one')
    .leftJoin('subscription_sources as source', (join) =>
      join
        .onRef('one.tenant_id', '=', 'source.tenant_id')
        .onRef('one.id', '=', 'source.subscription_id')
        .onRef('one.plan_id', '=', 'source.plan_id'),
    )
    .select(['one.id', 'one.offer_id', 'one.plan_id'])
    .where('one.tenant_id', '=', tenantId)
    .where('one.offer_id', '=', sql<string>`any(${[...offers]}::text[])`)
    .where('one.status', 'in', ['PendingFulfillmentStart', 'Subscribed', 'Suspended'])
    .where((where) => where.or([where('source.seen_at', 'is', null), where('source.seen_at', '<', new Date(since.getTime()))]))
    .orderBy('source.seen_at', (order) => order.asc().nullsFirst())
    .orderBy('one.id')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    key: { tenantId, subscriptionId: subscriptionId.parse(row.id) },
    offerId: offerId.parse(row.offer_id),
    planId: planId.parse(row.plan_id),
  }))
}
