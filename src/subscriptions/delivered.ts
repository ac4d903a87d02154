/** What the vendor delivers, as Microsoft's plan and seats, from what was last seen and the plan map. */
import type { Db } from '../database/index.ts'
import { listSoldPlans } from '../tenants/index.ts'
import { type Delivered, deliveredAs } from './rules/delivered.ts'
import type { StoredSubscription } from './store/store.ts'

/** `undefined` when no plan of the offer means these items. */
export async function readDelivered(db: Db, { tenantId, offerId, planId, connect }: StoredSubscription): Promise<Delivered | undefined> {
  const mappings = await listSoldPlans(db, tenantId, offerId)
  const plans = new Map(mappings.map(({ planId: id, items, status }) => [id, { items, archived: status === 'archived' }]))
  const mapped = [...new Set(mappings.flatMap(({ items }) => items.map(({ itemId }) => itemId)))]
  return deliveredAs(connect.asset?.items ?? [], plans, mapped, planId)
}
