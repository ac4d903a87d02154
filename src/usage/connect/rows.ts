/** Records of a usage file as they are kept while the file is open: what was read, in the order of their ids. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { printQuantity, type QuantityReading, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { RecordFacts } from '../rules/files/judge.ts'
import type { FileKey } from './file.ts'

/** One record as it was read, whichever way. */
export interface ReadRecord extends RecordFacts {
  readonly id: string
  readonly assetId: string | undefined
  readonly assetExternalUid: string | undefined
  readonly assetExternalId: string | undefined
  readonly itemMpn: string | undefined
}

/** Keeps those that are not kept yet. */
export async function keepRead(db: Db, { tenantId, fileId }: FileKey, records: readonly ReadRecord[], lease: Lease): Promise<void> {
  if (records.length === 0) return
  const column = <T>(read: (one: ReadRecord) => T): T[] => records.map(read)
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await sql`
      insert into usage_file_records (tenant_id, file_id, state, record_id, status, asset_id, asset_external_uid, asset_external_id, item_id, item_mpn,
        decimals, usage, amount, tier, starts_at, ends_at, own_key)
      select ${tenantId}, ${fileId}, 'read', told.* from unnest(
        ${column((one) => one.id)}::text[], ${column((one) => one.status)}::text[], ${column((one) => one.assetId ?? null)}::text[],
        ${column((one) => one.assetExternalUid ?? null)}::text[], ${column((one) => one.assetExternalId ?? null)}::text[],
        ${column((one) => one.itemId ?? null)}::text[], ${column((one) => one.itemMpn ?? null)}::text[],
        ${column((one) => one.decimals ?? null)}::smallint[], ${column((one) => textOf(one.usage))}::text[],
        ${column((one) => (one.amount ? textOf(one.amount) : null))}::text[], ${column((one) => one.tier ?? null)}::integer[],
        ${column((one) => one.from?.toISOString() ?? null)}::timestamptz[], ${column((one) => one.to?.toISOString() ?? null)}::timestamptz[],
        ${column((one) => one.ownKey ?? null)}::text[]
      ) as told
      on conflict do nothing`.execute(tx)
  })
}

/** A fault is kept in the place of the number. */
const textOf = (reading: QuantityReading): string => (reading.ok ? printQuantity(reading.quantity) : reading.fault)

function readingOf(text: string): QuantityReading {
  if (text === 'notANumber' || text === 'tooFine' || text === 'tooLarge') return { ok: false, fault: text }
  return { ok: true, quantity: quantityOf(text) }
}

export async function countRead(db: Db, { tenantId, fileId }: FileKey): Promise<number> {
  const { rows } = await sql<{ records: string }>`
    select count(*) as records from usage_file_records where tenant_id = ${tenantId} and file_id = ${fileId}`.execute(db)
  return Number(rows[0]?.records ?? 0)
}

interface Row {
  readonly record_id: string
  readonly status: RecordFacts['status']
  readonly asset_id: string | null
  readonly asset_external_uid: string | null
  readonly asset_external_id: string | null
  readonly item_id: string | null
  readonly item_mpn: string | null
  readonly decimals: number | null
  readonly usage: string
  readonly amount: string | null
  readonly tier: number | null
  readonly starts_at: Date | null
  readonly ends_at: Date | null
  readonly own_key: string | null
}

/** The next records in a state, in the order of their ids. */
export async function readPart(
  db: Db | Tx,
  { tenantId, fileId }: FileKey,
  states: readonly string[],
  after: string,
  limit: number,
): Promise<readonly ReadRecord[]> {
  const { rows } = await sql<Row>`
    select record_id, status, asset_id, asset_external_uid, asset_external_id, item_id, item_mpn, decimals, usage, amount, tier, starts_at, ends_at, own_key
    from usage_file_records
    where tenant_id = ${tenantId} and file_id = ${fileId} and state = any(${states}::text[]) and record_id > ${after}
    order by record_id limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.record_id,
    status: row.status,
    assetId: row.asset_id ?? undefined,
    assetExternalUid: row.asset_external_uid ?? undefined,
    assetExternalId: row.asset_external_id ?? undefined,
    itemId: row.item_id ?? undefined,
    itemMpn: row.item_mpn ?? undefined,
    decimals: row.decimals ?? undefined,
    usage: readingOf(row.usage),
    amount: row.amount === null ? undefined : readingOf(row.amount),
    tier: row.tier ?? undefined,
    from: momentOf(row.starts_at),
    to: momentOf(row.ends_at),
    ownKey: row.own_key ?? undefined,
  }))
}

const momentOf = (at: Date | null): Instant | undefined => at ?? undefined
