/** Money at risk: what Microsoft has not accepted yet and will not take much longer. Told in time, and it goes by itself. */
import { sql } from 'kysely'
import { settleAttention } from '../../attention/index.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, ONE, printQuantity, quantityOf } from '../../kit/quantity.ts'
import { hours, type Instant, instant, isBefore, minutes, plus } from '../../kit/time.ts'
import type { UsageDeps } from '../deps.ts'
import { RISK_WORK } from '../work-kinds.ts'

/** Hours since the beginning of the hour; Microsoft takes it for 24. */
export const RISK_AGES = [6, 12, 20] as const
const LOOKED_AT_AGAIN = minutes(15)

export interface Risk {
  /** At most so many hours are left. */
  readonly hoursLeft: number
  readonly dimension: string
  readonly productId: string
  readonly slots: number
  /** Beyond what is included where the hour is sealed; of an open one what was reported, which may be less in the end. */
  readonly quantity: ExactQuantity
  readonly open: number
  /** Undefined while Microsoft has not told the price. */
  readonly amount: ExactQuantity | undefined
  readonly currency: string | undefined
}

interface RiskRow {
  readonly age: number
  readonly product_id: string
  readonly dimension: string
  readonly slots: string
  readonly open: string
  readonly quantity: string
  readonly price: string | null
  readonly currency: string | null
}

/**
 * What is not accepted yet, by hours left, the most pressing first. Only what is not settled is read (`usage_slots_unsettled`), of the last day.
 * @param age of the hours in hours, at least
 */
export async function readRisk(db: Db | Tx, tenantId: TenantId, now: Instant, age = 0): Promise<readonly Risk[]> {
  const { rows } = await sql<RiskRow>`
    select floor(extract(epoch from ${now}::timestamptz - slot.hour) / 3600)::int as age, slot.product_id, slot.dimension, count(*) as slots,
      count(*) filter (where slot.state = 'open') as open, sum(coalesce(slot.quantity, slot.reported)) as quantity, told.price, told.currency
    from usage_slots slot
    left join lateral (
      select price, currency from usage_plan_terms terms
      where terms.tenant_id = slot.tenant_id and terms.offer_id = slot.offer_id and terms.plan_id = slot.plan_id and terms.dimension = slot.dimension
      order by seen_at desc limit 1
    ) told on true
    where slot.tenant_id = ${tenantId} and slot.state in ('open', 'sealed', 'sent', 'refused')
      and slot.hour > ${now}::timestamptz - interval '24 hours' and slot.hour <= ${plus(now, -hours(age))}::timestamptz
    group by 1, 2, 3, told.price, told.currency order by 1 desc, 2, 3`.execute(db)
  return rows.map(({ age, product_id, dimension, slots, open, quantity, price, currency }) => ({
    ...{ hoursLeft: 24 - age, dimension, productId: product_id, slots: Number(slots), open: Number(open), quantity: quantityOf(quantity) },
    amount: price === null ? undefined : (quantityOf(quantity) * quantityOf(price)) / ONE,
    currency: currency ?? undefined,
  }))
}

export const riskLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: RISK_WORK,
    priority: priorities.background,
    longestCall: 0, // changes nothing outside
    look: ({ tenantId }, lease) => lookAtRisk(deps, tenantId, lease),
  })

async function lookAtRisk({ db, clock }: UsageDeps, tenantId: TenantId, lease: Lease): Promise<LookResult> {
  const now = clock.now()
  const old = await readRisk(db, tenantId, now, RISK_AGES[0])
  const reached = RISK_AGES.findLast((age) => old.some(({ hoursLeft }) => 24 - hoursLeft >= age))
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    const wanted = reached === undefined ? [] : [{ code: 'USAGE_AT_RISK', facts: { olderThanHours: reached, ...factsOf(old) } } as const]
    await settleAttention(tx, { tenantId, subject: { kind: 'tenant', id: tenantId }, among: ['USAGE_AT_RISK'], wanted }, now)
  })
  return { lookAgainAt: reached === undefined ? await nextRiskAt(db, tenantId, now) : plus(now, LOOKED_AT_AGAIN) }
}

/**
 * When the oldest hour that is not settled reaches the first age that is told, but not before the next quarter of an hour: however often hours
 * are sealed, risk is looked at so often at most. @returns undefined when all is settled
 */
export async function nextRiskAt(db: Db | Tx, tenantId: TenantId, now: Instant): Promise<Instant | undefined> {
  const { rows } = await sql<{ hour: Date }>`
    select hour from usage_slots
    where tenant_id = ${tenantId} and state in ('open', 'sealed', 'sent', 'refused')
      and hour > ${now}::timestamptz - interval '24 hours' and hour <= ${now}::timestamptz
    order by hour limit 1`.execute(db)
  const [oldest] = rows
  if (!oldest) return undefined
  const [old, soon] = [plus(instant(oldest.hour), hours(RISK_AGES[0])), plus(now, LOOKED_AT_AGAIN)]
  return isBefore(old, soon) ? soon : old
}

function factsOf(old: readonly Risk[]) {
  return {
    slots: old.reduce((sum, one) => sum + one.slots, 0),
    hoursLeft: Math.min(...old.map(({ hoursLeft }) => hoursLeft)),
    atRisk: amountsInWords(old),
  }
}

/** What it costs by currency; what has no price by dimension. */
export function amountsInWords(risks: readonly Risk[]): readonly string[] {
  const sums = new Map<string, ExactQuantity>()
  for (const { amount, currency, dimension, quantity } of risks) {
    const unit = amount === undefined ? `of ${dimension}, price not known` : (currency ?? 'at Microsoft’s price')
    sums.set(unit, (sums.get(unit) ?? 0n) + (amount ?? quantity))
  }
  return [...sums].map(([unit, sum]) => `${printQuantity(sum)} ${unit}`)
}
