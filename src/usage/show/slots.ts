/** Slots as people look at them: where an hour stands, why, and how long Microsoft still takes it. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { type ProductId, productId, type SubscriptionId, type TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import { hours, type Instant, plus } from '../../kit/time.ts'
import { type SlotKey, slotKeyOf } from '../ledger/plan-changes.ts'
import { WINDOW } from '../rules/place.ts'
import type { SlotState } from '../rules/states.ts'

export interface SlotFilter {
  readonly tenantId: TenantId
  readonly subscriptionId?: SubscriptionId | undefined
  readonly productId?: ProductId | undefined
  readonly dimension?: string | undefined
  readonly hour?: Instant | undefined
  /** Left out: all. */
  readonly states?: readonly SlotState[] | undefined
  /** Only those Microsoft takes no longer in so many hours. */
  readonly hoursLeft?: number | undefined
  /** `cursor` of the last one seen. */
  readonly after?: string | undefined
  /** 1 to 1000, default 100; newest hour first. */
  readonly limit?: number | undefined
}

export interface SlotShown extends SlotKey {
  readonly productId: ProductId
  readonly planId: string
  readonly state: SlotState
  readonly because: string | undefined
  readonly records: number
  readonly reported: ExactQuantity
  /** Undefined while it takes records. */
  readonly quantity: ExactQuantity | undefined
  readonly carried: ExactQuantity | undefined
  readonly acceptedQuantity: ExactQuantity | undefined
  readonly usageEventId: string | undefined
  /** Microsoft's last word. */
  readonly microsoft: { readonly status: string; readonly message?: string } | undefined
  /** Microsoft takes it until then. */
  readonly until: Instant
  readonly decidedBy: string | undefined
  readonly decidedAt: Instant | undefined
  /** What the operator noted with it. */
  readonly decidedNote: string | undefined
  readonly cursor: string
}

/** Of all there are, whatever the limit. */
export async function countSlots(db: Db, filter: SlotFilter, now: Instant): Promise<number> {
  const { count } = await slotsOf(db, filter, now)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function slotsOf(
  db: Db,
  { tenantId, subscriptionId, productId: product, dimension, hour, states, hoursLeft, after }: SlotFilter,
  now: Instant,
) {
  const last = after === undefined ? undefined : cursorOf(after)
  return db
    .selectFrom('usage_slots')
    .where('tenant_id', '=', tenantId)
    .$if(subscriptionId !== undefined, (query) => query.where('subscription_id', '=', subscriptionId ?? ''))
    .$if(product !== undefined, (query) => query.where('product_id', '=', product ?? ''))
    .$if(dimension !== undefined, (query) => query.where('dimension', '=', dimension ?? ''))
    .$if(hour !== undefined, (query) => query.where('hour', '=', dateOf(hour ?? now)))
    .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
    .$if(hoursLeft !== undefined, (query) => query.where('hour', '<=', dateOf(plus(now, hours(hoursLeft ?? 0) - WINDOW))))
    .$if(last !== undefined, (query) =>
      query.where(
        sql<boolean>`(hour, subscription_id, dimension) < (${last?.[0] ?? ''}::timestamptz, ${last?.[1] ?? ''}::uuid, ${last?.[2] ?? ''}::text)`,
      ),
    )
}

export async function listSlots(db: Db, filter: SlotFilter, now: Instant): Promise<readonly SlotShown[]> {
  const rows = await slotsOf(db, filter, now)
    .selectAll()
    .orderBy('hour', 'desc')
    .orderBy('subscription_id', 'desc')
    .orderBy('dimension', 'desc')
    .limit(Math.min(1000, Math.max(1, filter.limit ?? 100)))
    .execute()
  return rows.map((row) => ({
    ...slotKeyOf(row),
    productId: productId.parse(row.product_id),
    planId: row.plan_id,
    state: row.state as SlotState, // the database holds no other
    because: row.because ?? undefined,
    records: Number(row.records),
    reported: quantityOf(row.reported),
    quantity: quantityIn(row.quantity),
    carried: quantityIn(row.carried),
    acceptedQuantity: quantityIn(row.accepted_quantity),
    usageEventId: row.usage_event_id ?? undefined,
    microsoft: saidIn(row.microsoft),
    until: plus(row.hour, WINDOW),
    ...{ decidedBy: row.decided_by ?? undefined, decidedAt: row.decided_at ?? undefined, decidedNote: row.decided_note ?? undefined },
    cursor: [row.hour.toISOString(), row.subscription_id, row.dimension].join('~'),
  }))
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:00:00\.000Z)~([0-9a-f-]{36})~(.{1,255})$/

/** @returns undefined for what no page ended with */
export function cursorOf(text: string): readonly [string, string, string] | undefined {
  const [, hour, subscription, dimension] = CURSOR.exec(text) ?? []
  return hour !== undefined && subscription !== undefined && dimension !== undefined ? [hour, subscription, dimension] : undefined
}

const dateOf = (at: Instant): Date => new Date(at.getTime())
const quantityIn = (text: string | null): ExactQuantity | undefined => (text === null ? undefined : quantityOf(text))

function saidIn(value: unknown): SlotShown['microsoft'] {
  if (typeof value !== 'object' || value === null || !('status' in value)) return undefined
  const message = 'message' in value && typeof value.message === 'string' ? { message: value.message } : {}
  return { status: String(value.status), ...message }
}
