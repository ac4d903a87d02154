/**
 * Every reported record with what became of it: its slot, the slot's shares of the meters, Microsoft's usage event; and, of what was billed
 * later, the slot it came from. Read in pages by the order the records came in, so that any number needs little memory.
 */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { ProductId, SubscriptionId, TenantId } from '../../kit/ids.ts'
import { printQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'

export interface TraceFilter {
  readonly tenantId: TenantId
  readonly productId?: ProductId | undefined
  readonly subscriptionId?: SubscriptionId | undefined
  /** Consumed at or after it. */
  readonly from?: Instant | undefined
  /** Consumed before it. */
  readonly to?: Instant | undefined
}

/** Quantities are exact decimals as text, times ISO 8601 in UTC. */
export interface TracedRecord {
  readonly tenantId: string
  readonly productId: string
  readonly subscriptionId: string
  /** `test` for preview, test and sandbox purchases; null when the subscription is not known. */
  readonly environment: 'production' | 'test' | null
  readonly dimension: string | null
  readonly source: string
  /** Connect's record id, the producer's key; of a rest the slot it is left of: subscription/dimension/hour. */
  readonly key: string
  readonly fileId: string | null
  readonly quantity: string
  readonly consumedFrom: string
  readonly consumedAt: string
  readonly receivedAt: string
  readonly state: string
  readonly because: string | null
  /** Of what an operator let go, dropped or added by hand: who, when, and what they noted. */
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly decidedNote: string | null
  readonly slot: TracedSlot | null
}

export interface TracedSlot {
  readonly hour: string
  readonly planId: string
  readonly state: string
  readonly because: string | null
  readonly records: number
  readonly reported: string
  readonly sealedQuantity: string | null
  readonly carried: string | null
  /** What of the slot was whose: consumed of the meter in it, and sealed with it. */
  readonly shares: readonly TracedShare[]
  readonly usageEventId: string | null
  readonly acceptedQuantity: string | null
  readonly acceptedAt: string | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly decidedNote: string | null
}

export interface TracedShare {
  readonly plan: string
  readonly termStart: string
  readonly kind: string
  readonly included: string | null
  readonly consumed: string
  readonly sealed: string
}

const PAGE = 1_000

export async function* traceUsage(db: Db, filter: TraceFilter): AsyncGenerator<TracedRecord> {
  for (let after = '0'; ; ) {
    const rows = await readPage(db, filter, after)
    for (const row of rows) yield tracedOf(filter.tenantId, row)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.id
  }
}

interface Row {
  readonly id: string
  readonly product_id: string
  readonly subscription_id: string
  readonly environment: 'production' | 'test' | null
  readonly dimension: string | null
  readonly source: string
  readonly key: string
  readonly file_id: string | null
  readonly quantity: string
  readonly consumed_from: Date
  readonly consumed_at: Date
  readonly received_at: Date
  readonly state: string
  readonly because: string | null
  readonly hour: Date | null
  readonly slot_plan: string | null
  readonly slot_state: string | null
  readonly slot_because: string | null
  readonly records: string | null
  readonly reported: string | null
  readonly sealed: string | null
  readonly carried: string | null
  readonly usage_event_id: string | null
  readonly accepted_quantity: string | null
  readonly accepted_at: Date | null
  readonly record_decided_by: string | null
  readonly record_decided_at: Date | null
  readonly record_decided_note: string | null
  readonly decided_by: string | null
  readonly decided_at: Date | null
  readonly decided_note: string | null
  readonly shares: readonly TracedShare[] | null
}

async function readPage(db: Db, { tenantId, productId, subscriptionId, from, to }: TraceFilter, after: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select record.id, record.product_id, record.subscription_id, subscription.environment, record.dimension, record.source, record.key, record.file_id, record.quantity,
      record.consumed_from, record.consumed_at, record.received_at, record.state, record.because,
      record.decided_by as record_decided_by, record.decided_at as record_decided_at, record.decided_note as record_decided_note,
      slot.hour, slot.plan_id as slot_plan, slot.state as slot_state, slot.because as slot_because, slot.records, slot.reported,
      slot.quantity as sealed, slot.carried, slot.usage_event_id, slot.accepted_quantity, slot.accepted_at, slot.decided_by, slot.decided_at,
      slot.decided_note, parts.shares
    from usage_records record
    left join subscriptions subscription on subscription.tenant_id = record.tenant_id and subscription.id = record.subscription_id
    left join usage_slots slot on slot.tenant_id = record.tenant_id and slot.subscription_id = record.subscription_id
      and slot.dimension = record.dimension and slot.hour = record.slot_hour
    left join lateral (
      select jsonb_agg(jsonb_build_object('plan', share.plan_id, 'termStart', share.term_start, 'kind', share.kind,
        'included', coalesce(meter.included::text, 'unlimited'), 'consumed', share.consumed::text, 'sealed', share.sealed::text)
        order by share.term_start, share.plan_id, share.kind) as shares
      from usage_slot_shares share
      join usage_meters meter using (tenant_id, subscription_id, dimension, plan_id, kind, term_start)
      where share.tenant_id = slot.tenant_id and share.subscription_id = slot.subscription_id and share.dimension = slot.dimension
        and share.hour = slot.hour
    ) parts on true
    where record.tenant_id = ${tenantId} and record.id > ${after}::bigint
      and (${productId ?? null}::text is null or record.product_id = ${productId ?? null})
      and (${subscriptionId ?? null}::uuid is null or record.subscription_id = ${subscriptionId ?? null}::uuid)
      and (${from?.toISOString() ?? null}::timestamptz is null or record.consumed_at >= ${from?.toISOString() ?? null}::timestamptz)
      and (${to?.toISOString() ?? null}::timestamptz is null or record.consumed_at < ${to?.toISOString() ?? null}::timestamptz)
    order by record.id limit ${PAGE}`.execute(db)
  return rows
}

const tracedOf = (tenantId: string, row: Row): TracedRecord => ({
  ...{ tenantId, productId: row.product_id, subscriptionId: row.subscription_id, environment: row.environment, dimension: row.dimension },
  ...{ source: row.source, key: row.key, fileId: row.file_id, quantity: exact(row.quantity) },
  consumedFrom: row.consumed_from.toISOString(),
  consumedAt: row.consumed_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  ...{ state: row.state, because: row.because, decidedBy: row.record_decided_by },
  ...{ decidedAt: row.record_decided_at?.toISOString() ?? null, decidedNote: row.record_decided_note },
  slot: row.hour === null ? null : slotOf(row, row.hour),
})

const slotOf = (row: Row, hour: Date): TracedSlot => ({
  ...{ hour: hour.toISOString(), planId: row.slot_plan ?? '', state: row.slot_state ?? '', because: row.slot_because },
  ...{ records: Number(row.records), reported: exact(row.reported ?? '0'), sealedQuantity: maybe(row.sealed), carried: maybe(row.carried) },
  shares: (row.shares ?? []).map((share) => ({
    ...share,
    ...{ termStart: new Date(share.termStart).toISOString(), consumed: exact(share.consumed), sealed: exact(share.sealed) },
    included: share.included === 'unlimited' ? share.included : maybe(share.included),
  })),
  ...{ usageEventId: row.usage_event_id, acceptedQuantity: maybe(row.accepted_quantity) },
  ...{ acceptedAt: row.accepted_at?.toISOString() ?? null, decidedBy: row.decided_by },
  ...{ decidedAt: row.decided_at?.toISOString() ?? null, decidedNote: row.decided_note },
})

const exact = (text: string): string => printQuantity(quantityOf(text))
const maybe = (text: string | null): string | null => (text === null ? null : exact(text))
