/** Who decides, and a decision over many hours or records in parts: each part is one transaction, so that neither locks nor memory grow with it. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { SubscriptionId } from '../../kit/ids.ts'
import { type ExactQuantity, printQuantity } from '../../kit/quantity.ts'
import { addToTimelineIfKnown } from '../../subscriptions/index.ts'
import type { Intake } from '../ledger/intake.ts'
import { inLedger } from '../ledger/lock.ts'
import type { ReportedUsage } from '../record.ts'

export interface Signature {
  readonly by: string
  /** What to remember with it. */
  readonly note?: string | undefined
}

/** What has to be true with a decision or not at all: done in the transaction of each part that changes something. */
export interface Together {
  readonly together?: ((tx: Tx) => Promise<void>) | undefined
}

/** Hours or records in one transaction. */
const TOGETHER = 200

/** What a part came to stays decided, whatever stops the next one: saying it again goes on where it ended. */
export async function inParts<Item, Outcome>(
  db: Db,
  intake: Intake,
  items: readonly Item[],
  decidePart: (tx: Tx, part: readonly Item[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (let from = 0; from < items.length; from += TOGETHER) {
    const part = items.slice(from, from + TOGETHER)
    const work = (tx: Tx) => decidePart(tx, part)
    outcomes.push(...(await (intake.dryRun ? inTransaction(db, work) : inLedger(db, intake.tenantId, work))))
  }
  return outcomes
}

export interface DecidedUsage {
  readonly subscriptionId: SubscriptionId
  readonly dimension: string
  readonly quantity: ExactQuantity
}

/** One entry a subscription and part: how much of which dimension, who decided, and the note. */
export const tellDecided = (
  tx: Tx,
  intake: Intake,
  decision: string,
  decided: readonly DecidedUsage[],
  signature: Signature,
): Promise<void> => tell(tx, intake, { event: 'usage.decided', decision }, decided, signature)

/** What an operator added by hand: who did is kept with each record, and told. */
export async function signRecords(tx: Tx, intake: Intake, records: readonly ReportedUsage[], signature: Signature): Promise<void> {
  if (records.length === 0) return
  const { by, note } = signature
  await sql`
    update usage_records set decided_at = ${intake.now}::timestamptz, decided_by = ${by}, decided_note = ${note ?? null}
    where tenant_id = ${intake.tenantId} and source = 'manual' and key = any(${records.map(({ key }) => key)}::text[])`.execute(tx)
  const added = records.flatMap(({ subscriptionId, dimension, quantity }) =>
    dimension === undefined ? [] : [{ subscriptionId, dimension, quantity }],
  )
  await tell(tx, intake, { event: 'usage.added' }, added, signature)
}

async function tell(
  tx: Tx,
  { tenantId, now }: Intake,
  { event, ...what }: { readonly event: 'usage.decided' | 'usage.added'; readonly decision?: string },
  about: readonly DecidedUsage[],
  { by, note }: Signature,
): Promise<void> {
  for (const subscriptionId of new Set(about.map((one) => one.subscriptionId))) {
    const usage = usageInWords(about.filter((one) => one.subscriptionId === subscriptionId))
    const facts = { ...what, usage, by, ...(note === undefined ? {} : { note }) }
    await addToTimelineIfKnown(tx, { tenantId, subscriptionId }, [{ actor: 'operator', event, facts }], now)
  }
}

function usageInWords(decided: readonly DecidedUsage[]): readonly string[] {
  const sums = new Map<string, ExactQuantity>()
  for (const { dimension, quantity } of decided) sums.set(dimension, (sums.get(dimension) ?? 0n) + quantity)
  return [...sums].map(([dimension, sum]) => `${printQuantity(sum)} of ${dimension}`)
}
