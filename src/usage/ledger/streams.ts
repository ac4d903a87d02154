/** What placing and sealing need to know of subscriptions: their phases, and which hours of their dimensions take nothing more. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import type { SubscriptionId, TenantId } from '../../kit/ids.ts'
import { hours, type Instant, plus } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { readPhases, type SubscriptionPhase } from '../../subscriptions/index.ts'
import type { Stream } from '../rules/place.ts'

export interface Streams {
  readonly phasesOf: (subscription: SubscriptionId) => readonly SubscriptionPhase[]
  readonly streamOf: (subscription: SubscriptionId, dimension: string) => Stream
}

/** Older hours are out of Microsoft's reach whatever their slots say. */
const LOOKED_BACK = hours(25)

export async function readStreams(
  db: Db | Tx,
  tenantId: TenantId,
  subscriptions: readonly SubscriptionId[],
  now: Instant,
): Promise<Streams> {
  const phases = await readPhases(db, tenantId, subscriptions)
  const closed = await readClosed(db, tenantId, subscriptions, now)
  const phasesOf = (subscription: SubscriptionId) => phases.get(subscription) ?? []
  const streamOf = (subscription: SubscriptionId, dimension: string): Stream => {
    const hoursClosed = closed.get(streamKey(subscription, dimension))
    return { phases: phasesOf(subscription), closed: (hour: UtcHour) => hoursClosed?.has(hour.getTime()) ?? false }
  }
  return { phasesOf, streamOf: once(streamOf) }
}

/** A batch asks for each of its streams many times. */
function once(streamOf: Streams['streamOf']): Streams['streamOf'] {
  const known = new Map<SubscriptionId, Map<string, Stream>>()
  return (subscription, dimension) => {
    const ofSubscription = known.get(subscription) ?? new Map<string, Stream>()
    const stream = ofSubscription.get(dimension) ?? streamOf(subscription, dimension)
    if (ofSubscription.size === 0) known.set(subscription, ofSubscription)
    ofSubscription.set(dimension, stream)
    return stream
  }
}

async function readClosed(
  db: Db | Tx,
  tenantId: TenantId,
  subscriptions: readonly SubscriptionId[],
  now: Instant,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const rows = await db
    .selectFrom('usage_slots')
    .select(['subscription_id', 'dimension', 'hour'])
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', sql<string>`any(${subscriptions}::uuid[])`)
    .where('hour', '>', new Date(plus(now, -LOOKED_BACK).getTime()))
    .where('state', '<>', 'open')
    .execute()
  const closed = new Map<string, Set<number>>()
  for (const row of rows) {
    const key = streamKey(row.subscription_id, row.dimension)
    closed.set(key, (closed.get(key) ?? new Set()).add(row.hour.getTime()))
  }
  return closed
}

export const streamKey = (subscription: string, dimension: string): string => `${subscription} ${dimension}`
