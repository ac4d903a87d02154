/** Records that are held: an operator lets them go into the next hour or drops them; what nobody decides about in time is dropped, and told. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import {
  type DimensionId,
  dimensionId,
  type ProductId,
  productId,
  type SubscriptionId,
  subscriptionId,
  type TenantId,
} from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { settleHeldAttention } from '../attention.ts'
import type { Intake } from '../ledger/intake.ts'
import { addToSlots, type SlotSum } from '../ledger/slots.ts'
import { readStreams, type Streams } from '../ledger/streams.ts'
import { wakeFiles } from '../ledger/wake-files.ts'
import type { UsageSource } from '../record.ts'
import { placeNow } from '../rules/place.ts'
import { inParts, type Signature, type Together, tellDecided } from './signed.ts'

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

export interface HeldFilter {
  readonly tenantId: TenantId
  readonly subscriptionId?: SubscriptionId | undefined
  readonly dimension?: string | undefined
  readonly key?: string | undefined
  readonly limit?: number
}

/** Oldest deadline first. */
export const listHeld = (db: Db, tenantId: TenantId, limit = 100): Promise<readonly HeldRecord[]> => listHeldOf(db, { tenantId, limit })

/** Of all there are, whatever the limit. */
export async function countHeldOf(db: Db, filter: HeldFilter): Promise<number> {
  const { count } = await heldOf(db, filter)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const heldOf = (db: Db, { tenantId, subscriptionId: one, dimension, key }: HeldFilter) =>
  db
    .selectFrom('usage_records')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'held')
    .$if(one !== undefined, (query) => query.where('subscription_id', '=', one ?? ''))
    .$if(dimension !== undefined, (query) => query.where('dimension', '=', dimension ?? ''))
    .$if(key !== undefined, (query) => query.where('key', '=', key ?? ''))

export async function listHeldOf(db: Db, filter: HeldFilter): Promise<readonly HeldRecord[]> {
  const rows = await heldOf(db, filter)
    .selectAll()
    .orderBy('hold_until')
    .orderBy('id')
    .limit(filter.limit ?? 1000)
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

/** Signed, for the ledger. */
export interface HeldDecision extends Signature, Together {
  readonly decision: 'release' | 'drop'
  readonly records: readonly HeldKey[]
}

/**
 * Safe to repeat: what was decided is not held any more. An intake's `dryRun` says what would happen, and nothing else.
 * @returns what became of each record, in the order given
 */
export const decideHeld = (db: Db, intake: Intake, { records, ...decision }: HeldDecision): Promise<readonly HeldDecided[]> =>
  inParts(db, intake, records, (tx, part) => decidePart(tx, intake, { ...decision, records: part }))

async function decidePart(tx: Tx, intake: Intake, decision: HeldDecision): Promise<readonly HeldDecided[]> {
  const held = await readHeld(tx, intake.tenantId, decision.records)
  const streams = await readStreams(tx, intake.tenantId, [...new Set([...held.values()].map((one) => one.subscriptionId))], intake.now)
  const judged = decision.records.map((key): readonly [Held | undefined, HeldDecided] => {
    const one = held.get(textOf(key))
    held.delete(textOf(key)) // what is named twice is decided once
    return [one, one ? verdict(decision.decision, one, streams, intake) : { outcome: 'refused', because: 'notHeld' }]
  })
  const changed = judged.flatMap(([one, decided]) => (one && decided.outcome !== 'refused' ? [{ held: one, decided }] : []))
  if (!intake.dryRun && changed.length > 0) await carryOut(tx, intake, streams, decision, changed)
  return judged.map(([, decided]) => decided)
}

interface Held extends HeldKey {
  readonly subscriptionId: SubscriptionId
  readonly dimension: DimensionId
  readonly productId: ProductId
  readonly quantity: ExactQuantity
  readonly fileId: string | null
}

const textOf = ({ source, key }: HeldKey): string => `${source} ${key}`

async function readHeld(tx: Tx, tenantId: TenantId, records: readonly HeldKey[]): Promise<Map<string, Held>> {
  const rows = await tx
    .selectFrom('usage_records')
    .select(['source', 'key', 'subscription_id', 'dimension', 'product_id', 'quantity', 'file_id'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'held')
    .where(sql<boolean>`(source, key) in (select * from ${keysIn(records)} as told (source, key))`)
    .execute()
  const held = rows.map(
    (row): Held => ({
      ...{ source: row.source, key: row.key, fileId: row.file_id, quantity: quantityOf(row.quantity) },
      ...{ subscriptionId: subscriptionId.parse(row.subscription_id), dimension: dimensionId.parse(row.dimension) },
      productId: productId.parse(row.product_id),
    }),
  )
  return new Map(held.map((one) => [textOf(one), one]))
}

const keysIn = (records: readonly HeldKey[]) =>
  sql`unnest(${records.map(({ source }) => source)}::text[], ${records.map(({ key }) => key)}::text[])`

function verdict(
  decision: 'release' | 'drop',
  { subscriptionId, dimension, quantity }: Held,
  streams: Streams,
  { now }: Intake,
): HeldDecided {
  if (decision === 'drop') return { outcome: 'dropped', quantity }
  const hour = placeNow(streams.streamOf(subscriptionId, dimension), now)
  return hour ? { outcome: 'released', quantity, hour } : { outcome: 'refused', because: 'noHourLeft' }
}

interface Changed {
  readonly held: Held
  readonly decided: Exclude<HeldDecided, { readonly outcome: 'refused' }>
}

/** What is let go is counted in its hour; the files of all are told, for that may be what they wait for. */
async function carryOut(tx: Tx, intake: Intake, streams: Streams, decision: HeldDecision, changed: readonly Changed[]): Promise<void> {
  const { tenantId, now } = intake
  const records = changed.map(({ held }) => held)
  await moveRecords(tx, intake, decision, changed)
  await addToSlots(tx, intake, streams, sumsOf(changed))
  await wakeFiles(
    tx,
    tenantId,
    records.map(({ fileId }) => fileId),
    now,
  )
  await tellDecided(tx, intake, decision.decision, records, decision)
  await decision.together?.(tx)
  await settleHeldAttention(tx, tenantId, [...new Set(records.map((one) => one.subscriptionId))], now)
}

async function moveRecords(tx: Tx, { tenantId, now }: Intake, { decision, by, note }: HeldDecision, changed: readonly Changed[]) {
  const became = { release: { state: 'placed', because: 'released' }, drop: { state: 'rejected', because: 'dropped' } }[decision]
  const hours = changed.map(({ decided }) => (decided.outcome === 'released' ? decided.hour.toISOString() : null))
  await sql`
    update usage_records record set state = ${became.state}, because = ${became.because}, slot_hour = told.hour, hold_until = null,
      decided_at = ${now}::timestamptz, decided_by = ${by}, decided_note = ${note ?? null}
    from unnest(
      ${changed.map(({ held }) => held.source)}::text[], ${changed.map(({ held }) => held.key)}::text[], ${hours}::timestamptz[]
    ) as told (source, key, hour)
    where record.tenant_id = ${tenantId} and record.source = told.source and record.key = told.key`.execute(tx)
}

function sumsOf(changed: readonly Changed[]): readonly SlotSum[] {
  const sums = new Map<string, SlotSum>()
  for (const { held, decided } of changed) {
    if (decided.outcome !== 'released') continue
    const { subscriptionId, dimension, productId, quantity } = held
    const key = `${subscriptionId} ${dimension} ${decided.hour.getTime()}`
    const { records, quantity: sum } = sums.get(key) ?? { records: 0, quantity: 0n }
    sums.set(key, { subscriptionId, dimension, productId, hour: decided.hour, records: records + 1, quantity: sum + quantity })
  }
  return [...sums.values()]
}

/** What nobody has decided about in time. @returns when the next deadline is */
export async function dropOverdue(tx: Tx, tenantId: TenantId, now: Instant): Promise<Instant | undefined> {
  const { rows } = await sql<{ subscription_id: string; file_id: string | null }>`
    with overdue as (
      update usage_records set state = 'rejected', because = 'holdOver', hold_until = null
      where tenant_id = ${tenantId} and state = 'held' and hold_until <= ${now}::timestamptz
      returning subscription_id, file_id
    ) select distinct subscription_id, file_id from overdue`.execute(tx)
  await wakeFiles(
    tx,
    tenantId,
    rows.map((row) => row.file_id),
    now,
  )
  await settleHeldAttention(tx, tenantId, [...new Set(rows.map((row) => subscriptionId.parse(row.subscription_id)))], now)
  const next = await tx
    .selectFrom('usage_records')
    .select(({ fn }) => fn.min('hold_until').as('at'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'held')
    .executeTakeFirst()
  return next?.at ?? undefined
}
