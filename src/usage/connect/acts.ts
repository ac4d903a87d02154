/** What operators had done about the held records of a file: who, when, and what they noted. Kept for good, whatever becomes of the file. */
import type { Db, Tx } from '../../database/index.ts'
import type { Instant } from '../../kit/time.ts'
import type { Signature } from '../decide/signed.ts'
import type { FileKey } from './file.ts'

export interface FileAct extends Signature {
  readonly act: 'judgedAgain' | 'closedUnbilled'
  readonly records: number
  readonly at: Instant
}

export async function keepAct(tx: Tx, { tenantId, fileId }: FileKey, { act, records, at, by, note }: FileAct): Promise<void> {
  await tx
    .insertInto('usage_file_acts')
    .values({ tenant_id: tenantId, file_id: fileId, at: new Date(at.getTime()), act, records: String(records), by, note: note ?? null })
    .execute()
}

/** Oldest first. */
export async function readActs(db: Db, { tenantId, fileId }: FileKey): Promise<readonly FileAct[]> {
  const rows = await db
    .selectFrom('usage_file_acts')
    .select(['act', 'records', 'at', 'by', 'note'])
    .where('tenant_id', '=', tenantId)
    .where('file_id', '=', fileId)
    .orderBy('id')
    .execute()
  return rows.map(({ records, note, ...row }) => ({ ...row, records: Number(records), note: note ?? undefined }))
}
