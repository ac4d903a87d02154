/**
 * A session holds a subscription when it arrived there with a fresh purchase token: proof that Microsoft's portal let this person manage it.
 * Reading needs the right organisation; ordering and changing need this.
 */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import type { SubscriptionId } from '../../kit/ids.ts'
import type { IdentityDeps } from '../deps.ts'
import { hashOf } from '../random.ts'
import type { Session } from './session.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock'>

/** Notes the fresh arrival; again is harmless. */
export async function holdSubscription({ db, clock }: Deps, { tenantId, token }: Session, subscriptionId: SubscriptionId): Promise<void> {
  const heldAt = new Date(clock.now().getTime())
  await db
    .insertInto('buyer_session_holds')
    .values({ tenant_id: tenantId, id_hash: hashOf(token), subscription_id: subscriptionId, held_at: heldAt })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id_hash', 'subscription_id']).doUpdateSet({ held_at: heldAt }))
    .execute()
}

export async function holdsSubscription(
  { db }: Pick<Deps, 'db'>,
  { tenantId, token }: Session,
  subscriptionId: SubscriptionId,
): Promise<boolean> {
  const row = await db
    .selectFrom('buyer_session_holds')
    .select(sql<number>`1`.as('one'))
    .where('tenant_id', '=', tenantId)
    .where('id_hash', '=', hashOf(token))
    .where('subscription_id', '=', subscriptionId)
    .executeTakeFirst()
  return row !== undefined
}

/** The same person's new session goes on with what the earlier one held. */
export async function carryHolds(tx: Tx, from: Session, to: Session): Promise<void> {
  await sql`
    insert into buyer_session_holds (tenant_id, id_hash, subscription_id, held_at)
    select tenant_id, ${hashOf(to.token)}, subscription_id, held_at from buyer_session_holds
    where tenant_id = ${from.tenantId} and id_hash = ${hashOf(from.token)}`.execute(tx)
}
