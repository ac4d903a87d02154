/** What a look has seen and decided, stored together. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { inTransaction } from '../../database/index.ts'
import { lax } from '../../database/lax.ts'
import { type Guard, type HeldChanges, storeGuarded, storeHeld, whileHeld } from '../../database/work/index.ts'
import { type Instant, plus } from '../../kit/time.ts'
import { progressMade } from '../notification/told.ts'
import type { SubscriptionKey } from '../record.ts'
import { watchPause } from '../rules/connect-watch/pace.ts'
import type { Next } from '../rules/next.ts'
import type { MicrosoftSnapshot } from '../snapshots.ts'
import type { TimelineEvent } from '../timeline.ts'
import { CONNECT_WATCH_WORK } from '../work-kinds.ts'
import { nothingToSettle, settleOurs } from './attention.ts'
import { hasPhases, phaseBegun } from './phases.ts'
import { attemptsJson, connectJson, microsoftJson, nextJson } from './rows.ts'
import type { LookResult } from './store.ts'
import { entries } from './timeline.ts'
import { byKeyUpdate, dateOf } from './update.ts'

/**
 * In one statement where attention is neither asked for nor present, as nearly always. It does not wait for the disk: everything a look is
 * followed by, the intent of a step and a wake, comes after it there; without them the object is still leased, and is looked at again.
 */
export async function recordLook(db: Db, key: SubscriptionKey, result: LookResult, guard: Guard): Promise<void> {
  const wanted = attentionOf(result.next)
  if (!wanted && (await storeHeld(db, guard, { ...looked(db, key, result, result.events), onlyIf: nothingToSettle(key) }))) return
  await inTransaction(db, async (tx) => {
    await guard(tx)
    const settled = await settleOurs(tx, key, wanted, result.at)
    await storeGuarded(tx, looked(tx, key, result, [...result.events, ...settled]))
  })
}

function looked(db: Db | Tx, key: SubscriptionKey, result: LookResult, events: readonly TimelineEvent[]): HeldChanges {
  const { microsoft, microsoftObservedAt: seenAt, notices, at } = result
  const stored = byKeyUpdate(db, key)
    .set({ ...lookColumns(result), ...(microsoft ? microsoftColumns(microsoft, seenAt) : {}) })
    .where(whileHeld)
    .where(sql<boolean>`exists (select from lax)`)
  const parts: readonly (RawBuilder<unknown> | undefined)[] = [
    sql`${lax}, looked as (${stored})`,
    events.length > 0 ? sql`noted as (${entries(key, events, at, whileHeld)})` : undefined,
    progressMade(key, notices, at, whileHeld),
    microsoft && hasPhases(microsoft) ? phaseBegun(key, microsoft, seenAt, at, whileHeld) : undefined,
  ]
  return { changes: sql.join(parts.filter((part) => part !== undefined)), wakes: watched(key, result) }
}

/** While it waits for the vendor Connect is read as often as that needs: the watch may have been asleep. */
function watched({ tenantId }: SubscriptionKey, { next, connect, at }: LookResult): HeldChanges['wakes'] {
  if (next.kind !== 'wait' || next.for !== 'vendor' || !connect.openRequest) return undefined
  const pause = watchPause({ waitingSince: connect.openRequest.createdAt, changedAt: undefined, pokedAt: undefined }, at)
  return { objects: [{ tenantId, kind: CONNECT_WATCH_WORK, key: tenantId }], dueAt: plus(at, pause) }
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
