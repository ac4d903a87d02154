/** The store in PostgreSQL. */
import { type RawBuilder, sql } from 'kysely'
import { presentAttention } from '../../attention/index.ts'
import type { Db, Tx } from '../../database/index.ts'
import { inTransaction } from '../../database/index.ts'
import { lax } from '../../database/lax.ts'
import type { Keyring } from '../../database/secrets.ts'
import { wake, wakeAllWith } from '../../database/work/index.ts'
import { type Instant, plus } from '../../kit/time.ts'
import { keepProgress, readTold } from '../notification/told.ts'
import { order as orderSchema } from '../order.ts'
import type { SubscriptionKey } from '../record.ts'
import { watchPause } from '../rules/connect-watch/pace.ts'
import type { Next } from '../rules/next.ts'
import type { MicrosoftSnapshot } from '../snapshots.ts'
import type { TimelineEvent } from '../timeline.ts'
import { CONNECT_WATCH_WORK, SUBSCRIPTION_WORK } from '../work-kinds.ts'
import { settleOurs, subjectOf } from './attention.ts'
import { hasPhases, keepPhaseWith } from './phases.ts'
import { attemptsJson, connectJson, microsoftJson, nextJson, toRecord } from './rows.ts'
import type { LookResult, NewSubscription, StoredSubscription, SubscriptionStore } from './store.ts'
import { addToTimeline, entries } from './timeline.ts'

const ORDER_COLUMN = 'subscriptions.order'

export function postgresStore(db: Db, keyring: Keyring): SubscriptionStore<Tx> {
  return {
    load: (key) => load(db, key),
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

    recordLook: (key, result, guard) =>
      inTransaction(db, async (tx) => {
        await guard(tx)
        await keepProgress(tx, key, result.notices, result.at)
        const attentionEvents = await settleOurs(tx, key, attentionOf(result.next), result.at)
        await storeLook(tx, key, result, [...result.events, ...attentionEvents])
        await keepWatching(tx, key, result)
      }),

    recordAttempts: (key, attempts, events, at, guard) =>
      inTransaction(db, async (tx) => {
        await guard(tx)
        const kept = byKeyUpdate(db, key).set({ attempts: attemptsJson(attempts), updated_at: dateOf(at) })
        await sql`with kept as (${kept}) ${entries(key, events, at)}`.execute(tx)
      }),
  }
}

/** The subscription is due for a look: now, in the caller's own transaction. */
export const wakeSubscription = (tx: Db | Tx, key: SubscriptionKey, at: Instant): Promise<void> =>
  wake(tx, { tenantId: key.tenantId, kind: SUBSCRIPTION_WORK, key: key.subscriptionId }, at)

/** The same with what happened, in one statement. @param happened `with …`: changing statements as common table expressions */
export const wakeSubscriptionWith = (tx: Tx, happened: RawBuilder<unknown>, key: SubscriptionKey, at: Instant): Promise<void> =>
  wakeAllWith(tx, happened, [{ tenantId: key.tenantId, kind: SUBSCRIPTION_WORK, key: key.subscriptionId, dueAt: at }])

/** While it waits for the vendor Connect is read as often as that needs: the watch may have been asleep. */
async function keepWatching(tx: Tx, { tenantId }: SubscriptionKey, { next, connect, at }: LookResult): Promise<void> {
  if (next.kind !== 'wait' || next.for !== 'vendor' || !connect.openRequest) return
  const pause = watchPause({ waitingSince: connect.openRequest.createdAt, changedAt: undefined, pokedAt: undefined }, at)
  await wake(tx, { tenantId, kind: CONNECT_WATCH_WORK, key: tenantId }, plus(at, pause))
}

export async function load(db: Db | Tx, key: SubscriptionKey): Promise<StoredSubscription | undefined> {
  const row = await byKey(db, key).selectAll().executeTakeFirst()
  if (!row) return undefined
  return toRecord(row, await presentAttention(db, key.tenantId, subjectOf(key)))
}

const byKey = (db: Db | Tx, key: SubscriptionKey) =>
  db.selectFrom('subscriptions').where('tenant_id', '=', key.tenantId).where('id', '=', key.subscriptionId)

const byKeyUpdate = (tx: Db | Tx, key: SubscriptionKey) =>
  tx.updateTable('subscriptions').where('tenant_id', '=', key.tenantId).where('id', '=', key.subscriptionId)

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

/**
 * What was seen and decided, its timeline and its phase, in one statement. It does not wait for the disk: everything a look is followed by,
 * the intent of a step and a wake, comes after it there; without them the object is still leased, and is looked at again.
 */
async function storeLook(tx: Tx, key: SubscriptionKey, result: LookResult, events: readonly TimelineEvent[]): Promise<void> {
  const { microsoft, microsoftObservedAt: seenAt, at } = result
  const stored = byKeyUpdate(tx, key)
    .set({ ...lookColumns(result), ...(microsoft ? microsoftColumns(microsoft, seenAt) : {}) })
    .where(sql<boolean>`exists (select from lax)`)
  const looked = sql`${lax}, looked as (${stored}), noted as (${entries(key, events, at)})`
  if (microsoft && hasPhases(microsoft)) await keepPhaseWith(tx, looked, key, microsoft, seenAt, at)
  else await sql`with ${looked} select`.execute(tx)
}

const lookColumns = (result: LookResult) => ({
  product_id: result.productId ?? null,
  environment: result.environment,
  connect: connectJson(result.connect),
  connect_observed_at: dateOf(result.connectObservedAt),
  target_baseline: result.targetBaseline ?? null,
  attempts: attemptsJson(result.attempts),
  renewal: result.renewal ? JSON.stringify(result.renewal) : null,
  next: nextJson(result.next),
  updated_at: dateOf(result.at),
  ...(result.retryHonored ? { retry_asked_at: unlessAskedSince(result.retryHonored) } : {}),
})

/** A wish that came meanwhile stays. */
const unlessAskedSince = (honored: Instant) =>
  sql<null>`case when retry_asked_at <= ${honored}::timestamptz then null else retry_asked_at end`

/** An observation begun earlier never replaces one begun later. */
function microsoftColumns(microsoft: MicrosoftSnapshot, seenAt: Instant) {
  const unlessLater = <T>(column: string, seen: T) =>
    sql<T>`case when microsoft_observed_at <= ${seenAt}::timestamptz then ${seen} else ${sql.ref(column)} end`
  return {
    offer_id: unlessLater<string>('offer_id', microsoft.offerId),
    plan_id: unlessLater<string>('plan_id', microsoft.planId),
    quantity: unlessLater('quantity', microsoft.quantity ?? null),
    status: unlessLater<string>('status', microsoft.status),
    microsoft: unlessLater('microsoft', microsoftJson(microsoft)),
    microsoft_observed_at: unlessLater('microsoft_observed_at', dateOf(seenAt)),
  }
}

const attentionOf = (next: Next) => (next.kind === 'attention' || next.kind === 'wait' ? next.attention : undefined)

/** pg wants a `Date`; an `Instant` is one without its setters. */
export const dateOf = (at: Instant): Date => new Date(at.getTime())
