import type { Db, Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'

export const byKeyUpdate = (tx: Db | Tx, key: SubscriptionKey) =>
  tx.updateTable('subscriptions').where('tenant_id', '=', key.tenantId).where('id', '=', key.subscriptionId)

/** pg wants a `Date`; an `Instant` is one without its setters. */
export const dateOf = (at: Instant): Date => new Date(at.getTime())
