/** After our reply has left: what waited for that may go on, and what we answered and how fast is kept. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { lax } from '../../database/lax.ts'
import { pullAllForward, type WorkObject } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant, Milliseconds } from '../../kit/time.ts'

export interface Reply {
  readonly tenantId: TenantId
  /** The notice's. */
  readonly id: string
  readonly status: number
  readonly took: Milliseconds
}

/** @returns one entry for each, as whoever gathers them wants it. */
export async function recordReplies(db: Db, replies: readonly Reply[]): Promise<readonly undefined[]> {
  const recorded = await recordFree(db, replies)
  for (const reply of replies) if (!recorded.has(reply.id)) await recordReply(db, reply)
  return replies.map(() => undefined)
}

export interface Held {
  readonly object: WorkObject
  readonly now: Instant
}

/** What waited for our reply to leave is due now. @returns one entry for each, as above. */
export async function letGo(db: Db, held: readonly Held[]): Promise<readonly undefined[]> {
  const now = latest(held.map((one) => one.now))
  if (now) {
    await pullAllForward(
      db,
      held.map(({ object }) => object),
      now,
    )
  }
  return held.map(() => undefined)
}

const latest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted((a, b) => b.getTime() - a.getTime())[0]

const LONGEST_TIME = 2_147_483_647
const whole = (took: Milliseconds): number => Math.min(LONGEST_TIME, Math.round(took))

/**
 * - `lax`: does not wait for the disk. Should the machine fail in this moment, it is not known how fast we answered, and that is all.
 * - `free`: rows a look is just writing are left out: two statements that each want several rows could wait for each other for ever.
 * @returns the ids of those that are recorded.
 */
async function recordFree(db: Db, replies: readonly Reply[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    with ${lax}, reply as (
      select * from unnest(
        ${replies.map(({ tenantId }) => tenantId)}::text[], ${replies.map(({ id }) => id)}::uuid[],
        ${replies.map(({ status }) => status)}::smallint[], ${replies.map(({ took }) => whole(took))}::integer[]
      ) as reply (tenant_id, id, status, took)
    ), free as (
      select notices.tenant_id, notices.id, reply.status, reply.took from notices
      join reply on notices.tenant_id = reply.tenant_id and notices.id = reply.id for no key update of notices skip locked
    )
    update notices set answered_status = free.status, answered_ms = free.took
    from free, lax where notices.tenant_id = free.tenant_id and notices.id = free.id returning notices.id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

async function recordReply(db: Db, { tenantId, id, status, took }: Reply): Promise<void> {
  await db
    .updateTable('notices')
    .set({ answered_status: status, answered_ms: whole(took) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
