/**
 * The phases of a subscription: kept when a look sees another status, plan or billing term than the last phase has. Whoever works by them (the
 * usage ledger) is woken in the same transaction.
 */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import { waking } from '../../database/work/index.ts'
import { offerId, planId, type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { SubscriptionKey } from '../record.ts'
import type { MicrosoftSnapshot } from '../snapshots.ts'
import { PHASE_WORK } from '../work-kinds.ts'

const phase = z.object({
  subscription_id: subscriptionId,
  from_at: z.date(),
  status: z.enum(['Subscribed', 'Suspended', 'Unsubscribed']),
  offer_id: offerId,
  plan_id: planId,
  term_start: z.date(),
  term_unit: z.string().nullable(),
})

export interface SubscriptionPhase {
  readonly subscriptionId: SubscriptionId
  /** When it began: as Microsoft's notice told, otherwise when it was first seen. */
  readonly from: Instant
  readonly status: 'Subscribed' | 'Suspended' | 'Unsubscribed'
  readonly offerId: MicrosoftSnapshot['offerId']
  readonly planId: MicrosoftSnapshot['planId']
  /** First moment of the billing term. */
  readonly termStart: Instant
  /** ISO duration, e.g. `P1M`. */
  readonly termUnit: string | undefined
}

/** @returns all phases of each, oldest first; those without one were never active */
export async function readPhases(
  db: Db | Tx,
  tenantId: TenantId,
  subscriptions: readonly SubscriptionId[],
): Promise<ReadonlyMap<SubscriptionId, readonly SubscriptionPhase[]>> {
  const rows = await db
    .selectFrom('subscription_phases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', sql<string>`any(${subscriptions}::uuid[])`)
    .orderBy('subscription_id')
    .orderBy('seq')
    .execute()
  const found = new Map<SubscriptionId, SubscriptionPhase[]>()
  for (const row of rows) {
    const read = phase.parse(row)
    const list = found.get(read.subscription_id) ?? []
    found.set(read.subscription_id, list)
    list.push({
      subscriptionId: read.subscription_id,
      from: read.from_at,
      status: read.status,
      offerId: read.offer_id,
      planId: read.plan_id,
      termStart: read.term_start,
      termUnit: read.term_unit ?? undefined,
    })
  }
  return found
}

/** The notices that tell of each kind of change: Microsoft's time stamp is better than ours. */
const TELLING = ['ChangePlan', 'Suspend', 'Reinstate', 'Unsubscribe', 'Renew']

type Phased = MicrosoftSnapshot & { readonly status: SubscriptionPhase['status'] }

/** Before it is active there is none. */
export const hasPhases = (microsoft: MicrosoftSnapshot): microsoft is Phased =>
  microsoft.status === 'Subscribed' || microsoft.status === 'Suspended' || microsoft.status === 'Unsubscribed'

/**
 * Common table expressions, without `with`: a new phase where one has begun, and who works by it is woken. No mark tells of that wake, for most
 * looks begin none: it is found at the next poll.
 * @param seenAt when the reading of Microsoft began
 * @param only when it is kept
 */
export const phaseBegun = (
  key: SubscriptionKey,
  microsoft: Phased,
  seenAt: Instant,
  now: Instant,
  only: RawBuilder<boolean>,
): RawBuilder<unknown> => sql`
    last as (
      select * from subscription_phases
      where tenant_id = ${key.tenantId} and subscription_id = ${key.subscriptionId} order by seq desc limit 1
    ), seen as (
      select ${microsoft.status}::text as status, ${microsoft.planId}::text as plan_id,
        coalesce(${microsoft.term.startDate ?? null}::timestamptz, (select term_start from last), ${seenAt}::timestamptz) as term_start
    ), told as (
      select max(happened_at) as at from notices
      where tenant_id = ${key.tenantId} and subscription_id = ${key.subscriptionId} and action = any(${TELLING}::text[])
        and happened_at <= ${seenAt}::timestamptz and happened_at > (select from_at from last)
    ), begun as (
    insert into subscription_phases
      (tenant_id, subscription_id, seq, from_at, status, offer_id, plan_id, term_start, term_unit, observed_at)
    select ${key.tenantId}, ${key.subscriptionId}, coalesce((select seq from last), 0) + 1,
      case when seen.term_start > last.from_at and (last.status, last.plan_id) = (seen.status, seen.plan_id)
        then least(seen.term_start, ${seenAt}::timestamptz) -- a renewal: the term begins when Microsoft says
        else coalesce((select at from told), ${seenAt}::timestamptz) end,
      seen.status, ${microsoft.offerId}, seen.plan_id, seen.term_start, ${microsoft.term.termUnit ?? null}, ${seenAt}
    from seen left join last on true
    where ${only} and ((last.status is null and seen.status <> 'Unsubscribed')
      or (last.status <> 'Unsubscribed'
        and (last.status, last.plan_id, last.term_start) is distinct from (seen.status, seen.plan_id, seen.term_start)))
      returning 1
    ), begun_woken as (
      ${waking([{ tenantId: key.tenantId, kind: PHASE_WORK, key: key.subscriptionId }], now, sql`exists (select from begun)`)}
    )`
