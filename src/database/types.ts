import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables/index.ts'

/** The database, or a transaction on it: whatever queries run on. */
export type Db = Kysely<Tables>
/** An open transaction. */
export type Tx = Transaction<Tables>
