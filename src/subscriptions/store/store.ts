/**
 * What the subscriptions room remembers. Two makers: PostgreSQL (`postgres.ts`), and memory for tests of thousands of
 * histories (`test/helpers/memory/`); `test/contract/stores.test.ts` holds them to the same statements.
 * Whatever is written while converging is written under the lease: a holder that was taken over writes nothing.
 */

import type { Guard } from '../../database/work/index.ts'
import type { AssetId, ProductId, RequestId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { NoticeProgress, Told } from '../notification/types.ts'
import type { Order } from '../order.ts'
import type { SubscriptionKey, SubscriptionRecord, Visitor } from '../record.ts'
import type { Attempt } from '../rules/attempts.ts'
import type { Next } from '../rules/next.ts'
import type { Proposal } from '../rules/reconcile/match.ts'
import type { Renewal } from '../rules/renewal.ts'
import type { ConnectSnapshot, MicrosoftSnapshot } from '../snapshots.ts'
import type { TimelineEvent } from '../timeline.ts'

/** A record with what only converging needs. */
export interface StoredSubscription extends SubscriptionRecord {
  readonly attempts: readonly Attempt[]
  readonly targetBaseline: RequestId | undefined
  /** The newest term that began while we watched. */
  readonly renewal?: Renewal | undefined
  readonly next: StoredNext | undefined
  /** Matched by an operator; absent: found by its `external_uid`. */
  readonly assetLink?: AssetId | undefined
  /** What a reconcile proposes to match it with. */
  readonly proposal?: Proposal | undefined
  /** An operator wants what was tried to be tried again; until a look has honored it. */
  readonly retryAskedAt: Instant | undefined
}

/** The last decision, for people: what it waits for, and until when. */
export interface StoredNext {
  readonly kind: Next['kind']
  readonly waitsFor: string | undefined
  readonly until: Instant | undefined
  readonly note: string | undefined
}

export interface NewSubscription extends SubscriptionKey {
  readonly productId: ProductId | undefined
  readonly environment: 'production' | 'test'
  readonly microsoft: MicrosoftSnapshot
  readonly observedAt: Instant
}

/** Everything one look found out and decided, stored together. */
export interface LookResult {
  readonly productId: ProductId | undefined
  readonly environment: 'production' | 'test'
  /** Absent when Microsoft could not be read: what was known stays. */
  readonly microsoft: MicrosoftSnapshot | undefined
  readonly microsoftObservedAt: Instant
  readonly connect: ConnectSnapshot
  readonly connectObservedAt: Instant
  readonly targetBaseline: RequestId | undefined
  readonly renewal?: Renewal | undefined
  readonly attempts: readonly Attempt[]
  /** The wish for a retry this look has honored: it is over. */
  readonly retryHonored: Instant | undefined
  /** Of the notices that were open when the look began. */
  readonly notices: readonly NoticeProgress[]
  readonly next: Next
  readonly events: readonly TimelineEvent[]
  readonly at: Instant
}

/** What is known of a subscription, and what Microsoft has told of it. */
export interface Recalled {
  readonly stored: StoredSubscription
  readonly told: Told
}

export interface SubscriptionStore<Transaction> {
  load(key: SubscriptionKey): Promise<StoredSubscription | undefined>
  /** What a look begins with. */
  recall(key: SubscriptionKey, now: Instant): Promise<Recalled | undefined>
  /** What Microsoft has told of it and is not settled, for a subscription that is not known yet as well. */
  told(key: SubscriptionKey, now: Instant): Promise<Told>
  /** The buyer's order, opened. */
  loadOrder(key: SubscriptionKey): Promise<Order | undefined>
  /** Inserts when absent and wakes it; an existing row is only woken. True when it was new. */
  insertIfAbsent(subscription: NewSubscription, events: readonly TimelineEvent[], at: Instant): Promise<boolean>
  /** The first confirmation wins; wakes the subscription. False when there is one already. */
  confirm(key: SubscriptionKey, order: Order, visitor: Visitor, event: TimelineEvent, at: Instant): Promise<boolean>
  recordLook(key: SubscriptionKey, result: LookResult, guard: Guard<Transaction>): Promise<void>
  recordAttempts(
    key: SubscriptionKey,
    attempts: readonly Attempt[],
    events: readonly TimelineEvent[],
    at: Instant,
    guard: Guard<Transaction>,
  ): Promise<void>
}
