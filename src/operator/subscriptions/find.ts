/** Finding a subscription for an operator: of one tenant, or of the whole installation for who runs it. */
import type { Db } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { subscriptionId, type TenantId } from '../../kit/ids.ts'
import { findSubscription, readSubscription, type StoredSubscription } from '../../subscriptions/index.ts'

/**
 * @param tenantId whose it has to be; left out, whoever it belongs to
 * @throws AppError `ERR_SUBSCRIPTION_NOT_FOUND`, also for another tenant's and for what is no id: nobody learns which of them it was
 */
export async function theSubscription(db: Db, id: string, tenantId?: TenantId): Promise<StoredSubscription> {
  const asked = subscriptionId.safeParse(id)
  const found = asked.success
    ? await (tenantId === undefined ? findSubscription(db, asked.data) : readSubscription(db, { tenantId, subscriptionId: asked.data }))
    : undefined
  if (!found) throw new AppError('ERR_SUBSCRIPTION_NOT_FOUND')
  return found
}
