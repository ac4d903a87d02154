/** What a tenant's products decide about usage. */
import type { Db } from '../database/index.ts'
import type { ProductId, TenantId } from '../kit/ids.ts'
import { defaultPolicies, listProducts, type UsagePolicy } from '../tenants/index.ts'

/** As they are now; a product that is gone has the defaults. */
export async function policiesOf(db: Db, tenantId: TenantId): Promise<(product: ProductId) => UsagePolicy> {
  const policies = new Map((await listProducts(db, tenantId)).map(({ id, policies: { usage } }) => [id, usage]))
  return (product) => policies.get(product) ?? defaultPolicies.usage
}
