/** What is listed about subscriptions says of each whether it is a customer's purchase, or one of the preview, of a test or of a sandbox. */
import type { Db } from '../../database/index.ts'
import type { SubscriptionId, TenantId } from '../../kit/ids.ts'
import { environmentsOf } from '../../subscriptions/index.ts'

export interface Purchase {
  /** Null where the subscription is not known here, or nothing is said of one. */
  readonly purchase: 'production' | 'test' | null
}

interface OfSubscription {
  readonly subscriptionId?: SubscriptionId | undefined
}

/** In their order. @param listed of this tenant */
export async function withPurchases<Listed extends OfSubscription>(
  db: Db,
  tenantId: TenantId,
  listed: readonly Listed[],
): Promise<readonly (Listed & Purchase)[]> {
  const ids = listed.flatMap(({ subscriptionId }) => subscriptionId ?? [])
  const environments = await environmentsOf(db, tenantId, [...new Set(ids)])
  return listed.map((one) => ({ ...one, purchase: (one.subscriptionId && environments.get(one.subscriptionId)) ?? null }))
}

/** Stands behind a subscription's id. */
export const testMark = ({ purchase }: Partial<Purchase>): string => (purchase === 'test' ? ' TEST' : '')
