/** Look-ups of tenants and what they sell. Absent things are `undefined`; archived ones are found and say so. */
import { type Selectable, sql } from 'kysely'
import type { ProductRow, SoldPlanRow } from '../database/tables/tenants.ts'
import type { Db } from '../database/types.ts'
import type { OfferId, PlanId, ProductId, TenantId } from '../kit/ids.ts'
import { toOffer, toPlanMapping, toProduct, toSoldPlan, toTenant } from './store/rows.ts'
import type { Offer, PlanMapping, Product, Tenant } from './types.ts'

export async function getTenant(db: Db, tenantId: TenantId): Promise<Tenant | undefined> {
  const row = await db.selectFrom('tenants').selectAll().where('id', '=', tenantId).executeTakeFirst()
  return row && toTenant(row)
}

/** All tenants of the installation, by id. */
export async function listTenants(db: Db): Promise<readonly Tenant[]> {
  return (await db.selectFrom('tenants').selectAll().orderBy('id').execute()).map(toTenant)
}

export async function getProduct(db: Db, tenantId: TenantId, productId: ProductId): Promise<Product | undefined> {
  const row = await db.selectFrom('products').selectAll().where('tenant_id', '=', tenantId).where('id', '=', productId).executeTakeFirst()
  return row && toProduct(row)
}

export async function listProducts(db: Db, tenantId: TenantId): Promise<readonly Product[]> {
  return (await db.selectFrom('products').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute()).map(toProduct)
}

/** The product sold as this offer. @param offerId without `-preview` */
export async function findProductByOffer(db: Db, tenantId: TenantId, offerId: OfferId): Promise<Product | undefined> {
  const row = await db
    .selectFrom('products')
    .innerJoin('offers', (join) => join.onRef('offers.tenant_id', '=', 'products.tenant_id').onRef('offers.product_id', '=', 'products.id'))
    .selectAll('products')
    .where('offers.tenant_id', '=', tenantId)
    .where('offers.id', '=', offerId)
    .executeTakeFirst()
  return row && toProduct(row)
}

/** An offer as the plan map knows it: without `-preview`. */
export interface OfferKey {
  readonly tenantId: TenantId
  readonly offerId: OfferId
}

export interface Sold {
  readonly product: Product
  /** Every plan of the offer, archived and recognized ones included: their items are what a change of plan sets to 0. */
  readonly plans: readonly PlanMapping[]
}

/** The products sold as these offers and their plans, by one query. @returns one entry for each: `undefined` when it is not one of ours */
export async function soldAs(db: Db, offers: readonly OfferKey[]): Promise<readonly (Sold | undefined)[]> {
  const { rows } = await sql<SoldRow>`
    select products.*, offers.id as offer_id,
      (select coalesce(json_agg(plan order by plan.plan_id), '[]') from sold_plans as plan
        where plan.tenant_id = offers.tenant_id and plan.offer_id = offers.id) as plans
    from (select distinct * from unnest(
      ${offers.map(({ tenantId }) => tenantId)}::text[], ${offers.map(({ offerId }) => offerId)}::text[]
    ) as asked (tenant_id, id)) as asked
    join offers using (tenant_id, id) join products on products.tenant_id = offers.tenant_id and products.id = offers.product_id`.execute(
    db,
  )
  const found = new Map(rows.map((row) => [`${row.tenant_id} ${row.offer_id}`, soldOf(row)]))
  return offers.map(({ tenantId, offerId }) => found.get(`${tenantId} ${offerId}`))
}

type SoldRow = Selectable<ProductRow> & { readonly offer_id: string; readonly plans: readonly Selectable<SoldPlanRow>[] }

const soldOf = (row: SoldRow): Sold => ({ product: toProduct(row), plans: row.plans.map(toSoldPlan) })

export async function listOffers(db: Db, tenantId: TenantId): Promise<readonly Offer[]> {
  return (await db.selectFrom('offers').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute()).map(toOffer)
}

/** What one plan is made of, by the plan map or as its base. @param offerId without `-preview` */
export async function planMapping(db: Db, tenantId: TenantId, offerId: OfferId, planId: PlanId): Promise<PlanMapping | undefined> {
  const row = await db
    .selectFrom('sold_plans')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offerId)
    .where('plan_id', '=', planId)
    .executeTakeFirst()
  return row && toSoldPlan(row)
}

/** The plan map of a tenant, or of one of its offers, archived plans included. What was recognized stands beside it: `listSoldPlans`. */
export async function listPlanMappings(db: Db, tenantId: TenantId, offerId?: OfferId): Promise<readonly PlanMapping[]> {
  const ofTenant = db.selectFrom('plan_map').selectAll().where('tenant_id', '=', tenantId)
  const wanted = offerId === undefined ? ofTenant : ofTenant.where('offer_id', '=', offerId)
  return (await wanted.orderBy('offer_id').orderBy('plan_id').execute()).map(toPlanMapping)
}

/** Every plan a subscription can be on, of a tenant or of one of its offers: the plan map's, and those recognized as made from one of them. */
export async function listSoldPlans(db: Db, tenantId: TenantId, offerId?: OfferId): Promise<readonly PlanMapping[]> {
  const ofTenant = db.selectFrom('sold_plans').selectAll().where('tenant_id', '=', tenantId)
  const wanted = offerId === undefined ? ofTenant : ofTenant.where('offer_id', '=', offerId)
  return (await wanted.orderBy('offer_id').orderBy('plan_id').execute()).map(toSoldPlan)
}
