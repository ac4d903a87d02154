/**
 * Taking records in: each is kept once, and counted in exactly one slot or in a named state. A batch is taken in whole or not at all, and
 * telling it again changes nothing.
 */
import type { Db, Tx } from '../../database/index.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { settleHeldAttention } from '../attention.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import { type Phase, phaseAt } from '../rules/phases.ts'
import { type Placement, place } from '../rules/place.ts'
import type { FreshRecord, Intake } from './batch.ts'
import { inLedger } from './lock.ts'
import { keepRecords } from './records.ts'
import { addToSlots, sumBySlot, wakeSeal } from './slots.ts'
import { readStreams, type Streams } from './streams.ts'
import { contentHash, readTold, repeatedAs, toldId } from './told.ts'

export type { Intake } from './batch.ts'

/** Larger streams come in parts of this size: memory stays flat, and each part is one transaction. */
export const MOST_AT_ONCE = 10_000

/**
 * @param records at most `MOST_AT_ONCE`; a key that stands twice is judged like one told twice
 * @returns what became of each, in the order given
 */
export function takeIn(db: Db, intake: Intake, records: readonly ReportedUsage[]): Promise<readonly TakenIn[]> {
  return inLedger(db, intake.tenantId, (tx) => takeInLocked(tx, intake, records))
}

/** The same for whoever holds the ledger already. */
export async function takeInLocked(tx: Tx, intake: Intake, records: readonly ReportedUsage[]): Promise<readonly TakenIn[]> {
  if (records.length > MOST_AT_ONCE) throw new RangeError(`at most ${MOST_AT_ONCE} records, got ${records.length}`)
  const told = await readTold(tx, intake.tenantId, records)
  const streams = await readStreams(tx, intake.tenantId, [...new Set(records.map((one) => one.subscriptionId))], intake.now)
  const fresh: FreshRecord[] = []
  const outcomes = records.map((record) => {
    const id = toldId(record)
    const hash = contentHash(record)
    const before = told.get(id)
    if (before) return before.hash === hash ? before.repeated : CONFLICT
    const judged = { record, hash, ...judge(record, streams, intake) }
    if (judged.outcome.outcome === 'rejected' && !intake.keepsRejected) return judged.outcome
    fresh.push(judged)
    told.set(id, { hash, repeated: repeatedAs(judged.outcome) })
    return judged.outcome
  })
  if (!intake.dryRun && fresh.length > 0) await keep(tx, intake, streams, fresh)
  return outcomes
}

const CONFLICT: TakenIn = { outcome: 'conflict' }

function judge(record: ReportedUsage, streams: Streams, { policyOf, now }: Intake): Pick<FreshRecord, 'phase' | 'outcome'> {
  const phase = phaseAt(streams.phasesOf(record.subscriptionId), record.consumedAt)
  if (record.dimension === undefined) return { phase, outcome: { outcome: 'covered' } }
  const { late, wholeMonth, holdDays } = policyOf(record.productId)
  const policy = { late: record.wholeMonth ? wholeMonth : late, holdDays }
  const stream = streams.streamOf(record.subscriptionId, record.dimension)
  return { phase, outcome: outcomeOf(place(record, stream, policy, now)) }
}

function outcomeOf(placement: Placement): FreshRecord['outcome'] {
  switch (placement.kind) {
    case 'slot':
      return { outcome: 'placed', hour: placement.hour, ...(placement.moved ? { moved: placement.moved } : {}) }
    case 'hold':
      return { outcome: 'held', because: placement.because, until: placement.until }
    case 'reject':
      return { outcome: 'rejected', because: placement.because }
  }
}

/** One record into one open hour, whoever decided so. */
export const keepAt = (
  tx: Tx,
  intake: Intake,
  streams: Streams,
  record: ReportedUsage,
  phase: Phase | undefined,
  hour: UtcHour,
): Promise<void> => keep(tx, intake, streams, [{ record, hash: contentHash(record), phase, outcome: { outcome: 'placed', hour } }])

async function keep(tx: Tx, intake: Intake, streams: Streams, fresh: readonly FreshRecord[]): Promise<void> {
  await keepRecords(tx, intake, fresh)
  await tellOfHeld(tx, intake, fresh)
  await addToSlots(tx, intake, streams, sumBySlot(fresh))
}

/** Somebody has to decide, and sealing watches the deadlines. */
async function tellOfHeld(tx: Tx, { tenantId, now }: Intake, fresh: readonly FreshRecord[]): Promise<void> {
  const held = fresh.filter(({ outcome }) => outcome.outcome === 'held').map(({ record }) => record.subscriptionId)
  if (held.length === 0) return
  await settleHeldAttention(tx, tenantId, [...new Set(held)], now)
  await wakeSeal(tx, tenantId, now, now)
}
