/** Storing under a lease by one statement: check, changes and wakes together, in one way to the database and back. */
import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../kit/time.ts'
import { WAKE_MARK } from '../pool.ts'
import { inTransaction } from '../transaction.ts'
import type { Db, Tx } from '../types.ts'
import type { Guard } from './look.ts'
import type { WokenObject } from './object.ts'
import { waking } from './wake.ts'

export interface HeldChanges {
  /** Changing statements as common table expressions, without `with`. Each is made only `whileHeld`. */
  readonly changes: RawBuilder<unknown>
  /** Made due with them. */
  readonly wakes?: { readonly objects: readonly WokenObject[]; readonly dueAt: Instant } | undefined
  /** What has to be so besides. */
  readonly onlyIf?: RawBuilder<boolean>
}

/** The lease is ours, and it is so what has to be so besides. */
export const whileHeld = sql<boolean>`exists (select from held)`

interface Stored {
  readonly ours: boolean
  readonly stored: boolean
}

/**
 * A guard that is nothing but a lease becomes a part of the statement: its row is locked against a takeover until the commit. Any other guard
 * has its say first, in the same transaction.
 * @returns false when `onlyIf` was not so: nothing is stored.
 * @throws AppError `ERR_LEASE_LOST`: nothing is stored.
 */
export async function storeHeld(db: Db, guard: Guard, changes: HeldChanges): Promise<boolean> {
  if (guard.lease) {
    const { row, proved } = guard.lease()
    const { ours, stored } = await store(db, row, changes)
    proved(ours)
    return stored
  }
  return inTransaction(db, async (tx) => {
    await guard(tx)
    return storeGuarded(tx, changes)
  })
}

/** The same where the guard has had its say in this transaction. */
export const storeGuarded = async (tx: Tx, changes: HeldChanges): Promise<boolean> => (await store(tx, sql`select 1`, changes)).stored

/** What is woken is read at the end, and so locked before the rows of the changes: the rows of the work list come first, everywhere. */
async function store(db: Db | Tx, row: RawBuilder<unknown>, { changes, wakes, onlyIf = sql`true` }: HeldChanges): Promise<Stored> {
  const checked = sql`with lease as materialized (${row}), held as materialized (select from lease where ${onlyIf})`
  const outcome = sql`exists (select from lease) as ours, ${whileHeld} as stored`
  const statement =
    wakes && wakes.objects.length > 0
      ? sql<Stored>`${sql.raw(WAKE_MARK)} ${checked}, woken as (${waking(wakes.objects, wakes.dueAt, whileHeld)} returning 1), ${changes}
          select ${outcome}, (select count(*) from woken)`
      : sql<Stored>`${checked}, ${changes} select ${outcome}`
  const { rows } = await statement.execute(db)
  return rows[0] ?? { ours: false, stored: false }
}
