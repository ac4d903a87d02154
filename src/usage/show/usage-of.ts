/** What a subscription has used in its present term: of each dimension how much, what of it is included, what is left, what is not billed yet. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { productId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import { readPhases, readSubscription, type SubscriptionKey, type SubscriptionPhase } from '../../subscriptions/index.ts'
import { dimensionPolicy, includedOf, planMapping } from '../../tenants/index.ts'
import { type DimensionTerms, readPlanTerms } from '../ledger/plan-terms.ts'
import { policiesOf } from '../policies.ts'
import type { Included } from '../rules/meter.ts'
import { type DimensionUse, useOf } from '../rules/use.ts'

export interface SubscriptionUsage {
  readonly planId: string
  /** First moment of the term: included quantities count from here. */
  readonly since: Instant
  readonly dimensions: readonly DimensionUsage[]
}

export interface DimensionUsage extends DimensionUse {
  readonly dimension: string
  /** The present plan has it; false for what only another plan of the product meters. */
  readonly inPlan: boolean
  /** As Microsoft shows it, and what it counts in; undefined while Microsoft has not told. */
  readonly name: string | undefined
  readonly unit: string | undefined
  /** When something of it was told last, in this term. */
  readonly lastToldAt: Instant | undefined
  /** For one unit beyond what is included; undefined while Microsoft has not told. */
  readonly price: ExactQuantity | undefined
  readonly currency: string | undefined
}

/** @returns undefined for what was never active, and for plans without metered dimensions */
export async function usageOf(db: Db, key: SubscriptionKey): Promise<SubscriptionUsage | undefined> {
  const one = await readSubscription(db, key)
  const phase = (await readPhases(db, key.tenantId, [key.subscriptionId])).get(key.subscriptionId)?.at(-1)
  if (!one?.productId || !phase) return undefined
  const policy = (await policiesOf(db, key.tenantId))(productId.parse(one.productId))
  const mapping = await planMapping(db, key.tenantId, phase.offerId, phase.planId)
  const sums = await readSums(db, key, phase)
  const told = await readLastTold(db, key, phase)
  const mapped = new Set<string>(mapping?.items.flatMap(({ dimension }) => dimension ?? []))
  const declared = mapping ? [...mapped, ...policy.dimensions.map(({ id }) => id)] : []
  const ids = [...new Set([...declared, ...sums.keys()])].toSorted()
  if (ids.length === 0) return undefined
  const terms = await readPlanTerms(db, key.tenantId, { offerId: phase.offerId, planId: phase.planId, termUnit: phase.termUnit ?? 'P1M' })
  const dimensions = ids.map((dimension): DimensionUsage => {
    const plan: Partial<DimensionTerms> = terms?.of(dimension) ?? {}
    const sum = sums.get(dimension) ?? NOTHING
    const included = includedOf(dimensionPolicy(policy, dimension)) ?? sum.included ?? plan.included
    const { name, unit, price, currency } = plan
    const inPlan = mapped.has(dimension) || name !== undefined || price !== undefined
    return { dimension, inPlan, name, unit, lastToldAt: told.get(dimension), ...useOf({ ...sum, included }), price, currency }
  })
  return { planId: phase.planId, since: phase.termStart, dimensions }
}

interface Sums {
  readonly included: Included | undefined
  /** On the meter and in open hours. */
  readonly used: ExactQuantity
  /** Fixed in slots, whatever became of them. */
  readonly sealed: ExactQuantity
  /** Of the stream: on its way to Microsoft. */
  readonly underWay: ExactQuantity
}

const NOTHING: Sums = { included: undefined, used: 0n, sealed: 0n, underWay: 0n }

interface SumRow {
  readonly dimension: string
  readonly metered: boolean
  readonly included: string | null
  readonly used: string
  readonly sealed: string
  readonly under_way: string
}

/** Few rows, whatever the ledger grows to: meters of the term, hours that are open, hours under way. */
async function readSums(
  db: Db,
  { tenantId, subscriptionId }: SubscriptionKey,
  { planId, termStart }: SubscriptionPhase,
): Promise<ReadonlyMap<string, Sums>> {
  const { rows } = await sql<SumRow>`
    with parts as (
      select dimension, true as metered, included, consumed as used, sealed, 0::numeric as under_way from usage_meters
      where tenant_id = ${tenantId} and subscription_id = ${subscriptionId} and plan_id = ${planId} and kind = 'term'
        and term_start = ${termStart.toISOString()}::timestamptz
      union all
      select record.dimension, false, null, record.quantity, 0, 0 from usage_slots slot
      join usage_records record on record.tenant_id = slot.tenant_id and record.subscription_id = slot.subscription_id
        and record.dimension = slot.dimension and record.slot_hour = slot.hour and record.state = 'placed'
      where slot.tenant_id = ${tenantId} and slot.subscription_id = ${subscriptionId} and slot.state = 'open' and record.source <> 'rest'
        and record.plan_id = ${planId} and record.term_start = ${termStart.toISOString()}::timestamptz
      union all
      select dimension, false, null, 0, 0, quantity from usage_slots
      where tenant_id = ${tenantId} and subscription_id = ${subscriptionId} and state in ('sealed', 'sent')
    )
    select dimension, bool_or(metered) as metered, min(included) as included, sum(used) as used, sum(sealed) as sealed, sum(under_way) as under_way
    from parts group by dimension`.execute(db)
  return new Map(
    rows.map((row): [string, Sums] => [
      row.dimension,
      {
        included: row.included === null ? (row.metered ? 'unlimited' : undefined) : quantityOf(row.included),
        ...{ used: quantityOf(row.used), sealed: quantityOf(row.sealed), underWay: quantityOf(row.under_way) },
      },
    ]),
  )
}

/** Behind the newest hour that took something: Microsoft's 24 hours, which no open hour is older than, and one on each side. */
const HOURS_THAT_TAKE = 26

/** By dimension. Whatever was told last went into an hour that was open then, so it is one of the newest. */
async function readLastTold(
  db: Db,
  { tenantId, subscriptionId }: SubscriptionKey,
  { termStart }: SubscriptionPhase,
): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ dimension: string; at: Date }>`
    with recursive dimensions as (
      (select dimension from usage_slots where tenant_id = ${tenantId} and subscription_id = ${subscriptionId} order by dimension limit 1)
      union all
      select next.dimension from dimensions cross join lateral (
        select slot.dimension from usage_slots slot where slot.tenant_id = ${tenantId} and slot.subscription_id = ${subscriptionId}
          and slot.dimension > dimensions.dimension order by slot.dimension limit 1
      ) next
    )
    select dimensions.dimension, max(newest.last_record_at) as at from dimensions cross join lateral (
      select last_record_at from usage_slots slot
      where slot.tenant_id = ${tenantId} and slot.subscription_id = ${subscriptionId} and slot.dimension = dimensions.dimension
        and slot.hour >= date_trunc('hour', ${termStart.toISOString()}::timestamptz, 'UTC')
      order by hour desc limit ${HOURS_THAT_TAKE}
    ) newest group by 1`.execute(db)
  return new Map(rows.map(({ dimension, at }) => [dimension, at]))
}
