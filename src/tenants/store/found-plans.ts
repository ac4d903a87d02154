/** Plans Microsoft shows that are not in the plan map, as they were found. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { FoundPlanRow } from '../../database/tables/tenants.ts'
import type { Db, Tx } from '../../database/types.ts'
import { type OfferId, type PlanId, planId, type TenantId, offerId as toOfferId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'

const sources = z.array(z.object({ id: z.string(), name: z.string().optional() })).catch([])
const sentences = z.array(z.string()).catch([])

export interface FoundPlan {
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly name: string | undefined
  /** Those it comes from. */
  readonly privateOffers: readonly { readonly id: string; readonly name?: string | undefined }[]
  /** Sold as this plan of the map. */
  readonly base: PlanId | undefined
  /** What it looks like, for a person to say. */
  readonly like: PlanId | undefined
  readonly reasons: readonly string[]
}

/** A recognized plan stays recognized: a later look that knows less takes nothing back. */
export async function saveFoundPlan(db: Db | Tx, tenantId: TenantId, found: FoundPlan, now: Instant): Promise<void> {
  const at = new Date(now.getTime())
  const values = {
    name: found.name ?? null,
    private_offers: JSON.stringify(found.privateOffers),
    base_plan_id: found.base ?? null,
    like_plan_id: found.like ?? null,
    reasons: JSON.stringify(found.reasons),
    seen_at: at,
  }
  await db
    .insertInto('found_plans')
    .values({ tenant_id: tenantId, offer_id: found.offerId, plan_id: found.planId, ...values, found_at: at })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'offer_id', 'plan_id']).doUpdateSet(found.base === undefined ? { seen_at: at } : values),
    )
    .execute()
}

export interface StoredFoundPlan extends FoundPlan {
  readonly seenAt: Instant
}

export async function listFoundPlans(db: Db | Tx, tenantId: TenantId, offer: OfferId): Promise<readonly StoredFoundPlan[]> {
  const rows = await db
    .selectFrom('found_plans')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offer)
    .orderBy('plan_id')
    .execute()
  return rows.map(toFound)
}

const toFound = (row: Selectable<FoundPlanRow>): StoredFoundPlan => ({
  offerId: toOfferId.parse(row.offer_id),
  planId: planId.parse(row.plan_id),
  name: row.name ?? undefined,
  privateOffers: sources.parse(row.private_offers),
  base: row.base_plan_id === null ? undefined : planId.parse(row.base_plan_id),
  like: row.like_plan_id === null ? undefined : planId.parse(row.like_plan_id),
  reasons: sentences.parse(row.reasons),
  seenAt: row.seen_at,
})
