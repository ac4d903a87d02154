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

/**
 * Does not wait for the disk: should the machine fail in this moment, it is not known how fast we answered, and that is all.
 * @returns one entry for each, as whoever gathers them wants it.
 */
export async function recordReplies(db: Db, replies: readonly Reply[]): Promise<readonly undefined[]> {
  await sql`
    with ${lax} insert into notice_replies (tenant_id, notice_id, status, took_ms)
    select reply.tenant_id, reply.id, reply.status, reply.took from lax, unnest(
      ${replies.map(({ tenantId }) => tenantId)}::text[], ${replies.map(({ id }) => id)}::uuid[],
      ${replies.map(({ status }) => status)}::smallint[], ${replies.map(({ took }) => whole(took))}::integer[]
    ) as reply (tenant_id, id, status, took)
    on conflict (tenant_id, notice_id) do nothing`.execute(db)
  return replies.map(() => undefined)
}

const LONGEST_TIME = 2_147_483_647
const whole = (took: Milliseconds): number => Math.min(LONGEST_TIME, Math.round(took))

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
