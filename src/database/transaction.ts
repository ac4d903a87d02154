import type { Db, Tx } from './types.ts'

/**
 * Runs `fn` in a transaction (read committed): committed when it resolves, rolled back when it throws. Given an open transaction, joins it.
 * Nothing outside the database is called inside, for it holds its locks and its connection meanwhile.
 */
export const inTransaction = <T>(db: Db | Tx, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  isTransaction(db) ? fn(db) : db.transaction().execute(fn)

const isTransaction = (db: Db | Tx): db is Tx => db.isTransaction
