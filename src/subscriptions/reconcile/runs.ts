/** Runs: begun, ended, read. */
import { z } from 'zod'
import type { Db } from '../../database/index.ts'
import { type TenantId, tenantId as tenantIdSchema } from '../../kit/ids.ts'
import { days, type Instant, instant, plus } from '../../kit/time.ts'
import { STANDINGS, type Standing } from '../rules/reconcile/classify.ts'
import type { ListFault, ReconcileRequest } from './deps.ts'
import type { RunKey } from './lists.ts'

export type Counts = Readonly<Record<Standing, number>>

export interface ReconcileRun extends RunKey {
  readonly startedAt: Instant
  /** Absent while it goes on, and for good when it was broken off. */
  readonly endedAt: Instant | undefined
  readonly by: string
  readonly dryRun: boolean
  readonly productId: string | undefined
  /** Empty: both lists were read to their end. */
  readonly faults: readonly ListFault[]
  readonly counts: Counts
  /** Sold before the bridge, with something that could be changed. */
  readonly preexisting: number
}

/** Two months of nights. */
const KEPT = 60
/** No run takes so long: it was broken off. */
const BROKEN_OFF = days(1)

const faults = z.array(z.object({ side: z.enum(['microsoft', 'connect']), productId: z.string().optional(), code: z.string() }))
const counts = z.partialRecord(z.enum(STANDINGS), z.number())

export async function beginRun(db: Db, { tenantId, by, dryRun, productId }: ReconcileRequest, now: Instant): Promise<RunKey> {
  const { id } = await db
    .insertInto('reconcile_runs')
    .values({ tenant_id: tenantId, started_at: new Date(now.getTime()), begun_by: by, dry_run: dryRun, product_id: productId ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { tenantId, runId: id }
}

export interface RunEnd {
  readonly faults: readonly ListFault[]
  readonly counts: Counts
  readonly preexisting: number
}

export async function endRun(db: Db, { tenantId, runId }: RunKey, end: RunEnd, now: Instant): Promise<void> {
  await db
    .updateTable('reconcile_runs')
    .set({
      ended_at: new Date(now.getTime()),
      faults: JSON.stringify(end.faults),
      counts: JSON.stringify(end.counts),
      preexisting: end.preexisting,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', runId)
    .execute()
}

/** The newest runs stay; with older ones go their findings, and the lists of runs that were broken off. */
export async function pruneRuns(db: Db, { tenantId, runId }: RunKey, now: Instant): Promise<void> {
  const ofTenant = db.selectFrom('reconcile_runs').where('tenant_id', '=', tenantId)
  await db
    .deleteFrom('reconcile_runs')
    .where('tenant_id', '=', tenantId)
    .where('id', 'not in', ofTenant.select('id').orderBy('seq', 'desc').limit(KEPT))
    .execute()
  for (const table of ['reconcile_listed', 'reconcile_assets'] as const) {
    await db
      .deleteFrom(table)
      .where('tenant_id', '=', tenantId)
      .where('run_id', '<>', runId)
      .where('run_id', 'in', ofTenant.select('id').where('started_at', '<', new Date(plus(now, -BROKEN_OFF).getTime())))
      .execute()
  }
}

/** The newest that ended; of all products, or of the one. */
export async function lastRun(
  db: Db,
  tenantId: TenantId,
  { before, productId }: { readonly before?: RunKey; readonly productId?: string | undefined } = {},
): Promise<ReconcileRun | undefined> {
  const row = await db
    .selectFrom('reconcile_runs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('ended_at', 'is not', null)
    .$if(before !== undefined, (query) => query.where('id', '<>', before?.runId ?? ''))
    .$if(productId !== undefined, (query) => query.where('product_id', '=', productId ?? ''))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toRun(row)
}

export async function readRun(db: Db, { tenantId, runId }: RunKey): Promise<ReconcileRun | undefined> {
  const row = await db.selectFrom('reconcile_runs').selectAll().where('tenant_id', '=', tenantId).where('id', '=', runId).executeTakeFirst()
  return row && toRun(row)
}

/** Whether all of a tenant has ever been compared, dry runs included. */
export const hasCompleteRun = async (db: Db, tenantId: TenantId): Promise<boolean> =>
  (await db
    .selectFrom('reconcile_runs')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('ended_at', 'is not', null)
    .where('product_id', 'is', null)
    .where('faults', '=', '[]')
    .limit(1)
    .executeTakeFirst()) !== undefined

interface RunRow {
  readonly tenant_id: string
  readonly id: string
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly begun_by: string
  readonly dry_run: boolean
  readonly product_id: string | null
  readonly faults: unknown
  readonly counts: unknown
  readonly preexisting: number
}

const toRun = (row: RunRow): ReconcileRun => ({
  tenantId: tenantIdSchema.parse(row.tenant_id),
  runId: row.id,
  startedAt: instant(row.started_at),
  endedAt: row.ended_at === null ? undefined : instant(row.ended_at),
  by: row.begun_by,
  dryRun: row.dry_run,
  productId: row.product_id ?? undefined,
  faults: faults.parse(row.faults),
  counts: toCounts(row.counts),
  preexisting: row.preexisting,
})

function toCounts(stored: unknown): Counts {
  const read = counts.parse(stored)
  return countsOf((standing) => read[standing] ?? 0)
}

/** One number for each standing. */
export const countsOf = (count: (standing: Standing) => number): Counts => ({
  inStep: count('inStep'),
  waiting: count('waiting'),
  differs: count('differs'),
  onlyAtMicrosoft: count('onlyAtMicrosoft'),
  onlyAtConnect: count('onlyAtConnect'),
  onlyOurs: count('onlyOurs'),
  unmanaged: count('unmanaged'),
  notRead: count('notRead'),
})
