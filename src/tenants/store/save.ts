/** Writes tenants and what they sell; each call leaves the row exactly as given. */
import type { Tx } from '../../database/types.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { Offer, PlanMapping, Product, Tenant } from '../types.ts'

export async function saveTenant(tx: Tx, { id, name, status, connectApiUrl }: Tenant, now: Instant): Promise<void> {
  const values = { name, status, connect_api_url: connectApiUrl ?? null, updated_at: dateOf(now) }
  await tx
    .insertInto('tenants')
    .values({ id, created_at: dateOf(now), ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

export async function saveProduct(tx: Tx, product: Product, now: Instant): Promise<void> {
  const { tenantId, id, name, status, marketplaceId } = product
  const values = {
    name,
    status,
    marketplace_id: marketplaceId,
    connections: JSON.stringify(product.connections),
    tier1: JSON.stringify(product.tier1),
    policies: JSON.stringify(product.policies),
    pages: JSON.stringify(product.pages),
    updated_at: dateOf(now),
  }
  await tx
    .insertInto('products')
    .values({ tenant_id: tenantId, id, created_at: dateOf(now), ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(values))
    .execute()
}

export async function saveOffer(tx: Tx, { tenantId, id, productId, name, status }: Offer, now: Instant): Promise<void> {
  const values = { product_id: productId, name: name ?? null, status, updated_at: dateOf(now) }
  await tx
    .insertInto('offers')
    .values({ tenant_id: tenantId, id, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(values))
    .execute()
}

export async function savePlanMapping(tx: Tx, tenantId: TenantId, mapping: PlanMapping, now: Instant): Promise<void> {
  const { offerId, planId, name, items, status } = mapping
  const values = {
    name: name ?? null,
    items: JSON.stringify(items.map(({ itemId, kind, dimension }) => ({ id: itemId, kind, dimension }))),
    status,
    updated_at: dateOf(now),
  }
  await tx
    .insertInto('plan_map')
    .values({ tenant_id: tenantId, offer_id: offerId, plan_id: planId, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'offer_id', 'plan_id']).doUpdateSet(values))
    .execute()
}

const dateOf = (at: Instant): Date => new Date(at.getTime())
