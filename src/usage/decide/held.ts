/** Records that are held: an operator lets them go into the next hour or drops them; what nobody decides about in time is dropped, and told. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { dimensionId, productId, type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { settleHeldAttention } from '../attention.ts'
import type { Intake } from '../ledger/intake.ts'
import { inLedger } from '../ledger/lock.ts'
import { addToSlots } from '../ledger/slots.ts'
import { readStreams } from '../ledger/streams.ts'
import type { UsageSource } from '../record.ts'
import { placeNow } from '../rules/place.ts'

export interface HeldKey {
  readonly source: UsageSource
  readonly key: string
}

export interface HeldRecord extends HeldKey {
  readonly subscriptionId: SubscriptionId
  readonly dimension: string
  readonly quantity: ExactQuantity
  readonly consumedAt: Instant
  readonly because: string
  /** Not billed after that. */
  readonly until: Instant
}

export type HeldDecided =
  | { readonly outcome: 'released'; readonly quantity: ExactQuantity; readonly hour: UtcHour }
  | { readonly outcome: 'dropped'; readonly quantity: ExactQuantity }
  | { readonly outcome: 'refused'; readonly because: 'notHeld' | 'noHourLeft' }

/** Oldest deadline first. */
export const listHeld = (db: Db, tenantId: TenantId, limit = 100): Promise<readonly HeldRecord[]> => listHeldOf(db, { tenantId, limit })

export async function listHeldOf(
  db: Db,
  {
    tenantId,
    subscriptionId: one,
    limit = 1000,
  }: { readonly tenantId: TenantId; readonly subscriptionId?: SubscriptionId; readonly limit?: number },
): Promise<readonly HeldRecord[]> {
  const rows = await db
    .selectFrom('usage_records')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'held')
    .$if(one !== undefined, (query) => query.where('subscription_id', '=', one ?? ''))
    .orderBy('hold_until')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...{ source: row.source, key: row.key, subscriptionId: subscriptionId.parse(row.subscription_id), dimension: row.dimension ?? '' },
    ...{
      quantity: quantityOf(row.quantity),
      consumedAt: row.consumed_at,
      because: row.because ?? '',
      until: row.hold_until ?? row.received_at,
    },
  }))
}

/** @param dryRun says what would happen, and nothing else */
export function decideHeld(db: Db, intake: Intake, record: HeldKey, decision: 'release' | 'drop'): Promise<HeldDecided> {
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    intake.dryRun ? inTransaction(db, work) : inLedger(db, intake.tenantId, work)
  return run(async (tx) => {
    const held = await readHeld(tx, intake.tenantId, record)
    if (!held) return { outcome: 'refused', because: 'notHeld' }
    return decision === 'drop' ? drop(tx, intake, held) : release(tx, intake, held)
  })
}

type Held = NonNullable<Awaited<ReturnType<typeof readHeld>>>

async function readHeld(tx: Tx, tenantId: TenantId, { source, key }: HeldKey) {
  const row = await tx
    .selectFrom('usage_records')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('source', '=', source)
    .where('key', '=', key)
    .where('state', '=', 'held')
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...{ source, key, subscriptionId: subscriptionId.parse(row.subscription_id), dimension: dimensionId.parse(row.dimension) },
    ...{ productId: productId.parse(row.product_id), quantity: quantityOf(row.quantity) },
  }
}

async function release(tx: Tx, intake: Intake, held: Held): Promise<HeldDecided> {
  const { subscriptionId: subscription, dimension, quantity } = held
  const streams = await readStreams(tx, intake.tenantId, [subscription], intake.now)
  const hour = placeNow(streams.streamOf(subscription, dimension), intake.now)
  if (!hour) return { outcome: 'refused', because: 'noHourLeft' }
  if (intake.dryRun) return { outcome: 'released', quantity, hour }
  await sql`
    update usage_records set state = 'placed', slot_hour = ${hour.toISOString()}::timestamptz, hold_until = null, because = 'released'
    where tenant_id = ${intake.tenantId} and source = ${held.source} and key = ${held.key}`.execute(tx)
  await addToSlots(tx, intake, streams, [
    { subscriptionId: subscription, dimension, productId: held.productId, hour, records: 1, quantity },
  ])
  await settleHeldAttention(tx, intake.tenantId, [subscription], intake.now)
  return { outcome: 'released', quantity, hour }
}

async function drop(tx: Tx, intake: Intake, { source, key, quantity, subscriptionId: subscription }: Held): Promise<HeldDecided> {
  if (intake.dryRun) return { outcome: 'dropped', quantity }
  await sql`
    update usage_records set state = 'rejected', because = 'dropped', hold_until = null
    where tenant_id = ${intake.tenantId} and source = ${source} and key = ${key}`.execute(tx)
  await settleHeldAttention(tx, intake.tenantId, [subscription], intake.now)
  return { outcome: 'dropped', quantity }
}

/** What nobody has decided about in time. @returns when the next deadline is */
export async function dropOverdue(tx: Tx, tenantId: TenantId, now: Instant): Promise<Instant | undefined> {
  const { rows } = await sql<{ subscription_id: string }>`
    with overdue as (
      update usage_records set state = 'rejected', because = 'holdOver', hold_until = null
      where tenant_id = ${tenantId} and state = 'held' and hold_until <= ${now}::timestamptz
      returning subscription_id
    ) select distinct subscription_id from overdue`.execute(tx)
  await settleHeldAttention(
    tx,
    tenantId,
    rows.map((row) => subscriptionId.parse(row.subscription_id)),
    now,
  )
  const next = await tx
    .selectFrom('usage_records')
    .select(({ fn }) => fn.min('hold_until').as('at'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'held')
    .executeTakeFirst()
  return next?.at ?? undefined
}
