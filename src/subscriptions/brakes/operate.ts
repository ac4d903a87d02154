/** What an operator does with a tenant's brakes. What they held back is looked at at once. */
import { sql } from 'kysely'
import { clearAttention } from '../../attention/index.ts'
import { type Db, inTransaction } from '../../database/index.ts'
import { wakeAll } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { SUBSCRIPTION_WORK } from '../work-kinds.ts'
import { lockBrakes } from './postgres.ts'

/** Lets converging begin for what was sold before the bridge. @returns false when it was confirmed before: the first one stands. */
export async function confirmTenant(db: Db, tenantId: TenantId, by: string, now: Instant): Promise<boolean> {
  const isFirst = await inTransaction(db, async (tx) => {
    const { confirmedAt } = await lockBrakes(tx, tenantId)
    if (confirmedAt) return false
    await tx
      .updateTable('tenant_brakes')
      .set({ confirmed_at: dateOf(now), confirmed_by: by })
      .where('tenant_id', '=', tenantId)
      .execute()
    await clearAttention(tx, tenantId, { kind: 'tenant', id: tenantId }, ['FIRST_RECONCILE_UNCONFIRMED'], now)
    return true
  })
  if (isFirst) await wakeHeld(db, tenantId, now)
  return isFirst
}

/** Lets cancels and suspends pass uncounted until then; afterwards counting begins anew. @returns since when they had been paused. */
export async function releaseTenant(db: Db, tenantId: TenantId, until: Instant, now: Instant): Promise<Instant | undefined> {
  const pausedSince = await inTransaction(db, async (tx) => {
    const before = await lockBrakes(tx, tenantId)
    await tx
      .updateTable('tenant_brakes')
      .set({ paused_since: null, released_until: dateOf(until) })
      .where('tenant_id', '=', tenantId)
      .execute()
    await clearAttention(tx, tenantId, { kind: 'tenant', id: tenantId }, ['ENDS_PAUSED'], now)
    return before.pausedSince
  })
  await wakeHeld(db, tenantId, now)
  return pausedSince
}

/** So many in one statement. */
const CHUNK = 1000

/** In transactions of its own, apart from the brake's: a converging worker locks the two in the other order. */
async function wakeHeld(db: Db, tenantId: TenantId, now: Instant): Promise<void> {
  const held = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`next ->> 'waitsFor' = 'operator'`)
    .execute()
  for (let at = 0; at < held.length; at += CHUNK) {
    const objects = held.slice(at, at + CHUNK).map(({ id }) => ({ tenantId, kind: SUBSCRIPTION_WORK, key: id }))
    await wakeAll(db, objects, now)
  }
}

const dateOf = (at: Instant): Date => new Date(at.getTime())
