/** Usage files as they are stored. */
import { sql } from 'kysely'
import type { UsageFile } from '../../connect/index.ts'
import type { Db, Tx } from '../../database/index.ts'
import { type ProductId, productId, type TenantId, type UsageFileId, usageFileId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { FileDecision, ReasonCount } from '../rules/files/decide.ts'
import { isRecordReason } from '../rules/files/reasons.ts'
import { type FileState, isFileState } from '../rules/files/states.ts'

export interface FileKey {
  readonly tenantId: TenantId
  readonly fileId: UsageFileId
}

export interface StoredFile extends FileKey {
  readonly productId: ProductId
  readonly name: string
  readonly externalId: string | undefined
  readonly state: FileState
  readonly environment: string
  readonly submittedAt: Instant | undefined
  readonly acceptedBy: 'bridge' | 'connect' | undefined
  readonly decision: FileDecision['kind'] | undefined
  /** What the vendor is told, or was. */
  readonly note: string | undefined
  readonly records: number
  readonly bad: number
  readonly reasons: readonly ReasonCount[]
  readonly readBy: 'pages' | 'spreadsheet' | undefined
  /** Refusals and missing answers in a row, and the last one. */
  readonly tries: number
  readonly trouble: string | undefined
  readonly foundAt: Instant
  readonly judgedAt: Instant | undefined
  readonly decidedAt: Instant | undefined
  readonly takenAt: Instant | undefined
  readonly closedAt: Instant | undefined
}

export async function loadFile(db: Db | Tx, { tenantId, fileId }: FileKey): Promise<StoredFile | undefined> {
  const row = await db.selectFrom('usage_files').selectAll().where('tenant_id', '=', tenantId).where('id', '=', fileId).executeTakeFirst()
  return row && toFile(tenantId, row)
}

/** Newest first. */
export async function listFiles(
  db: Db,
  tenantId: TenantId,
  { state, limit = 100 }: { readonly state?: FileState | undefined; readonly limit?: number } = {},
): Promise<readonly StoredFile[]> {
  const rows = await db
    .selectFrom('usage_files')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .orderBy('found_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => toFile(tenantId, row))
}

type FileRow = Awaited<ReturnType<typeof readRow>>
const readRow = (db: Db) => db.selectFrom('usage_files').selectAll().executeTakeFirstOrThrow()

function toFile(tenantId: TenantId, row: FileRow): StoredFile {
  if (!isFileState(row.state)) throw new TypeError(`no state of a usage file: ${row.state}`)
  return {
    tenantId,
    fileId: usageFileId.parse(row.id),
    productId: productId.parse(row.product_id),
    name: row.name,
    externalId: row.external_id ?? undefined,
    state: row.state,
    environment: row.environment,
    submittedAt: row.submitted_at ?? undefined,
    acceptedBy: row.accepted_by ?? undefined,
    decision: row.decision ?? undefined,
    note: row.note ?? undefined,
    records: Number(row.records),
    bad: Number(row.bad),
    reasons: reasonsOf(row.reasons),
    readBy: row.read_by ?? undefined,
    tries: row.tries,
    trouble: row.trouble ?? undefined,
    foundAt: row.found_at,
    judgedAt: row.judged_at ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    takenAt: row.taken_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
  }
}

const reasonsOf = (stored: unknown): readonly ReasonCount[] =>
  Array.isArray(stored)
    ? stored.flatMap((one: { reason?: unknown; records?: unknown; example?: unknown }) =>
        typeof one.reason === 'string' && isRecordReason(one.reason)
          ? [{ reason: one.reason, records: Number(one.records), example: String(one.example) }]
          : [],
      )
    : []

/** What Connect tells of a file, kept: nothing when it is known already. @returns whether it was new */
export async function keepFound(tx: Tx, tenantId: TenantId, file: UsageFile, product: ProductId, now: Instant): Promise<boolean> {
  const row = await tx
    .insertInto('usage_files')
    .values({ tenant_id: tenantId, id: file.id, product_id: product, state: 'found', found_at: dateOf(now), ...told(file, now) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const told = (file: UsageFile, now: Instant) => ({
  name: file.name,
  external_id: file.externalId ?? null,
  schema: file.rawSchema?.toLowerCase() ?? 'unknown',
  environment: file.environment,
  currency: file.currency ?? null,
  period_from: file.period.from ?? null,
  period_to: file.period.to ?? null,
  submitted_at: dateOrNull(file.submittedAt),
  updated_at: dateOf(now),
})

/** It begins anew: what was read and decided of an earlier submission is gone. */
export async function beginRound(tx: Tx, key: FileKey, file: UsageFile, now: Instant): Promise<void> {
  await sql`delete from usage_file_records where tenant_id = ${key.tenantId} and file_id = ${key.fileId}`.execute(tx)
  await update(tx, key)
    .set({
      ...told(file, now),
      ...{ state: 'found', accepted_by: null, decision: null, note: null, records: '0', bad: '0', reasons: '[]', read_by: null },
      ...{ intent: null, intent_at: null, judged_at: null, decided_at: null, taken_at: null, closed_at: null },
    })
    .execute()
}

interface FileChange {
  readonly state?: FileState
  readonly acceptedBy?: 'bridge' | 'connect'
  readonly decision?: FileDecision
  readonly records?: number
  readonly bad?: number
  readonly reasons?: readonly ReasonCount[]
  readonly readBy?: 'pages' | 'spreadsheet'
  readonly judgedAt?: Instant
  readonly takenAt?: Instant
  readonly closedAt?: Instant
  /** Undefined: none is on its way. */
  readonly intent?: string | undefined
  /** All is well as it is: what was refused before is forgotten, as it is with every new state. */
  readonly isWell?: boolean
}

export async function saveFile(tx: Tx, key: FileKey, change: FileChange, now: Instant): Promise<void> {
  const { state, acceptedBy, decision, records, bad, reasons, readBy, judgedAt, takenAt, closedAt, intent, isWell } = change
  await update(tx, key)
    .set({
      ...(state ? { state } : {}),
      ...(acceptedBy ? { accepted_by: acceptedBy } : {}),
      ...(decision ? { decision: decision.kind, note: decision.note, decided_at: dateOf(now) } : {}),
      ...(records === undefined ? {} : { records: String(records) }),
      ...(bad === undefined ? {} : { bad: String(bad) }),
      ...(reasons ? { reasons: JSON.stringify(reasons) } : {}),
      ...(readBy ? { read_by: readBy } : {}),
      ...(judgedAt ? { judged_at: dateOf(judgedAt) } : {}),
      ...(takenAt ? { taken_at: dateOf(takenAt) } : {}),
      ...(closedAt ? { closed_at: dateOf(closedAt) } : {}),
      intent: intent ?? null,
      intent_at: intent === undefined ? null : dateOf(now),
      ...(state || isWell ? { tries: 0, trouble: null } : {}),
      updated_at: dateOf(now),
    })
    .execute()
}

/** A step was refused, or not answered. */
export async function saveTrouble(tx: Tx, key: FileKey, trouble: string, now: Instant): Promise<number> {
  const row = await update(tx, key)
    .set(({ eb }) => ({ tries: eb('tries', '+', 1), trouble: trouble.slice(0, 500), updated_at: dateOf(now) }))
    .returning('tries')
    .executeTakeFirst()
  return row?.tries ?? 1
}

const update = (tx: Tx, { tenantId, fileId }: FileKey) =>
  tx.updateTable('usage_files').where('tenant_id', '=', tenantId).where('id', '=', fileId)

const dateOf = (at: Instant): Date => new Date(at.getTime())
const dateOrNull = (at: Instant | undefined): Date | null => (at ? dateOf(at) : null)
