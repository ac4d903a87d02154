/** Meters as they are stored, and what Microsoft's plans say is included. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { planId, type SubscriptionId, type TenantId } from '../../kit/ids.ts'
import { printQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { Included, Meter, Share } from '../rules/meter.ts'
import { streamKey } from './streams.ts'

export const meterKey = ({ kind, planId: plan, termStart }: Pick<Meter, 'kind' | 'planId' | 'termStart'>): string =>
  `${kind} ${plan} ${termStart.toISOString()}`

/** By stream (`streamKey`), then by `meterKey`. */
export type Meters = Map<string, Map<string, Meter>>

export async function readMeters(tx: Tx, tenantId: TenantId, subscriptions: readonly SubscriptionId[]): Promise<Meters> {
  const rows = await tx
    .selectFrom('usage_meters')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', sql<string>`any(${subscriptions}::uuid[])`)
    .execute()
  const meters: Meters = new Map()
  for (const row of rows) {
    const meter: Meter = {
      kind: row.kind,
      planId: planId.parse(row.plan_id),
      termStart: row.term_start,
      included: row.included === null ? 'unlimited' : quantityOf(row.included),
      consumed: quantityOf(row.consumed),
      sealed: quantityOf(row.sealed),
    }
    metersOf(meters, row.subscription_id, row.dimension).set(meterKey(meter), meter)
  }
  return meters
}

export function metersOf(meters: Meters, subscription: string, dimension: string): Map<string, Meter> {
  const key = streamKey(subscription, dimension)
  const known = meters.get(key) ?? new Map<string, Meter>()
  meters.set(key, known)
  return known
}

export interface SlotShare {
  readonly subscriptionId: SubscriptionId
  readonly dimension: string
  readonly hour: Instant
  readonly share: Share
}

/** The meters as the last of the shares left them, and what of each slot was whose. */
export async function saveShares(tx: Tx, tenantId: TenantId, shares: readonly SlotShare[], now: Instant): Promise<void> {
  const last = new Map(shares.map((one) => [`${streamKey(one.subscriptionId, one.dimension)} ${meterKey(one.share.meter)}`, one]))
  await saveMeters(tx, tenantId, [...last.values()], now)
  const column = <T>(read: (one: SlotShare) => T): T[] => shares.map(read)
  await sql`
    insert into usage_slot_shares (tenant_id, subscription_id, dimension, hour, plan_id, kind, term_start, consumed, sealed)
    select ${tenantId}, told.* from unnest(
      ${column((one) => one.subscriptionId)}::uuid[], ${column((one) => one.dimension)}::text[], ${column((one) => one.hour.toISOString())}::timestamptz[],
      ${column(({ share }) => share.meter.planId)}::text[], ${column(({ share }) => share.meter.kind)}::text[],
      ${column(({ share }) => share.meter.termStart.toISOString())}::timestamptz[], ${column(({ share }) => printQuantity(share.consumed))}::numeric[],
      ${column(({ share }) => printQuantity(share.sealed))}::numeric[]
    ) as told`.execute(tx)
}

async function saveMeters(tx: Tx, tenantId: TenantId, shares: readonly SlotShare[], now: Instant): Promise<void> {
  const column = <T>(read: (meter: Meter) => T): T[] => shares.map(({ share }) => read(share.meter))
  await sql`
    insert into usage_meters (tenant_id, subscription_id, dimension, plan_id, kind, term_start, included, consumed, sealed, updated_at)
    select ${tenantId}, told.*, ${now}::timestamptz from unnest(
      ${shares.map((one) => one.subscriptionId)}::uuid[], ${shares.map((one) => one.dimension)}::text[], ${column((meter) => meter.planId)}::text[],
      ${column((meter) => meter.kind)}::text[], ${column((meter) => meter.termStart.toISOString())}::timestamptz[],
      ${column((meter) => includedText(meter.included))}::numeric[], ${column((meter) => printQuantity(meter.consumed))}::numeric[],
      ${column((meter) => printQuantity(meter.sealed))}::numeric[]
    ) as told
    on conflict (tenant_id, subscription_id, dimension, plan_id, kind, term_start) do update
    set included = excluded.included, consumed = excluded.consumed, sealed = excluded.sealed, updated_at = excluded.updated_at`.execute(tx)
}

const includedText = (included: Included): string | null => (included === 'unlimited' ? null : printQuantity(included))
