import { sql } from 'kysely'
import pg from 'pg'
import type { Db, Tx } from './types.ts'

/**
 * Runs `fn` in a transaction (read committed): committed when it resolves, rolled back when it throws. Given an open transaction, joins it.
 * Nothing outside the database is called inside, for it holds its locks and its connection meanwhile.
 */
export const inTransaction = <T>(db: Db | Tx, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  isTransaction(db) ? fn(db) : db.transaction().execute(fn)

const isTransaction = (db: Db | Tx): db is Tx => db.isTransaction

/**
 * What `fn` does in the transaction, or undefined and nothing done when a key is taken already (unique violation).
 * For the rare case: the server logs each refusal as an error.
 */
export async function unlessTaken<T>(tx: Tx, fn: () => Promise<T>): Promise<T | undefined> {
  await sql`savepoint unless_taken`.execute(tx)
  try {
    const done = await fn()
    await sql`release savepoint unless_taken`.execute(tx)
    return done
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION)) throw error
    await sql`rollback to savepoint unless_taken`.execute(tx)
    return undefined
  }
}

const UNIQUE_VIOLATION = '23505'
