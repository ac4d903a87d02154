/** Usage as producers tell it: many subscriptions, several dimensions, the hours of a day, keys of their own. Made one after the other, never kept. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../src/database/index.ts'
import { type DimensionId, dimensionId, productId, type SubscriptionId, subscriptionId, tenantId } from '../src/kit/ids.ts'
import { hours, type Instant, instant, plus } from '../src/kit/time.ts'
import type { ReportedUsage } from '../src/usage/index.ts'

export const TENANT = tenantId.parse('larkspur')
export const PRODUCT = productId.parse('PRD-417-220-904')
export const DIMENSIONS: readonly DimensionId[] = ['events', 'mails', 'storage'].map((one) => dimensionId.parse(one))
export const OFFER = 'larkspur-signals'
export const PLAN = 'metered'

/** Records of the hours before `now`, the oldest hour first. */
export function* records(count: number, subscriptions: readonly SubscriptionId[], now: Instant, back: number): Generator<ReportedUsage> {
  const start = plus(now, -hours(back))
  for (let n = 0; n < count; n++) {
    const at = plus(start, Math.floor((n / count) * hours(back)))
    yield {
      source: 'api',
      key: randomUUID(),
      productId: PRODUCT,
      subscriptionId: pick(subscriptions, n * 7),
      dimension: pick(DIMENSIONS, n),
      quantity: BigInt((n % 997) + 1) * 12_500_000n,
      consumedFrom: at,
      consumedAt: at,
      wholeMonth: false,
    }
  }
}

function pick<T>(from: readonly T[], n: number): T {
  const one = from[n % from.length]
  if (one === undefined) throw new RangeError('nothing to pick from')
  return one
}

export const newIds = (count: number): readonly SubscriptionId[] => Array.from({ length: count }, () => subscriptionId.parse(randomUUID()))

/** Active for a month, without a purchase: what is measured begins after it. */
export async function makeActive(db: Db, ids: readonly SubscriptionId[], now: Instant): Promise<void> {
  await sql`insert into tenants (id, name, status, created_at, updated_at)
    values (${TENANT}, 'Larkspur', 'active', now(), now()) on conflict do nothing`.execute(db)
  await sql`
    insert into subscription_phases (tenant_id, subscription_id, seq, from_at, status, offer_id, plan_id, term_start, term_unit, observed_at)
    select ${TENANT}, id, 1, ${plus(now, -hours(700))}::timestamptz, 'Subscribed', ${OFFER}, ${PLAN}, ${plus(now, -hours(700))}::timestamptz, 'P1M',
      ${now}::timestamptz
    from unnest(${ids}::uuid[]) as id`.execute(db)
}

export const NOW: Instant = instant('2031-03-05T12:30:00Z')
