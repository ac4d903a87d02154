/** What an operator does about records of a usage file that cannot be billed as they are. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import type { Instant } from '../../kit/time.ts'
import { FILE_WORK } from '../work-kinds.ts'
import { settleFileAttention } from './attention.ts'
import { type FileKey, loadFile } from './file.ts'
import { closeWithReason } from './take.ts'

export type FileDecided =
  | { readonly outcome: 'judgedAgain' | 'closedUnbilled'; readonly records: number }
  | { readonly outcome: 'refused'; readonly because: 'unknownFile' | 'nothingHeld' }

/**
 * The held records are judged once more, by the plan map and policies as they are now: those that are good are billed.
 * @param dryRun says how many they are, and nothing else
 */
export const judgeAgain = (db: Db, key: FileKey, now: Instant, dryRun = false): Promise<FileDecided> =>
  withHeld(db, key, now, dryRun, 'judgedAgain', async (tx) => {
    await sql`
      update usage_file_records set state = 'read', reasons = '{}'
      where tenant_id = ${key.tenantId} and file_id = ${key.fileId} and state = 'held'`.execute(tx)
    await sql`
      update usage_files set state = 'read', updated_at = ${now}::timestamptz where tenant_id = ${key.tenantId} and id = ${key.fileId}`.execute(
      tx,
    )
  })

/** The held records are closed with their reason: they are not billed, and the file can be closed. Cannot be taken back. */
export const closeUnbilled = (db: Db, key: FileKey, now: Instant, dryRun = false): Promise<FileDecided> =>
  withHeld(db, key, now, dryRun, 'closedUnbilled', (tx) => closeWithReason(tx, key, 'held'))

async function withHeld(
  db: Db,
  key: FileKey,
  now: Instant,
  dryRun: boolean,
  outcome: 'judgedAgain' | 'closedUnbilled',
  work: (tx: Tx) => Promise<void>,
): Promise<FileDecided> {
  return inTransaction(db, async (tx) => {
    const file = await loadFile(tx, key)
    if (!file) return { outcome: 'refused', because: 'unknownFile' }
    const { rows } = await sql<{ record_id: string }>`
      select record_id from usage_file_records where tenant_id = ${key.tenantId} and file_id = ${key.fileId} and state = 'held'
      order by record_id for update`.execute(tx)
    if (rows.length === 0 || file.state !== 'billing') return { outcome: 'refused', because: 'nothingHeld' }
    if (dryRun) return { outcome, records: rows.length }
    await work(tx)
    await settleFileAttention(tx, key, now)
    await wake(tx, { tenantId: key.tenantId, kind: FILE_WORK, key: key.fileId }, now)
    return { outcome, records: rows.length }
  })
}
