/** After our reply has left: what waited for that may go on, and what we answered and how fast is kept. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { pullAllForwardWith, type WorkObject } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant, Milliseconds } from '../../kit/time.ts'

export interface Reply {
  readonly tenantId: TenantId
  /** The notice's. */
  readonly id: string
  readonly status: number
  readonly took: Milliseconds
  /** What waited for it to leave. */
  readonly held: WorkObject | undefined
  readonly leftAt: Instant
}

/**
 * What waited is due now, and what was answered is kept, in one statement. It does not wait for the disk: should the machine fail in this
 * moment, the wake is still there, due when it was, and it is not known how fast we answered; that is all.
 * @returns one entry for each, as whoever gathers them wants it.
 */
export async function repliesHaveLeft(db: Db, replies: readonly Reply[]): Promise<readonly undefined[]> {
  const now = latest(replies.map(({ leftAt }) => leftAt))
  const held = replies.flatMap((reply) => reply.held ?? [])
  if (now) await pullAllForwardWith(db, recorded(replies), held, now)
  return replies.map(() => undefined)
}

const recorded = (replies: readonly Reply[]): RawBuilder<unknown> => sql`
  recorded as (
    insert into notice_replies (tenant_id, notice_id, status, took_ms)
    select reply.tenant_id, reply.id, reply.status, reply.took from lax, unnest(
      ${replies.map(({ tenantId }) => tenantId)}::text[], ${replies.map(({ id }) => id)}::uuid[],
      ${replies.map(({ status }) => status)}::smallint[], ${replies.map(({ took }) => whole(took))}::integer[]
    ) as reply (tenant_id, id, status, took)
    on conflict (tenant_id, notice_id) do nothing
  )`

const LONGEST_TIME = 2_147_483_647
const whole = (took: Milliseconds): number => Math.min(LONGEST_TIME, Math.round(took))

const latest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted((a, b) => b.getTime() - a.getTime())[0]
