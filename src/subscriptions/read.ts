/** Reading subscriptions for screens and the command line. */
import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { SubscriptionId, TenantId } from '../kit/ids.ts'
import { subscriptionId, tenantId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import type { SubscriptionKey } from './record.ts'
import { load, wakeSubscription } from './store/postgres.ts'
import type { StoredSubscription } from './store/store.ts'

export { readTimeline } from './store/timeline.ts'

export const readSubscription = (db: Db, key: SubscriptionKey): Promise<StoredSubscription | undefined> => load(db, key)

export interface SubscriptionFilter {
  readonly tenantId: TenantId
  readonly status?: string | undefined
  /** Only those that ask for attention. */
  readonly attention?: boolean | undefined
  /** The ones after this one in the order of the list. */
  readonly after?: string | undefined
  /** 1 to 1000, default 100; newest first. */
  readonly limit?: number
}

export async function listSubscriptions(db: Db, filter: SubscriptionFilter): Promise<readonly StoredSubscription[]> {
  const { status, attention, after, limit = 100 } = filter
  const rows = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', filter.tenantId)
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? ''))
    .$if(attention === true, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('attention_items as item')
            .select('item.seq')
            .whereRef('item.tenant_id', '=', 'subscriptions.tenant_id')
            .where('item.subject_kind', '=', 'subscription')
            .where('item.subject_id', '=', sql<string>`subscriptions.id::text`)
            .where('item.state', '<>', 'resolved'),
        ),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('first_seen_at', 'id'),
          '<',
          selectFrom('subscriptions as last')
            .select(['last.first_seen_at', 'last.id'])
            .where('last.tenant_id', '=', filter.tenantId)
            .where('last.id', '=', after ?? '')
            .$asTuple('first_seen_at', 'id'),
        ),
      ),
    )
    .orderBy('first_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(1000, Math.max(1, limit)))
    .execute()
  const found = await Promise.all(rows.map(({ id }) => load(db, { tenantId: filter.tenantId, subscriptionId: subscriptionId.parse(id) })))
  return found.filter((one) => one !== undefined)
}

/** Which tenant a subscription belongs to, when only its id is known: for operators of the installation. */
export async function findSubscription(db: Db, id: SubscriptionId): Promise<StoredSubscription | undefined> {
  const row = await db.selectFrom('subscriptions').select('tenant_id').where('id', '=', id).executeTakeFirst()
  return row && load(db, { tenantId: tenantId.parse(row.tenant_id), subscriptionId: id })
}

/** Somebody is looking: look again now. */
export const wakeNow = (db: Db, key: SubscriptionKey, now: Instant): Promise<void> => wakeSubscription(db, key, now)

/** Which purchases are real, and which are of the preview, of a test or of a sandbox. Unknown ids are not in the answer. */
export async function environmentsOf(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, 'production' | 'test'>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('subscriptions')
    .select(['id', 'environment'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, environment }) => [id, environment]))
}
