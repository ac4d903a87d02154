/** Judges the records of a file part by part, and counts what they came to. Nothing is taken in: the ledger is only asked. */
import { sql } from 'kysely'
import { inTransaction, type Tx } from '../../database/index.ts'
import type { Lease } from '../../database/work/index.ts'
import { dimensionId, type SubscriptionId } from '../../kit/ids.ts'
import { printQuantity } from '../../kit/quantity.ts'
import type { UsageDeps } from '../deps.ts'
import { takeIn } from '../ledger/intake.ts'
import { policiesOf } from '../policies.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import type { ReasonCount, Tally } from '../rules/files/decide.ts'
import { type Bill, type FileFacts, judgeRecord, type RecordVerdict } from '../rules/files/judge.ts'
import { isRecordReason, type RecordReason } from '../rules/files/reasons.ts'
import type { FileKey, StoredFile } from './file.ts'
import { know, readPlans } from './knowledge.ts'
import { type ReadRecord, readPart } from './rows.ts'

const TOGETHER = 2_000

/** A record with its verdict, and what a good one is as the ledger takes it. */
interface Judged {
  readonly record: ReadRecord
  readonly verdict: RecordVerdict
  readonly subscriptionId: SubscriptionId | undefined
}

/** @param states which of its records: all of them, or those an operator has judged again */
export async function judgeFile(
  deps: UsageDeps,
  file: StoredFile & { readonly facts: FileFacts },
  lease: Pick<Lease, 'assertHeld'>,
  states: readonly string[] = ['read', 'good', 'bad', 'own', 'otherTier', 'done'],
): Promise<void> {
  const { db, clock } = deps
  const policyOf = await policiesOf(db, file.tenantId)
  const plans = await readPlans(db, file.tenantId)
  for (let after = ''; ; ) {
    const records = await readPart(db, file, states, after, TOGETHER)
    const last = records.at(-1)
    if (!last) return
    const knowing = await know(db, file.tenantId, plans, policyOf(file.productId), records)
    const judged = records.map(
      (record): Judged => ({
        record,
        verdict: judgeRecord(file.facts, record, knowing.of(record)),
        subscriptionId: knowing.subscriptionOf(record),
      }),
    )
    const asked = judged.flatMap((one) => reportedOf(file, one) ?? [])
    const answers = await takeIn(db, { tenantId: file.tenantId, policyOf, now: clock.now(), dryRun: true }, asked)
    const refused = new Map(asked.map((one, index) => [one.key, refusalOf(answers[index])]))
    const final = judged.map((one) => withRefusal(one, refused.get(one.record.id)))
    await inTransaction(db, async (tx) => {
      await lease.assertHeld(tx)
      await saveVerdicts(tx, file, final)
    })
    after = last.id
  }
}

const withRefusal = (judged: Judged, refusal: RecordReason | undefined): Judged =>
  refusal === undefined ? judged : { ...judged, verdict: { kind: 'bad', reasons: [refusal] } }

/** What the ledger's no means to the vendor. */
export function refusalOf(taken: TakenIn | undefined): RecordReason | undefined {
  if (taken?.outcome === 'conflict') return 'TOLD_DIFFERENTLY'
  if (taken?.outcome !== 'rejected') return undefined
  switch (taken.because) {
    case 'inFuture':
      return 'IN_FUTURE'
    case 'beforeStart':
      return 'NOT_ACTIVE'
    case 'afterEnd':
      return 'AFTER_END'
    case 'late':
      return 'TOO_LATE'
    case 'wholeMonth':
      return 'WHOLE_MONTH'
  }
}

function reportedOf(file: StoredFile, { record, verdict, subscriptionId }: Judged): ReportedUsage | undefined {
  const bill = billOf(verdict)
  if (!bill || subscriptionId === undefined) return undefined
  return {
    ...bill,
    source: 'connect',
    key: record.id,
    productId: file.productId,
    subscriptionId,
    dimension: bill.dimension === undefined ? undefined : dimensionId.parse(bill.dimension),
    fileId: file.fileId,
  }
}

/** What the ledger keeps of it: a dimension of none where the flat fee covers it. */
function billOf(verdict: RecordVerdict): (Omit<Bill, 'dimension'> & { readonly dimension: string | undefined }) | undefined {
  if (verdict.kind === 'bill') {
    const { dimension, quantity, consumedFrom, consumedAt, wholeMonth } = verdict
    return { dimension, quantity, consumedFrom, consumedAt, wholeMonth }
  }
  return verdict.kind === 'covered' && verdict.because === 'flatFee' ? { ...verdict.bill, dimension: undefined } : undefined
}

async function saveVerdicts(tx: Tx, { tenantId, fileId }: FileKey, judged: readonly Judged[]): Promise<void> {
  const column = <T>(read: (one: Judged) => T): T[] => judged.map(read)
  const bill = <T>(read: (bill: NonNullable<ReturnType<typeof billOf>>) => T): (T | null)[] =>
    column(({ verdict }) => {
      const one = billOf(verdict)
      return one ? read(one) : null
    })
  await sql`
    update usage_file_records record
    set state = told.state, reasons = case told.reasons when '' then '{}' else string_to_array(told.reasons, ',') end, subscription_id = told.subscription_id, dimension = told.dimension,
      quantity = told.quantity, consumed_from = told.consumed_from, consumed_at = told.consumed_at, whole_month = told.whole_month
    from unnest(
        ${column(({ record }) => record.id)}::text[], ${column(({ verdict }) => stateOf(verdict))}::text[],
        ${column(({ verdict }) => (verdict.kind === 'bad' ? verdict.reasons.join(',') : ''))}::text[],
        ${column(({ subscriptionId }) => subscriptionId ?? null)}::uuid[], ${bill((one) => one.dimension ?? null)}::text[],
        ${bill((one) => printQuantity(one.quantity))}::numeric[], ${bill((one) => one.consumedFrom.toISOString())}::timestamptz[],
        ${bill((one) => one.consumedAt.toISOString())}::timestamptz[], ${bill((one) => one.wholeMonth)}::boolean[]
      ) as told (record_id, state, reasons, subscription_id, dimension, quantity, consumed_from, consumed_at, whole_month)
    where record.tenant_id = ${tenantId} and record.file_id = ${fileId} and record.record_id = told.record_id`.execute(tx)
}

function stateOf(verdict: RecordVerdict): string {
  switch (verdict.kind) {
    case 'bill':
      return 'good'
    case 'covered':
      return verdict.because === 'flatFee' ? 'good' : 'otherTier'
    case 'own':
    case 'bad':
    case 'done':
      return verdict.kind
  }
}

/** What they came to. What Connect or somebody else is done with does not count. */
export async function tally(tx: Tx, { tenantId, fileId }: FileKey): Promise<Tally> {
  const { rows: counts } = await sql<{ records: string; bad: string }>`
    select count(*) as records, count(*) filter (where state in ('bad', 'held')) as bad from usage_file_records
    where tenant_id = ${tenantId} and file_id = ${fileId} and state <> 'done'`.execute(tx)
  const { rows } = await sql<{ reason: string; records: string; example: string }>`
    select reason, count(*) as records, min(record_id) as example
    from usage_file_records, unnest(reasons) as reason
    where tenant_id = ${tenantId} and file_id = ${fileId} and state in ('bad', 'held')
    group by 1 order by 2 desc, 1`.execute(tx)
  const reasons = rows.flatMap(({ reason, records, example }): readonly ReasonCount[] =>
    isRecordReason(reason) ? [{ reason, records: Number(records), example }] : [],
  )
  return { records: Number(counts[0]?.records ?? 0), bad: Number(counts[0]?.bad ?? 0), reasons }
}
