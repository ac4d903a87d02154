/** Records an operator has decided about: let go, dropped, or added by hand. */
import type { Db } from '../../database/index.ts'
import { type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { HeldKey } from './held.ts'
import type { Signature } from './signed.ts'

export interface DecidedRecord extends HeldKey, Signature {
  readonly subscriptionId: SubscriptionId
  readonly dimension: string | undefined
  readonly quantity: ExactQuantity
  readonly consumedAt: Instant
  readonly decision: 'released' | 'dropped' | 'added'
  readonly at: Instant
}

/** Newest first. */
export async function listDecided(
  db: Db,
  { tenantId, subscriptionId: one }: { readonly tenantId: TenantId; readonly subscriptionId: SubscriptionId },
  limit = 24,
): Promise<readonly DecidedRecord[]> {
  const rows = await db
    .selectFrom('usage_records')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', one)
    .where('decided_at', 'is not', null)
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...{ source: row.source, key: row.key, subscriptionId: subscriptionId.parse(row.subscription_id) },
    ...{ dimension: row.dimension ?? undefined, quantity: quantityOf(row.quantity), consumedAt: row.consumed_at },
    decision: decisionOf(row.because),
    ...{ at: row.decided_at ?? row.received_at, by: row.decided_by ?? '', note: row.decided_note ?? undefined },
  }))
}

const decisionOf = (because: string | null): DecidedRecord['decision'] =>
  because === 'released' || because === 'dropped' ? because : 'added'
