/** What an operator decides about slots Microsoft did not take as they were: bill the rest later, write it off, or send it again. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import { type PlanId, type ProductId, planId, productId, type TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { settleUsageAttention } from '../attention.ts'
import { type Intake, keepAt } from '../ledger/intake.ts'
import { inLedger } from '../ledger/lock.ts'
import { type SlotKey, slotKeyOf } from '../ledger/plan-changes.ts'
import { readStreams, type Streams } from '../ledger/streams.ts'
import { wakeFilesOf } from '../ledger/wake-files.ts'
import { tellOutside } from '../out/results.ts'
import type { ReportedUsage } from '../record.ts'
import { phaseOfHour } from '../rules/phases.ts'
import { placeNow } from '../rules/place.ts'
import { mayMove, type SlotState } from '../rules/states.ts'
import { SEND_WORK } from '../work-kinds.ts'

export type SlotDecision = 'billLater' | 'writeOff' | 'sendAgain'

export type Decided =
  | { readonly outcome: 'billedLater'; readonly quantity: ExactQuantity; readonly hour: UtcHour }
  | { readonly outcome: 'writtenOff'; readonly quantity: ExactQuantity }
  | { readonly outcome: 'sentAgain'; readonly quantity: ExactQuantity }
  /** Nothing was changed. */
  | { readonly outcome: 'refused'; readonly because: 'unknownSlot' | 'notWaiting' | 'nothingLeft' | 'noHourLeft' | 'maybeBilled' }

export interface Decision {
  readonly decision: SlotDecision
  readonly slot: SlotKey
  /** For the ledger: who decided. */
  readonly by: string
}

const TARGETS: Readonly<Record<SlotDecision, SlotState>> = { billLater: 'billedLater', writeOff: 'writtenOff', sendAgain: 'sealed' }

/** What would happen, and nothing else. */
export const previewDecision = (db: Db, intake: Intake, decision: Decision): Promise<Decided> =>
  inTransaction(db, async (tx) => (await judge(tx, intake, decision)).decided)

/** Safe to repeat: what was decided is not waiting any more. */
export function decide(db: Db, intake: Intake, decision: Decision): Promise<Decided> {
  return inLedger(db, intake.tenantId, async (tx) => {
    const judged = await judge(tx, intake, decision)
    if (judged.decided.outcome === 'refused' || !judged.waiting) return judged.decided
    await moveSlot(tx, intake, decision)
    if (judged.decided.outcome === 'billedLater') await billRest(tx, intake, judged.streams, judged.waiting, judged.decided)
    if (judged.decided.outcome === 'sentAgain')
      await wake(tx, { tenantId: intake.tenantId, kind: SEND_WORK, key: intake.tenantId }, intake.now)
    await wakeFilesOf(tx, intake.tenantId, [decision.slot], intake.now)
    await tellOutside(tx, intake.tenantId, [decision.slot], intake.now)
    await settleUsageAttention(tx, intake.tenantId, [decision.slot], intake.now)
    return judged.decided
  })
}

interface WaitingSlot extends SlotKey {
  readonly productId: ProductId
  readonly planId: PlanId
  /** What Microsoft has not billed of it. */
  readonly left: ExactQuantity
  readonly state: SlotState
  /** A sending of it was never answered: Microsoft may have billed it all the same. */
  readonly maybeBilled: boolean
}

async function judge(tx: Tx, { tenantId, now }: Intake, { decision, slot }: Decision) {
  const streams = await readStreams(tx, tenantId, [slot.subscriptionId], now)
  const waiting = await readWaiting(tx, tenantId, slot)
  return { streams, waiting, decided: verdict(decision, waiting, placeNow(streams.streamOf(slot.subscriptionId, slot.dimension), now)) }
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

async function readWaiting(tx: Tx, tenantId: TenantId, slot: SlotKey): Promise<WaitingSlot | undefined> {
  const row = await tx
    .selectFrom('usage_slots')
    .select(['subscription_id', 'dimension', 'hour', 'product_id', 'plan_id', 'state', 'quantity', 'accepted_quantity', 'unanswered'])
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', slot.subscriptionId)
    .where('dimension', '=', slot.dimension)
    .where('hour', '=', new Date(slot.hour.getTime()))
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...slotKeyOf(row),
    productId: productId.parse(row.product_id),
    planId: planId.parse(row.plan_id),
    left: quantityOf(row.quantity ?? '0') - quantityOf(row.accepted_quantity ?? '0'),
    state: row.state as SlotState, // the database holds no other
    maybeBilled: row.unanswered > 0 && row.state !== 'differs',
  }
}

const moveSlot = (tx: Tx, { tenantId, now }: Intake, { decision, slot, by }: Decision) =>
  sql`
    update usage_slots set state = ${TARGETS[decision]}, decided_at = ${now}::timestamptz, decided_by = ${by}, updated_at = ${now}::timestamptz,
      not_before = null
    where tenant_id = ${tenantId} and subscription_id = ${slot.subscriptionId} and dimension = ${slot.dimension}
      and hour = ${slot.hour.toISOString()}::timestamptz`.execute(tx)

/** The rest is a record of its own, so that it can be followed; it was due before, so nothing is included of it again. */
async function billRest(
  tx: Tx,
  intake: Intake,
  streams: Streams,
  slot: WaitingSlot,
  { quantity, hour }: { readonly quantity: ExactQuantity; readonly hour: UtcHour },
): Promise<void> {
  const { subscriptionId, dimension, productId: product } = slot
  const phase = phaseOfHour(streams.phasesOf(subscriptionId), slot.hour)
  const record: ReportedUsage = {
    ...{ source: 'rest', key: restKey(slot), productId: product, subscriptionId, dimension, quantity },
    ...{ consumedFrom: slot.hour, consumedAt: slot.hour, wholeMonth: false },
  }
  await keepAt(tx, intake, streams, record, phase && { ...phase, planId: slot.planId }, hour)
}

export const restKey = ({ subscriptionId, dimension, hour }: SlotKey): string => `${subscriptionId}/${dimension}/${hour.toISOString()}`
