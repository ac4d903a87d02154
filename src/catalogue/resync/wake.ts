/** Waking the look at a product: when the bridge starts, after a change of the set-up, and when its vendor asks to list another version. */
import type { Db, Tx } from '../../database/index.ts'
import { wakeAll } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { listProducts, listTenants } from '../../tenants/index.ts'

/** A product; the key is Connect's id of it. */
export const RESYNC_WORK = 'product.resync'

/** Every product that is sold is looked at now, and a few times a day from then on; safe to repeat. */
export async function wakeResync(db: Db | Tx, now: Instant): Promise<void> {
  for (const { id, status } of await listTenants(db)) if (status === 'active') await wakeResyncOf(db, id, now)
}

/** @param only of these products; of all when left out */
export async function wakeResyncOf(db: Db | Tx, tenantId: TenantId, now: Instant, only?: ReadonlySet<string>): Promise<void> {
  const sold = (await listProducts(db, tenantId)).filter(({ id, status }) => status === 'active' && (only?.has(id) ?? true))
  await wakeAll(
    db,
    sold.map(({ id }) => ({ tenantId, kind: RESYNC_WORK, key: id })),
    now,
  )
}
