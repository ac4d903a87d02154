/** Makes objects due, in the caller's own transaction: what happened and the wake for it are stored together or not at all. */
import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../kit/time.ts'
import { WAKE_MARK } from '../pool.ts'
import type { Db, Tx } from '../types.ts'
import { NO_TENANT, priorities, type WokenObject, type WorkObject } from './object.ts'

/**
 * The object gets a look at `dueAt` (by the clock the workers have) or soon after. Wakes coalesce: the earliest time counts. A wake for an
 * object that is being looked at is kept: it gets another look, begun after this transaction has committed.
 */
export const wake = (tx: Db | Tx, object: WokenObject, dueAt: Instant): Promise<void> => wakeAll(tx, [object], dueAt)

/** Wakes many in one statement. */
export async function wakeAll(tx: Db | Tx, objects: readonly WokenObject[], dueAt: Instant): Promise<void> {
  if (objects.length > 0) await wakeStatement(objects, dueAt).execute(tx)
}

/**
 * - sorted, so that two of these at once lock in the same order, and without repeats, which `on conflict` refuses;
 * - the conflicting row is locked even when nothing is to be changed: a worker skips it until this transaction has committed, so the
 *   look that follows sees what it is about;
 * - `least` ignores null: a leased row (no due time) becomes due again.
 */
const wakeStatement = (objects: readonly WokenObject[], dueAt: Instant): RawBuilder<unknown> => sql`${sql.raw(WAKE_MARK)}
  insert into work as present (tenant_id, kind, key, priority, due_at)
  select woken.tenant_id, woken.kind, woken.key,
    coalesce(min(woken.priority), (select priority from work_kind where kind = woken.kind), ${priorities.routine}), ${dueAt}::timestamptz
  from unnest(
    ${objects.map(({ tenantId }) => tenantId ?? NO_TENANT)}::text[], ${objects.map(({ kind }) => kind)}::text[],
    ${objects.map(({ key }) => key)}::text[], ${objects.map(({ priority }) => priority ?? null)}::smallint[]
  ) as woken (tenant_id, kind, key, priority)
  group by woken.tenant_id, woken.kind, woken.key
  order by woken.tenant_id, woken.kind, woken.key
  on conflict (tenant_id, kind, key) do update
  set due_at = least(present.due_at, excluded.due_at), priority = least(present.priority, excluded.priority)
  where present.due_at is null or excluded.due_at < present.due_at or excluded.priority < present.priority`

/** Makes a wake that still waits due now; without one it does nothing. For what was put off until an answer of ours had left. */
export async function pullForward(db: Db | Tx, { tenantId = undefined, kind, key }: WorkObject, now: Instant): Promise<void> {
  await sql`${sql.raw(WAKE_MARK)}
    update work set due_at = ${now}::timestamptz
    where tenant_id = ${tenantId ?? NO_TENANT} and kind = ${kind} and key = ${key} and due_at > ${now}::timestamptz`.execute(db)
}
