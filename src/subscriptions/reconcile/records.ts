/** Many of our records at once. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { SubscriptionId, TenantId } from '../../kit/ids.ts'
import { toRecord } from '../store/rows.ts'
import type { StoredSubscription } from '../store/store.ts'

/** Without their attention items. */
export async function loadMany(
  db: Db,
  tenantId: TenantId,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<string, StoredSubscription>> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, toRecord(row, [])]))
}
