/** The store in PostgreSQL. */
import { sql } from 'kysely'
import { presentColumn, readPresent } from '../../attention/index.ts'
import type { Db, Tx } from '../../database/index.ts'
import { inTransaction } from '../../database/index.ts'
import type { Keyring } from '../../database/secrets.ts'
import { storeHeld, wake, whileHeld } from '../../database/work/index.ts'
import type { Instant } from '../../kit/time.ts'
import { readTold, toldColumn, toldIn } from '../notification/told.ts'
import { order as orderSchema } from '../order.ts'
import type { SubscriptionKey } from '../record.ts'
import { SUBSCRIPTION_WORK } from '../work-kinds.ts'
import { subjectOf } from './attention.ts'
import { recordLook } from './record-look.ts'
import { attemptsJson, connectJson, microsoftJson, toRecord } from './rows.ts'
import type { NewSubscription, Recalled, StoredSubscription, SubscriptionStore } from './store.ts'
import { addToTimeline, entries } from './timeline.ts'
import { byKeyUpdate, dateOf } from './update.ts'

const ORDER_COLUMN = 'subscriptions.order'

export function postgresStore(db: Db, keyring: Keyring): SubscriptionStore<Tx> {
  return {
    load: (key) => load(db, key),
    recall: (key, now) => recall(db, key, now),
    told: (key, now) => readTold(db, key, now),

    async loadOrder(key) {
      const row = await byKey(db, key).select('order_sealed').executeTakeFirst()
      if (!row?.order_sealed) return undefined
      return orderSchema.parse(JSON.parse(keyring.open(row.order_sealed, { tenantId: key.tenantId, column: ORDER_COLUMN })))
    },

    insertIfAbsent: (subscription, events, at) =>
      inTransaction(db, async (tx) => {
        const inserted = await insert(tx, subscription, at)
        if (inserted) await addToTimeline(tx, subscription, events, at)
        await wakeSubscription(tx, subscription, at)
        return inserted
      }),

    confirm: (key, order, visitor, event, at) =>
      inTransaction(db, async (tx) => {
        const sealed = keyring.seal(JSON.stringify(order), { tenantId: key.tenantId, column: ORDER_COLUMN })
        const result = await tx
          .updateTable('subscriptions')
          .set({
            order_sealed: sealed,
            confirmed_at: dateOf(at),
            confirmed_by_tenant: visitor.entraTenantId,
            confirmed_by_object: visitor.objectId,
            updated_at: dateOf(at),
          })
          .where('tenant_id', '=', key.tenantId)
          .where('id', '=', key.subscriptionId)
          .where('confirmed_at', 'is', null) // two tabs, two colleagues, a double click: the first one wins
          .executeTakeFirst()
        const first = result.numUpdatedRows === 1n
        if (first) await addToTimeline(tx, key, [event], at)
        await wakeSubscription(tx, key, at)
        return first
      }),

    recordLook: (key, result, guard) => recordLook(db, key, result, guard),

    async recordAttempts(key, attempts, events, at, guard) {
      const kept = byKeyUpdate(db, key)
        .set({ attempts: attemptsJson(attempts), updated_at: dateOf(at) })
        .where(whileHeld)
      await storeHeld(db, guard, { changes: sql`kept as (${kept}), noted as (${entries(key, events, at, whileHeld)})` })
    },
  }
}

/** The subscription is due for a look: now, in the caller's own transaction. */
export const wakeSubscription = (tx: Db | Tx, key: SubscriptionKey, at: Instant): Promise<void> =>
  wake(tx, { tenantId: key.tenantId, kind: SUBSCRIPTION_WORK, key: key.subscriptionId }, at)

export async function load(db: Db | Tx, key: SubscriptionKey): Promise<StoredSubscription | undefined> {
  const row = await withAttention(db, key).executeTakeFirst()
  return row && toRecord(row, readPresent(row.present))
}

async function recall(db: Db, key: SubscriptionKey, now: Instant): Promise<Recalled | undefined> {
  const row = await withAttention(db, key).select(toldColumn(key, now).as('told')).executeTakeFirst()
  return row && { stored: toRecord(row, readPresent(row.present)), told: toldIn(row.told) }
}

const withAttention = (db: Db | Tx, key: SubscriptionKey) =>
  byKey(db, key)
    .selectAll()
    .select(presentColumn(key.tenantId, subjectOf(key)).as('present'))

const byKey = (db: Db | Tx, key: SubscriptionKey) =>
  db.selectFrom('subscriptions').where('tenant_id', '=', key.tenantId).where('id', '=', key.subscriptionId)

async function insert(tx: Tx, subscription: NewSubscription, at: Instant): Promise<boolean> {
  const { microsoft } = subscription
  const result = await tx
    .insertInto('subscriptions')
    .values({
      tenant_id: subscription.tenantId,
      id: subscription.subscriptionId,
      product_id: subscription.productId ?? null,
      offer_id: microsoft.offerId,
      plan_id: microsoft.planId,
      quantity: microsoft.quantity ?? null,
      environment: subscription.environment,
      status: microsoft.status,
      microsoft: microsoftJson(microsoft),
      microsoft_observed_at: dateOf(subscription.observedAt),
      connect: connectJson({}),
      attempts: attemptsJson([]),
      first_seen_at: dateOf(at),
      updated_at: dateOf(at),
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}
