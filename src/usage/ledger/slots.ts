/** Open slots: what of a batch goes into which, and when each is to be sealed. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import type { ProductId, SubscriptionId, TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, printQuantity } from '../../kit/quantity.ts'
import { earliest, hours, type Instant, isBefore } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { phaseOfHour } from '../rules/phases.ts'
import { sealAt } from '../rules/seal-at.ts'
import { SEAL_WORK } from '../work-kinds.ts'
import type { FreshRecord, Intake } from './batch.ts'
import type { Streams } from './streams.ts'

/** What a batch adds to one slot. */
export interface SlotSum {
  readonly subscriptionId: SubscriptionId
  readonly dimension: string
  readonly productId: ProductId
  readonly hour: UtcHour
  readonly records: number
  readonly quantity: ExactQuantity
}

type GrowingSum = { -readonly [Field in keyof SlotSum]: SlotSum[Field] }

export interface BySlot {
  readonly sums: readonly SlotSum[]
  /** Those of a slot one after the other, as the index by slot takes them best; then those in no slot. */
  readonly records: readonly FreshRecord[]
}

export function bySlot(fresh: readonly FreshRecord[]): BySlot {
  const slots = new Map<string, { readonly sum: GrowingSum; readonly records: FreshRecord[] }>()
  const elsewhere: FreshRecord[] = []
  for (const one of fresh) {
    const { record, outcome } = one
    if (outcome.outcome !== 'placed' || record.dimension === undefined) {
      elsewhere.push(one)
      continue
    }
    const { subscriptionId, dimension, productId, quantity } = record
    const key = `${subscriptionId} ${dimension} ${outcome.hour.getTime()}`
    const slot = slots.get(key)
    if (slot) {
      slot.sum.records++
      slot.sum.quantity += quantity
      slot.records.push(one)
    } else slots.set(key, { sum: { subscriptionId, dimension, productId, hour: outcome.hour, records: 1, quantity }, records: [one] })
  }
  const all = [...slots.values()]
  return { sums: all.map(({ sum }) => sum), records: [...all.flatMap(({ records }) => records), ...elsewhere] }
}

/** Only open slots take anything: under the ledger's lock none was sealed since the placement was decided. */
export async function addToSlots(tx: Tx, intake: Intake, streams: Streams, sums: readonly SlotSum[]): Promise<void> {
  const timed = sums.map((sum) => ({ ...sum, ...slotOf(sum, streams, intake) }))
  const [first, ...rest] = timed.map((sum) => sum.sealAt)
  if (!first) return
  await upsert(tx, intake, timed)
  await wakeSeal(tx, intake.tenantId, earliest(first, ...rest), intake.now)
}

function slotOf({ subscriptionId, productId, hour }: SlotSum, streams: Streams, { policyOf, now }: Intake) {
  const phases = streams.phasesOf(subscriptionId)
  const phase = phaseOfHour(phases, hour)
  if (!phase) throw new TypeError('a record was placed for a subscription that never was active')
  const grace = hours(policyOf(productId).graceHours)
  return { offerId: phase.offerId, planId: phase.planId, sealAt: sealAt({ hour, lastRecordAt: now }, phases, grace) }
}

async function upsert(tx: Tx, { tenantId, now }: Intake, sums: readonly (SlotSum & ReturnType<typeof slotOf>)[]): Promise<void> {
  const column = <T>(read: (one: (typeof sums)[number]) => T): T[] => sums.map(read)
  const { numAffectedRows } = await sql`
    insert into usage_slots as slot (tenant_id, subscription_id, dimension, hour, product_id, offer_id, plan_id, records, reported, last_record_at,
      seal_at, updated_at)
    select ${tenantId}, told.subscription_id, told.dimension, told.hour, told.product_id, told.offer_id, told.plan_id, told.records, told.reported,
      ${now}::timestamptz, told.seal_at, ${now}::timestamptz
    from unnest(
      ${column((sum) => sum.subscriptionId)}::uuid[], ${column((sum) => sum.dimension)}::text[], ${column((sum) => sum.hour.toISOString())}::timestamptz[],
      ${column((sum) => sum.productId)}::text[], ${column((sum) => sum.offerId)}::text[], ${column((sum) => sum.planId)}::text[],
      ${column((sum) => sum.records)}::bigint[], ${column((sum) => printQuantity(sum.quantity))}::numeric[],
      ${column((sum) => sum.sealAt.toISOString())}::timestamptz[]
    ) as told (subscription_id, dimension, hour, product_id, offer_id, plan_id, records, reported, seal_at)
    on conflict (tenant_id, subscription_id, dimension, hour) do update
    set records = slot.records + excluded.records, reported = slot.reported + excluded.reported,
      last_record_at = excluded.last_record_at, seal_at = excluded.seal_at, updated_at = excluded.updated_at
    where slot.state = 'open'`.execute(tx)
  if (numAffectedRows !== BigInt(sums.length)) throw new TypeError('a slot was sealed while records were placed in it')
}

/** Hours to be sealed before now are sealed now. */
export const wakeSeal = (tx: Tx, tenantId: TenantId, at: Instant, now: Instant): Promise<void> =>
  wake(tx, { tenantId, kind: SEAL_WORK, key: tenantId }, isBefore(at, now) ? now : at)
