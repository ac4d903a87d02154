/**
 * What became of each hour, stored for whoever is told outside, in the transaction that settles it: nothing is told that did not happen, and
 * nothing that happened is not told. Written here, read by the notifier in the order of `id`.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { days, type Instant, type Milliseconds, plus } from '../../kit/time.ts'
import type { SlotKey } from '../ledger/plan-changes.ts'

/** So long a reader may be away. */
export const KEPT_FOR: Milliseconds = days(90)

/** Of these slots, those that came to a result; the others (sealed again, still on their way) are left out. */
export async function tellOutside(tx: Tx, tenantId: TenantId, slots: readonly SlotKey[], now: Instant): Promise<void> {
  if (slots.length === 0) return
  await sql`
    insert into usage_events_out (tenant_id, at, event, subscription_id, dimension, hour, facts)
    select slot.tenant_id, ${now}::timestamptz, slot.state, slot.subscription_id, slot.dimension, slot.hour, jsonb_strip_nulls(jsonb_build_object(
      'productId', slot.product_id, 'planId', slot.plan_id, 'quantity', slot.quantity::text, 'acceptedQuantity', slot.accepted_quantity::text,
      'usageEventId', slot.usage_event_id, 'because', slot.because, 'microsoft', slot.microsoft, 'decidedBy', slot.decided_by))
    from unnest(
      ${slots.map((slot) => slot.subscriptionId)}::uuid[], ${slots.map((slot) => slot.dimension)}::text[],
      ${slots.map((slot) => slot.hour.toISOString())}::timestamptz[]
    ) as told (subscription_id, dimension, hour)
    join usage_slots slot on slot.tenant_id = ${tenantId} and slot.subscription_id = told.subscription_id and slot.dimension = told.dimension
      and slot.hour = told.hour
    where slot.state in ('accepted', 'differs', 'refused', 'expired', 'billedLater', 'writtenOff')
    order by slot.hour, slot.subscription_id, slot.dimension`.execute(tx)
}

export const pruneOutside = (db: Db | Tx, tenantId: TenantId, now: Instant) =>
  db
    .deleteFrom('usage_events_out')
    .where('tenant_id', '=', tenantId)
    .where('at', '<', new Date(plus(now, -KEPT_FOR).getTime()))
    .execute()
