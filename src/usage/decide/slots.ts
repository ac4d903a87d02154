/** What an operator decides about slots Microsoft did not take as they were: bill the rest later, write it off, or send it again. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import type { ExactQuantity } from '../../kit/quantity.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { settleUsageAttention } from '../attention.ts'
import { type Intake, keepAt } from '../ledger/intake.ts'
import type { SlotKey } from '../ledger/plan-changes.ts'
import { keysOf } from '../ledger/slot-keys.ts'
import { readStreams, type Streams } from '../ledger/streams.ts'
import { wakeFilesOf } from '../ledger/wake-files.ts'
import { tellOutside } from '../out/results.ts'
import type { ReportedUsage } from '../record.ts'
import { phaseOfHour } from '../rules/phases.ts'
import { placeNow } from '../rules/place.ts'
import { mayMove, type SlotState } from '../rules/states.ts'
import { SEND_WORK } from '../work-kinds.ts'
import { inParts, type Signature, type Together, tellDecided } from './signed.ts'
import { readWaiting, slotText, type WaitingSlot } from './waiting.ts'

export type SlotDecision = 'billLater' | 'writeOff' | 'sendAgain'

export type Decided =
  | { readonly outcome: 'billedLater'; readonly quantity: ExactQuantity; readonly hour: UtcHour }
  | { readonly outcome: 'writtenOff'; readonly quantity: ExactQuantity }
  | { readonly outcome: 'sentAgain'; readonly quantity: ExactQuantity }
  /** Nothing was changed. */
  | { readonly outcome: 'refused'; readonly because: 'unknownSlot' | 'notWaiting' | 'nothingLeft' | 'noHourLeft' | 'maybeBilled' }

/** Signed, for the ledger. */
export interface Decisions extends Signature, Together {
  readonly decision: SlotDecision
  readonly slots: readonly SlotKey[]
}

const TARGETS: Readonly<Record<SlotDecision, SlotState>> = { billLater: 'billedLater', writeOff: 'writtenOff', sendAgain: 'sealed' }

/**
 * Safe to repeat: what was decided is not waiting any more. An intake's `dryRun` says what would happen, and nothing else.
 * @returns what became of each slot, in the order given
 */
export const decideSlots = (db: Db, intake: Intake, { slots, ...decision }: Decisions): Promise<readonly Decided[]> =>
  inParts(db, intake, slots, (tx, part) => decidePart(tx, intake, { ...decision, slots: part }))

async function decidePart(tx: Tx, intake: Intake, decisions: Decisions): Promise<readonly Decided[]> {
  const subscriptions = [...new Set(decisions.slots.map((slot) => slot.subscriptionId))]
  const streams = await readStreams(tx, intake.tenantId, subscriptions, intake.now)
  const judged = await judge(tx, intake, streams, decisions)
  const changed = judged.flatMap(({ decided, waiting }) =>
    waiting && decided.outcome !== 'refused' ? [{ slot: waiting, decided } satisfies Changed] : [],
  )
  if (!intake.dryRun && changed.length > 0) await carryOut(tx, intake, streams, decisions, changed)
  return judged.map(({ decided }) => decided)
}

interface Judged {
  readonly decided: Decided
  readonly waiting: WaitingSlot | undefined
}

/** What is named twice is decided once. */
async function judge(tx: Tx, { tenantId, now }: Intake, streams: Streams, { decision, slots }: Decisions): Promise<readonly Judged[]> {
  const waiting = new Map(await readWaiting(tx, tenantId, slots))
  return slots.map((key) => {
    const slot = waiting.get(slotText(key))
    const decided = verdict(decision, slot, placeNow(streams.streamOf(key.subscriptionId, key.dimension), now))
    if (slot && decided.outcome !== 'refused') waiting.set(slotText(key), { ...slot, state: TARGETS[decision] })
    return { decided, waiting: slot }
  })
}

function verdict(decision: SlotDecision, waiting: WaitingSlot | undefined, hour: UtcHour | undefined): Decided {
  if (!waiting) return { outcome: 'refused', because: 'unknownSlot' }
  if (!mayMove(waiting.state, TARGETS[decision])) return { outcome: 'refused', because: 'notWaiting' }
  switch (decision) {
    case 'writeOff':
      return { outcome: 'writtenOff', quantity: waiting.left }
    case 'sendAgain':
      return { outcome: 'sentAgain', quantity: waiting.left }
    case 'billLater':
      if (waiting.maybeBilled) return { outcome: 'refused', because: 'maybeBilled' }
      if (waiting.left <= 0n) return { outcome: 'refused', because: 'nothingLeft' }
      return hour ? { outcome: 'billedLater', quantity: waiting.left, hour } : { outcome: 'refused', because: 'noHourLeft' }
  }
}

interface Changed {
  readonly slot: WaitingSlot
  readonly decided: Exclude<Decided, { readonly outcome: 'refused' }>
}

async function carryOut(tx: Tx, intake: Intake, streams: Streams, decisions: Decisions, changed: readonly Changed[]): Promise<void> {
  const { tenantId, now } = intake
  const slots = changed.map(({ slot }) => slot)
  await moveSlots(tx, intake, decisions, slots)
  await billRests(tx, intake, streams, changed)
  if (decisions.decision === 'sendAgain') await wake(tx, { tenantId, kind: SEND_WORK, key: tenantId }, now)
  await wakeFilesOf(tx, tenantId, slots, now, 'atOnce')
  await tellOutside(tx, tenantId, slots, now)
  const told = changed.map(({ slot, decided }) => ({ ...slot, quantity: decided.quantity }))
  await tellDecided(tx, intake, decisions.decision, told, decisions)
  await decisions.together?.(tx) // before what is left is told: what asks for attention still says so
  await settleUsageAttention(tx, tenantId, slots, now)
}

const moveSlots = (tx: Tx, { tenantId, now }: Intake, { decision, by, note }: Decisions, slots: readonly SlotKey[]) =>
  sql`
    update usage_slots slot set state = ${TARGETS[decision]}, decided_at = ${now}::timestamptz, decided_by = ${by}, decided_note = ${note ?? null},
      updated_at = ${now}::timestamptz, not_before = null
    from ${keysOf(slots)} as told (subscription_id, dimension, hour)
    where slot.tenant_id = ${tenantId} and slot.subscription_id = told.subscription_id and slot.dimension = told.dimension
      and slot.hour = told.hour`.execute(tx)

/** Each rest is a record of its own, so that it can be followed; it was due before, so nothing is included of it again. */
async function billRests(tx: Tx, intake: Intake, streams: Streams, changed: readonly Changed[]): Promise<void> {
  const rests = changed.flatMap(({ slot, decided }) => (decided.outcome === 'billedLater' ? [restOf(streams, slot, decided)] : []))
  if (rests.length > 0) await keepAt(tx, intake, streams, rests)
}

function restOf(
  streams: Streams,
  slot: WaitingSlot,
  { quantity, hour }: { readonly quantity: ExactQuantity; readonly hour: UtcHour },
): Parameters<typeof keepAt>[3][number] {
  const { subscriptionId, dimension, productId } = slot
  const phase = phaseOfHour(streams.phasesOf(subscriptionId), slot.hour)
  const record: ReportedUsage = {
    ...{ source: 'rest', key: slotText(slot), productId, subscriptionId, dimension, quantity },
    ...{ consumedFrom: slot.hour, consumedAt: slot.hour, wholeMonth: false },
  }
  return { record, phase: phase && { ...phase, planId: slot.planId }, hour }
}
