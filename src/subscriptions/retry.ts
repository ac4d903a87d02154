/** An operator has what was tried tried again. A wish: the holder of the lease honors it at its next look, so that nothing is overwritten. */
import { type Db, inTransaction, type Tx } from '../database/index.ts'
import { AppError } from '../kit/errors/index.ts'
import type { Instant } from '../kit/time.ts'
import type { SubscriptionKey } from './record.ts'
import { wakeSubscription } from './store/postgres.ts'
import { addToTimeline } from './store/timeline.ts'
import { dateOf } from './store/update.ts'

/**
 * What was refused or finished toward the present target counts no more, and the subscription is looked at at once. What may still be on its
 * way is not repeated: see `countAnew`.
 * @param by who asks, for the timeline
 * @throws AppError `ERR_SUBSCRIPTION_NOT_FOUND`
 */
export const askForRetry = (db: Db | Tx, key: SubscriptionKey, by: string, now: Instant): Promise<void> =>
  inTransaction(db, async (tx) => {
    await wakeSubscription(tx, key, now) // first: a worker locks in this order too
    const { numUpdatedRows } = await tx
      .updateTable('subscriptions')
      .set({ retry_asked_at: dateOf(now), updated_at: dateOf(now) })
      .where('tenant_id', '=', key.tenantId)
      .where('id', '=', key.subscriptionId)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw new AppError('ERR_SUBSCRIPTION_NOT_FOUND')
    await addToTimeline(tx, key, [{ actor: 'operator', event: 'retry.asked', facts: { by } }], now)
  })
