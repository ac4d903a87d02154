/** What the watch remembers: how far it has read, and when it heard something. */
import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { type Guard, wakeAll, wakeAllWith } from '../../database/work/index.ts'
import { requestId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { type Instant, instant, type Milliseconds, plus } from '../../kit/time.ts'
import type { Taken, WatchMemory } from '../rules/connect-watch/cursor.ts'
import type { WatchMood } from '../rules/connect-watch/pace.ts'
import { CONNECT_WATCH_WORK, SUBSCRIPTION_WORK } from '../work-kinds.ts'
import type { ReadChange } from './changes.ts'

const moment = z.number().transform((at): Instant => instant(at))
const seen = z
  .record(z.string(), z.object({ status: z.string(), updatedAt: moment, seenAt: moment, done: z.boolean() }))
  .transform((byId): WatchMemory['seen'] => new Map(Object.entries(byId).map(([id, change]) => [requestId.parse(id), change])))

export interface StoredWatch {
  /** Absent before the first reading. */
  readonly memory: WatchMemory | undefined
  readonly polledAt: Instant | undefined
  readonly changedAt: Instant | undefined
  readonly pokedAt: Instant | undefined
}

export async function loadWatch(db: Db, tenantId: TenantId): Promise<StoredWatch> {
  const row = await db.selectFrom('connect_watch').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst()
  return {
    memory: row?.cursor ? { cursor: row.cursor, seen: seen.parse(row.seen) } : undefined,
    polledAt: row?.polled_at ?? undefined,
    changedAt: row?.changed_at ?? undefined,
    pokedAt: row?.poked_at ?? undefined,
  }
}

/** Whom a change is about: the subscription its asset is named for, or was matched with. */
export type Concerned = Pick<ReadChange, 'externalUid' | 'assetId'>

/** How far it has come, and the wakes of whom it found, together: nobody is missed by a crash in between. */
export const recordTaken = (
  db: Db,
  tenantId: TenantId,
  { memory, news }: Taken,
  changed: readonly Concerned[],
  at: Instant,
  guard: Guard<Tx>,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await guard(tx)
    const known = await knownOf(tx, tenantId, changed)
    await wakeAll(
      tx,
      known.map((key) => ({ tenantId, kind: SUBSCRIPTION_WORK, key })),
      at,
    )
    const values = {
      cursor: dateOf(memory.cursor),
      seen: seenJson(memory),
      polled_at: dateOf(at),
      ...(news.size > 0 ? { changed_at: dateOf(at) } : {}),
    }
    await tx
      .insertInto('connect_watch')
      .values({ tenant_id: tenantId, ...values })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
      .execute()
  })

/** Assets of others, and those of ours that were never sold by this bridge, wake nobody. */
async function knownOf(tx: Tx, tenantId: TenantId, changed: readonly Concerned[]): Promise<readonly string[]> {
  if (changed.length === 0) return []
  const ids = changed.flatMap(({ externalUid }) => subscriptionId.safeParse(externalUid).data ?? [])
  const assets = changed.map(({ assetId }) => assetId)
  const rows = await tx
    .selectFrom('subscriptions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`(id = any(${ids}::uuid[]) or linked_asset = any(${assets}::text[]))`)
    .execute()
  return rows.map(({ id }) => id)
}

const seenJson = ({ seen }: WatchMemory): string =>
  JSON.stringify(
    Object.fromEntries(
      [...seen].map(([id, { status, updatedAt, seenAt, done }]) => [
        id,
        { status, updatedAt: updatedAt.getTime(), seenAt: seenAt.getTime(), done },
      ]),
    ),
  )

export interface Poke {
  readonly tenantId: TenantId
  readonly at: Instant
}

/** Several calls about one change, and a stolen one sent over and over, are one reading. */
const GATHERED_FOR: Milliseconds = 200

/** Connect's webhook was heard, and its tenant's watch is due. @returns one entry for each, as whoever gathers them wants it */
export async function recordPokes(db: Db, pokes: readonly Poke[]): Promise<readonly undefined[]> {
  const heard = sql`with heard as (
    insert into connect_watch as present (tenant_id, seen, poked_at)
    select tenant_id, '{}', max(at) from unnest(
      ${pokes.map(({ tenantId }) => tenantId)}::text[], ${pokes.map(({ at }) => at)}::timestamptz[]
    ) as poke (tenant_id, at) group by tenant_id order by tenant_id
    on conflict (tenant_id) do update set poked_at = greatest(present.poked_at, excluded.poked_at)
  )`
  const due = pokes.map(({ tenantId, at }) => ({ tenantId, kind: CONNECT_WATCH_WORK, key: tenantId, dueAt: plus(at, GATHERED_FOR) }))
  await wakeAllWith(db, heard, due)
  return pokes.map(() => undefined)
}

export async function moodOf(db: Db, tenantId: TenantId): Promise<WatchMood> {
  const { changedAt, pokedAt } = await loadWatch(db, tenantId)
  const row = await db
    .selectFrom('subscriptions')
    .select(sql<string | null>`max(connect -> 'openRequest' ->> 'createdAt')`.as('since')) // ISO text, UTC: sorts as time does
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`next ->> 'waitsFor' = 'vendor'`)
    .executeTakeFirst()
  return { waitingSince: row?.since ? instant(row.since) : undefined, changedAt, pokedAt }
}

const dateOf = (at: Instant): Date => new Date(at.getTime())
