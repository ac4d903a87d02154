/** One at a time: whatever places, seals or decides within a tenant's ledger holds its lock, so that no record slips past a slot being sealed. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'

/** Runs `work` in a transaction that holds the ledger of a tenant there is. Nothing outside the database is called inside. */
export const inLedger = <T>(db: Db, tenantId: TenantId, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, async (tx) => {
    const { rows } =
      await sql`select pg_advisory_xact_lock(hashtext('usage ledger'), hashtext(id)) from tenants where id = ${tenantId}`.execute(tx)
    if (rows.length === 0) throw new TypeError('the ledger of a tenant that is not there')
    return work(tx)
  })
