/**
 * The same usage in another file: Connect gives each record an id of its own, so a vendor that uploads a period again would bill it again.
 * What identifies a record for the vendor (`record_id`) is in the spreadsheet alone; the list of records tells asset, item, window and quantity.
 * The same of all of them is no proof, so it is held and an operator decides; within one file it is as the vendor meant it.
 */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { contentOf } from '../ledger/told.ts'
import type { ReportedUsage } from '../record.ts'
import type { FileKey } from './file.ts'

/** Under the ledger's lock. A file that was given back has nothing in the ledger, and what was dropped may be reported again. @returns keys */
export async function readReportedBefore(
  tx: Tx,
  { tenantId, fileId }: FileKey,
  records: readonly ReportedUsage[],
): Promise<ReadonlySet<string>> {
  const billable = records.filter(({ dimension, quantity }) => dimension !== undefined && quantity > 0n)
  if (billable.length === 0) return new Set()
  const { rows } = await sql<{ key: string }>`
    select told.key from unnest(${billable.map(({ key }) => key)}::text[], ${billable.map((one) => contentOf(one).hash)}::text[]) as told (key, hash)
    where exists (
      select from usage_records before where before.tenant_id = ${tenantId} and before.source = 'connect'
        and before.content_hash = decode(told.hash, 'hex') and before.file_id is distinct from ${fileId} and before.state in ('placed', 'held')
    )`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}
