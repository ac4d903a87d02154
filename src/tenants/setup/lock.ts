import { sql } from 'kysely'
import type { Tx } from '../../database/types.ts'

/** Whoever changes tenants or their credentials waits for the others until the end of the transaction. */
export async function lockSetup(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('bridge set-up'))`.execute(tx)
}
