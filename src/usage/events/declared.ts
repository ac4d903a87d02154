/** What must be known of a subscription before usage of it is taken in: whose it is, and where the usage of its dimensions is told. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { type OfferId, offerId, type ProductId, productId, type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { dimensionPolicy, listPlanMappings, listProducts } from '../../tenants/index.ts'

export interface Reportable {
  readonly productId: ProductId
  readonly offerId: OfferId
  /** Undefined: no plan of the offer meters it, and the product's policy does not name it. */
  readonly sourceOf: (dimension: string) => 'connect' | 'api' | undefined
}

/** @returns those of this tenant that belong to one of its products; another tenant's are unknown */
export async function readReportable(
  db: Db,
  tenantId: TenantId,
  subscriptions: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, Reportable>> {
  const rows = await db
    .selectFrom('subscriptions')
    .select(['id', 'product_id', 'offer_id'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sql<string>`any(${[...new Set(subscriptions)]}::uuid[])`)
    .where('product_id', 'is not', null)
    .execute()
  if (rows.length === 0) return new Map()
  const products = new Map((await listProducts(db, tenantId)).map((product) => [product.id, product.policies.usage]))
  const mappings = await listPlanMappings(db, tenantId)
  return new Map(
    rows.map((row): [SubscriptionId, Reportable] => {
      const [product, offer] = [productId.parse(row.product_id), offerId.parse(row.offer_id)]
      const policy = products.get(product)
      const named = new Set(policy?.dimensions.map(({ id }) => id))
      for (const mapping of mappings.filter((one) => one.offerId === offer))
        for (const { dimension } of mapping.items) if (dimension !== undefined) named.add(dimension)
      const sourceOf: Reportable['sourceOf'] = (id) => (policy && named.has(id) ? dimensionPolicy(policy, id).source : undefined)
      return [subscriptionId.parse(row.id), { productId: product, offerId: offer, sourceOf }]
    }),
  )
}
