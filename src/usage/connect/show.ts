/** What of a usage file is shown: counts, and every record with what became of it, written as it is read. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { tenantId, type UsageFileId } from '../../kit/ids.ts'
import { isRecordReason, recordReasons } from '../rules/files/reasons.ts'
import { type FileKey, loadFile, type StoredFile } from './file.ts'

export interface ShownRecord {
  readonly recordId: string
  readonly state: string
  readonly assetId: string | undefined
  readonly item: string | undefined
  /** As reported; of rated files the money is in `amount`. */
  readonly quantity: string | undefined
  readonly amount: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly subscriptionId: string | undefined
  readonly dimension: string | undefined
  readonly reasons: readonly string[]
  readonly words: readonly string[]
  /** What it is closed with at Connect: Microsoft's usage event id. */
  readonly billingId: string | undefined
  readonly note: string | undefined
  readonly trouble: string | undefined
}

/** Which tenant it belongs to, when only its id is known: for operators of the installation. */
export async function findFile(db: Db, id: UsageFileId): Promise<StoredFile | undefined> {
  const row = await db.selectFrom('usage_files').select('tenant_id').where('id', '=', id).executeTakeFirst()
  return row && loadFile(db, { tenantId: tenantId.parse(row.tenant_id), fileId: id })
}

/** How many records are in which state. */
export async function countRecords(db: Db, { tenantId: tenant, fileId }: FileKey): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ state: string; records: string }>`
    select state, count(*) as records from usage_file_records where tenant_id = ${tenant} and file_id = ${fileId} group by 1 order by 1`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ state, records }) => [state, Number(records)]))
}

const TOGETHER = 1_000

/** In the order of their ids. @param onlyBad those with a reason not to be billed */
export async function* readFileRecords(db: Db, key: FileKey, onlyBad = false): AsyncGenerator<ShownRecord> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('usage_file_records')
      .selectAll()
      .where('tenant_id', '=', key.tenantId)
      .where('file_id', '=', key.fileId)
      .where('record_id', '>', after)
      .$if(onlyBad, (query) => query.where(sql<boolean>`cardinality(reasons) > 0`))
      .orderBy('record_id')
      .limit(TOGETHER)
      .execute()
    for (const row of rows) {
      yield {
        recordId: row.record_id,
        state: row.state,
        assetId: row.asset_id ?? undefined,
        item: row.item_mpn ?? row.item_id ?? undefined,
        quantity: row.usage ?? undefined,
        amount: row.amount ?? undefined,
        from: row.starts_at?.toISOString(),
        to: row.ends_at?.toISOString(),
        subscriptionId: row.subscription_id ?? undefined,
        dimension: row.dimension ?? undefined,
        reasons: row.reasons,
        words: row.reasons.map((code) => (isRecordReason(code) ? recordReasons[code] : code)),
        billingId: row.billing_id ?? undefined,
        note: row.note ?? undefined,
        trouble: row.trouble ?? undefined,
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < TOGETHER) return
    after = last.record_id
  }
}
