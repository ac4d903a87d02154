/** Takes the good records of an accepted file into the ledger, part by part: each part with its mark in one transaction. */
import { sql } from 'kysely'
import { inTransaction, type Tx } from '../../database/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { dimensionId, subscriptionId } from '../../kit/ids.ts'
import { quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { UsageDeps } from '../deps.ts'
import { takeInLocked } from '../ledger/intake.ts'
import { inLedger } from '../ledger/lock.ts'
import { policiesOf } from '../policies.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import { closingNote } from '../rules/files/decide.ts'
import type { FileKey, StoredFile } from './file.ts'
import { refusalOf } from './judge.ts'
import { readReportedBefore } from './reported-before.ts'

const TOGETHER = 2_000

export async function takeFile(deps: UsageDeps, file: StoredFile, lease: Lease): Promise<void> {
  const policyOf = await policiesOf(deps.db, file.tenantId)
  for (;;) {
    const now = deps.clock.now()
    const left = await inLedger(deps.db, file.tenantId, async (tx) => {
      await lease.assertHeld(tx)
      const good = await readGood(tx, file)
      if (good.length === 0) return 0
      const reportedBefore = await readReportedBefore(tx, file, good)
      const taken = await takeInLocked(tx, { tenantId: file.tenantId, policyOf, now, reportedBefore }, good)
      await markTaken(tx, file, good, taken)
      return good.length
    })
    deps.crashPoint('usage.file.part')
    if (left < TOGETHER) break
  }
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await settleTheRest(tx, file)
  })
}

interface GoodRow {
  readonly record_id: string
  readonly subscription_id: string
  readonly dimension: string | null
  readonly quantity: string
  readonly consumed_from: Date
  readonly consumed_at: Date
  readonly whole_month: boolean
}

async function readGood(tx: Tx, { tenantId, fileId, productId }: StoredFile): Promise<readonly ReportedUsage[]> {
  const { rows } = await sql<GoodRow>`
    select record_id, subscription_id, dimension, quantity, consumed_from, consumed_at, whole_month from usage_file_records
    where tenant_id = ${tenantId} and file_id = ${fileId} and state = 'good' order by record_id limit ${TOGETHER}`.execute(tx)
  return rows.map((row) => ({
    source: 'connect',
    key: row.record_id,
    productId,
    subscriptionId: subscriptionId.parse(row.subscription_id),
    dimension: row.dimension === null ? undefined : dimensionId.parse(row.dimension),
    quantity: quantityOf(row.quantity),
    consumedFrom: row.consumed_from satisfies Instant,
    consumedAt: row.consumed_at,
    wholeMonth: row.whole_month,
    fileId,
  }))
}

/** What the ledger does not take although it was good when it was judged waits like every other bad record. */
async function markTaken(tx: Tx, { tenantId, fileId }: FileKey, good: readonly ReportedUsage[], taken: readonly TakenIn[]): Promise<void> {
  const refusals = good.map((_, index) => refusalOf(taken[index]) ?? null)
  await sql`
    update usage_file_records record
    set state = case when told.refusal is null then 'taken' else 'held' end,
      reasons = case when told.refusal is null then '{}' else array[told.refusal] end
    from unnest(${good.map(({ key }) => key)}::text[], ${refusals}::text[]) as told (record_id, refusal)
    where record.tenant_id = ${tenantId} and record.file_id = ${fileId} and record.record_id = told.record_id`.execute(tx)
}

const OTHER_TIER = 'Not billed by itself: the amount of the customer’s tier (0) of the same usage is.'

/** Bad ones of a file taken in part are closed with their reason; those of a file nobody asked us about wait for an operator. */
async function settleTheRest(tx: Tx, file: StoredFile): Promise<void> {
  const { tenantId, fileId } = file
  await sql`
    update usage_file_records set state = 'toClose', note = ${OTHER_TIER}
    where tenant_id = ${tenantId} and file_id = ${fileId} and state = 'otherTier'`.execute(tx)
  if (file.acceptedBy === 'bridge' && file.decision === 'acceptPartly') return closeWithReason(tx, file, 'bad')
  await sql`
    update usage_file_records set state = 'held' where tenant_id = ${tenantId} and file_id = ${fileId} and state = 'bad'`.execute(tx)
}

/** They are not billed, and the vendor is told why. */
export async function closeWithReason(
  tx: Tx,
  { tenantId, fileId }: FileKey,
  state: 'bad' | 'held',
  records?: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ reasons: string[] }>`
    select distinct reasons from usage_file_records where tenant_id = ${tenantId} and file_id = ${fileId} and state = ${state}`.execute(tx)
  for (const { reasons } of rows) {
    await sql`
      update usage_file_records set state = 'toClose', note = ${closingNote(reasons)}
      where tenant_id = ${tenantId} and file_id = ${fileId} and state = ${state} and reasons = ${reasons}::text[]
        and (${records === undefined} or record_id = any(${records ?? []}::text[]))`.execute(tx)
  }
}
