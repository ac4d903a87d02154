/**
 * Taking records in: each is kept once, and counted in exactly one slot or in a named state. A batch is taken in whole or not at all, and
 * telling it again changes nothing.
 */
import { type Db, type Tx, unlessTaken } from '../../database/index.ts'
import { days, plus } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { settleHeldAttention } from '../attention.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import { type Phase, phaseAt } from '../rules/phases.ts'
import { type Placement, place } from '../rules/place.ts'
import type { Content, FreshRecord, Intake } from './batch.ts'
import { inLedger } from './lock.ts'
import { keepRecords } from './records.ts'
import { addToSlots, bySlot, wakeSeal } from './slots.ts'
import { readStreams, type Streams } from './streams.ts'
import { contentOf, contentsOf, readTold, repeatedAs, type Told, toldId } from './told.ts'

export type { Intake } from './batch.ts'

/** Larger streams come in parts of this size: memory stays flat, and each part is one transaction. */
export const MOST_AT_ONCE = 10_000

/**
 * @param records at most `MOST_AT_ONCE`; a key that stands twice is judged like one told twice
 * @returns what became of each, in the order given
 */
export async function takeIn(db: Db, intake: Intake, records: readonly ReportedUsage[]): Promise<readonly TakenIn[]> {
  const contents = await contentsOf(records) // before the ledger is held: a part may be prepared while the one before it is written
  return inLedger(db, intake.tenantId, (tx) => take(tx, intake, { records, contents }))
}

/** The same for whoever holds the ledger already. */
export const takeInLocked = async (tx: Tx, intake: Intake, records: readonly ReportedUsage[]): Promise<readonly TakenIn[]> =>
  take(tx, intake, { records, contents: await contentsOf(records) })

/** Looking up the keys of many is dear, and almost always all of them are new: that is tried first, for the key itself refuses what was told before. */
async function take(tx: Tx, intake: Intake, batch: Batch): Promise<readonly TakenIn[]> {
  const { length } = batch.records
  if (length > MOST_AT_ONCE) throw new RangeError(`at most ${MOST_AT_ONCE} records, got ${length}`)
  const streams = await readStreams(tx, intake.tenantId, [...new Set(batch.records.map((one) => one.subscriptionId))], intake.now)
  const known = (told: ReadonlyMap<string, Told>) => judgeAndKeep(tx, intake, batch, { told, streams })
  const allNew = length >= MANY && !intake.dryRun ? await unlessTaken(tx, () => known(new Map())) : undefined
  return allNew ?? known(await readTold(tx, intake.tenantId, batch.records))
}

const MANY = 1_000

async function judgeAndKeep(tx: Tx, intake: Intake, batch: Batch, known: Known): Promise<readonly TakenIn[]> {
  const { outcomes, fresh } = judgeAll(batch, known, intake)
  if (!intake.dryRun && fresh.length > 0) await keep(tx, intake, known.streams, fresh)
  return outcomes
}

interface Batch {
  readonly records: readonly ReportedUsage[]
  /** Of each of them. */
  readonly contents: readonly Content[]
}

interface Known {
  readonly told: ReadonlyMap<string, Told>
  readonly streams: Streams
}

/** In the order given: what stands twice in a batch is judged as one told twice. */
function judgeAll(
  { records, contents }: Batch,
  { told, streams }: Known,
  intake: Intake,
): { readonly outcomes: readonly TakenIn[]; readonly fresh: readonly FreshRecord[] } {
  const fresh = new Map<string, FreshRecord>()
  const outcomes = records.map((record, index): TakenIn => {
    const content = contents[index] ?? contentOf(record)
    const id = toldId(record)
    const before = told.get(id)
    if (before) return before.hash === content.hash ? before.repeated : CONFLICT
    const twin = fresh.get(id)
    if (twin) return twin.content.hash === content.hash ? repeatedAs(twin.outcome) : CONFLICT
    const judged = judge(record, content, streams, intake)
    if (judged.outcome.outcome !== 'rejected' || intake.keepsRejected) fresh.set(id, judged)
    return judged.outcome
  })
  return { outcomes, fresh: [...fresh.values()] }
}

const CONFLICT: TakenIn = { outcome: 'conflict' }

function judge(record: ReportedUsage, content: Content, streams: Streams, { policyOf, now, reportedBefore }: Intake): FreshRecord {
  const phase = phaseAt(streams.phasesOf(record.subscriptionId), record.consumedAt)
  if (record.dimension === undefined) return { record, content, phase, outcome: { outcome: 'covered' } }
  const { late, wholeMonth, holdDays } = policyOf(record.productId)
  const policy = { late: record.wholeMonth ? wholeMonth : late, holdDays }
  const stream = streams.streamOf(record.subscriptionId, record.dimension)
  const placement = place(record, stream, policy, now)
  const doubted = placement.kind === 'slot' && reportedBefore?.has(record.key)
  const outcome = doubted
    ? ({ outcome: 'held', because: 'reportedBefore', until: plus(now, days(holdDays)) } as const)
    : outcomeOf(placement)
  return { record, content, phase, outcome }
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

/** Records into open hours, whoever decided so. */
export const keepAt = (
  tx: Tx,
  intake: Intake,
  streams: Streams,
  records: readonly { readonly record: ReportedUsage; readonly phase: Phase | undefined; readonly hour: UtcHour }[],
): Promise<void> =>
  keep(
    tx,
    intake,
    streams,
    records.map(({ record, phase, hour }) => ({ record, content: contentOf(record), phase, outcome: { outcome: 'placed', hour } })),
  )

async function keep(tx: Tx, intake: Intake, streams: Streams, fresh: readonly FreshRecord[]): Promise<void> {
  const { records, sums } = bySlot(fresh)
  await keepRecords(tx, intake, records)
  await tellOfHeld(tx, intake, fresh)
  await addToSlots(tx, intake, streams, sums)
}

/** Somebody has to decide, and sealing watches the deadlines. */
async function tellOfHeld(tx: Tx, { tenantId, now }: Intake, fresh: readonly FreshRecord[]): Promise<void> {
  const held = fresh.filter(({ outcome }) => outcome.outcome === 'held').map(({ record }) => record.subscriptionId)
  if (held.length === 0) return
  await settleHeldAttention(tx, tenantId, [...new Set(held)], now)
  await wakeSeal(tx, tenantId, now, now)
}
