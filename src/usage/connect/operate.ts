/** What an operator does about records of a usage file that cannot be billed as they are. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { Signature } from '../decide/signed.ts'
import { FILE_WORK } from '../work-kinds.ts'
import { type FileAct, keepAct } from './acts.ts'
import { settleFileAttention } from './attention.ts'
import { type FileKey, loadFile } from './file.ts'
import { closeWithReason } from './take.ts'

export type FileDecided =
  | { readonly outcome: 'judgedAgain' | 'closedUnbilled'; readonly records: number }
  | { readonly outcome: 'refused'; readonly because: 'unknownFile' | 'nothingHeld' }

/** @param dryRun says how many records it is about, and nothing else */
export type FileOperation = (db: Db, key: FileKey, signature: Signature, now: Instant, dryRun?: boolean) => Promise<FileDecided>

/** The held records are judged once more, by the plan map and policies as they are now: those that are good are billed. */
export const judgeAgain: FileOperation = (db, key, signature, now, dryRun = false) =>
  withHeld(db, key, { act: 'judgedAgain', signature, now, dryRun }, async (tx) => {
    await sql`
      update usage_file_records set state = 'read', reasons = '{}'
      where tenant_id = ${key.tenantId} and file_id = ${key.fileId} and state = 'held'`.execute(tx)
    await sql`
      update usage_files set state = 'read', updated_at = ${now}::timestamptz where tenant_id = ${key.tenantId} and id = ${key.fileId}`.execute(
      tx,
    )
  })

/** The held records are closed with their reason: they are not billed, and the file can be closed. Cannot be taken back. */
export const closeUnbilled: FileOperation = (db, key, signature, now, dryRun = false) =>
  withHeld(db, key, { act: 'closedUnbilled', signature, now, dryRun }, (tx) => closeWithReason(tx, key, 'held'))

interface Act {
  readonly act: FileAct['act']
  readonly signature: Signature
  readonly now: Instant
  readonly dryRun: boolean
}

async function withHeld(db: Db, key: FileKey, { act, signature, now, dryRun }: Act, work: (tx: Tx) => Promise<void>): Promise<FileDecided> {
  return inTransaction(db, async (tx) => {
    const file = await loadFile(tx, key)
    if (!file) return { outcome: 'refused', because: 'unknownFile' }
    const { rows } = await sql<{ record_id: string }>`
      select record_id from usage_file_records where tenant_id = ${key.tenantId} and file_id = ${key.fileId} and state = 'held'
      order by record_id for update`.execute(tx)
    if (rows.length === 0 || file.state !== 'billing') return { outcome: 'refused', because: 'nothingHeld' }
    if (dryRun) return { outcome: act, records: rows.length }
    await keepAct(tx, key, { act, records: rows.length, at: now, ...signature })
    await work(tx)
    await settleFileAttention(tx, key, now)
    await wake(tx, { tenantId: key.tenantId, kind: FILE_WORK, key: key.fileId }, now)
    return { outcome: act, records: rows.length }
  })
}
