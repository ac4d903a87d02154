/** Makes objects due, in the caller's own transaction: what happened and the wake for it are stored together or not at all. */
import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../kit/time.ts'
import { lax } from '../lax.ts'
import { PREPARED_MARK, WAKE_MARK } from '../pool.ts'
import type { Db, Tx } from '../types.ts'
import { type DueObject, NO_TENANT, priorities, type WokenObject, type WorkObject } from './object.ts'

/**
 * The object gets a look at `dueAt` (by the clock the workers have) or soon after. Wakes coalesce: the earliest time counts. A wake for an
 * object that is being looked at is kept: it gets another look, begun after this transaction has committed.
 */
export const wake = (tx: Db | Tx, object: WokenObject, dueAt: Instant): Promise<void> => wakeAll(tx, [object], dueAt)

/** Wakes many in one statement, each at its own time or at the one given. */
export async function wakeAll(tx: Db | Tx, objects: readonly WokenObject[], dueAt: Instant): Promise<void> {
  if (objects.length > 0) await wakeStatement(sql``, objects, dueAt).execute(tx)
}

/**
 * Wakes many in one statement with what happened, which saves the ways to the database and back.
 * @param happened `with …`: changing statements as common table expressions, in the same words each time (`PREPARED_MARK`)
 */
export async function wakeAllWith(tx: Db | Tx, happened: RawBuilder<unknown>, objects: readonly DueObject[]): Promise<void> {
  await wakeStatement(happened, objects, null).execute(tx)
}

/**
 * - sorted, so that two of these at once lock in the same order, and without repeats, which `on conflict` refuses;
 * - the conflicting row is locked even when nothing is to be changed: a worker skips it until this transaction has committed, so the
 *   look that follows sees what it is about;
 * - `least` ignores null: a leased row (no due time) becomes due again.
 */
const wakeStatement = (happened: RawBuilder<unknown>, objects: readonly WokenObject[], dueAt: Instant | null): RawBuilder<unknown> =>
  sql`${sql.raw(WAKE_MARK)} ${sql.raw(PREPARED_MARK)} ${happened} ${waking(objects, dueAt)}`

/** Without its mark, as a part of a statement that begins with it. @param only whether anything is woken at all */
export const waking = (
  objects: readonly WokenObject[],
  dueAt: Instant | null,
  only: RawBuilder<boolean> = sql`true`,
): RawBuilder<unknown> => sql`
  insert into work as present (tenant_id, kind, key, priority, due_at)
  select woken.tenant_id, woken.kind, woken.key,
    coalesce(min(woken.priority), (select priority from work_kind where kind = woken.kind), ${priorities.routine}), min(woken.due_at)
  from unnest(
    ${objects.map(({ tenantId }) => tenantId ?? NO_TENANT)}::text[], ${objects.map(({ kind }) => kind)}::text[],
    ${objects.map(({ key }) => key)}::text[], ${objects.map(({ priority }) => priority ?? null)}::smallint[],
    ${objects.map((object) => object.dueAt ?? dueAt)}::timestamptz[]
  ) as woken (tenant_id, kind, key, priority, due_at)
  where ${only}
  group by woken.tenant_id, woken.kind, woken.key
  order by woken.tenant_id, woken.kind, woken.key
  on conflict (tenant_id, kind, key) do update
  set due_at = least(present.due_at, excluded.due_at), priority = least(present.priority, excluded.priority)
  where present.due_at is null or excluded.due_at < present.due_at or excluded.priority < present.priority`

/** Makes a wake that still waits due now; without one it does nothing. For what was put off until an answer of ours had left. */
export const pullForward = (db: Db, object: WorkObject, now: Instant): Promise<void> => pullAllForwardWith(db, undefined, [object], now)

/**
 * The same for many in one statement, which locks in the order of `wakeStatement`. It does not wait for the disk (`lax`), and so is a
 * transaction of its own: should the machine fail in this moment, the wake is still there, due when it was.
 * @param happened a changing statement as a common table expression, without `with`, in the same words each time; it reads from `lax`
 */
export async function pullAllForwardWith(
  db: Db,
  happened: RawBuilder<unknown> | undefined,
  objects: readonly WorkObject[],
  now: Instant,
): Promise<void> {
  await sql`${sql.raw(WAKE_MARK)} ${sql.raw(PREPARED_MARK)}
    with ${lax}, ${happened ? sql`${happened},` : sql``} waiting as (
      select work.tenant_id, work.kind, work.key from work join unnest(
        ${objects.map(({ tenantId }) => tenantId ?? NO_TENANT)}::text[], ${objects.map(({ kind }) => kind)}::text[],
        ${objects.map(({ key }) => key)}::text[]
      ) as woken (tenant_id, kind, key) on work.tenant_id = woken.tenant_id and work.kind = woken.kind and work.key = woken.key
      where work.due_at > ${now}::timestamptz
      order by work.tenant_id, work.kind, work.key for no key update of work
    )
    update work set due_at = ${now}::timestamptz from waiting, lax
    where work.tenant_id = waiting.tenant_id and work.kind = waiting.kind and work.key = waiting.key`.execute(db)
}
