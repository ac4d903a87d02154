/** Sealed slots on their way: what is to be sent, that it is being sent, and what Microsoft said. Every write is under the lease. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { type OfferId, offerId, type PlanId, planId, type TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, printQuantity, quantityOf } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { SealedSlot } from '../rules/submission.ts'
import type { Settlement, Verdict } from '../rules/verdict.ts'
import { type SlotKey, slotKeyOf } from './plan-changes.ts'

export interface SlotToSend extends SealedSlot, SlotKey {
  readonly dimension: SlotKey['dimension']
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly quantity: ExactQuantity
  /** How often it was sent. */
  readonly sends: number
}

const MOST_READ = 1_000

/** The oldest sealed slots, and those a process died over: Microsoft may have them, and sending again is safe. */
export async function readToSend(db: Db, tenantId: TenantId): Promise<readonly SlotToSend[]> {
  const { rows } = await sql<ToSendRow>`
    select slot.subscription_id, slot.dimension, slot.hour, slot.offer_id, slot.plan_id, slot.quantity, slot.sends, slot.not_before, present.status,
      ${isStopped} as stopped
    from usage_slots slot
    left join lateral (
      select status from subscription_phases phase
      where phase.tenant_id = slot.tenant_id and phase.subscription_id = slot.subscription_id order by seq desc limit 1
    ) present on true
    where slot.tenant_id = ${tenantId} and slot.state in ('sealed', 'sent')
    order by slot.hour, slot.subscription_id, slot.dimension limit ${MOST_READ}`.execute(db)
  return rows.map((row) => ({
    ...slotKeyOf(row),
    offerId: offerId.parse(row.offer_id),
    planId: planId.parse(row.plan_id),
    quantity: quantityOf(row.quantity),
    sends: row.sends,
    notBefore: row.not_before ?? undefined,
    status: row.status ?? 'Subscribed',
    stopped: row.stopped,
  }))
}

interface ToSendRow {
  readonly subscription_id: string
  readonly dimension: string
  readonly hour: Date
  readonly offer_id: string
  readonly plan_id: string
  readonly quantity: string
  readonly sends: number
  readonly not_before: Date | null
  readonly status: SlotToSend['status'] | null
  readonly stopped: boolean
}

const isStopped: RawBuilder<boolean> = sql`exists (
  select from usage_stops stop where stop.tenant_id = slot.tenant_id and stop.product_id in ('', slot.product_id)
)`

/**
 * The intent, before the call. What an operator has stopped in the meantime stays where it is.
 * @returns the slots that may go out now
 */
export async function markSent(tx: Tx, tenantId: TenantId, slots: readonly SlotToSend[], now: Instant): Promise<readonly SlotToSend[]> {
  const { rows } = await sql<{ subscription_id: string; dimension: string; hour: Date }>`
    update usage_slots slot
    set state = 'sent', sends = slot.sends + 1, unanswered = slot.unanswered + 1, sent_at = ${now}::timestamptz, not_before = null, because = null, updated_at = ${now}::timestamptz
    from ${keysOf(slots)} as told (subscription_id, dimension, hour)
    where ${isTold(tenantId)} and slot.state in ('sealed', 'sent') and not ${isStopped}
    returning slot.subscription_id, slot.dimension, slot.hour`.execute(tx)
  const marked = new Set(rows.map((row) => textOf(slotKeyOf(row))))
  return slots.filter((slot) => marked.has(textOf(slot))).map((slot) => ({ ...slot, sends: slot.sends + 1 }))
}

export interface Settled {
  readonly slot: SlotKey & { readonly quantity: ExactQuantity }
  readonly settlement: Settlement
  /** Undefined when Microsoft said nothing about it. */
  readonly verdict: Verdict | undefined
}

export async function recordSettlements(tx: Tx, tenantId: TenantId, settled: readonly Settled[], now: Instant): Promise<void> {
  if (settled.length === 0) return
  const column = <T>(read: (one: Settled) => T): T[] => settled.map(read)
  await sql`
    update usage_slots slot
    set state = told.state, because = told.because, not_before = told.not_before, usage_event_id = told.usage_event_id,
      accepted_quantity = told.accepted_quantity, accepted_at = told.accepted_at, microsoft = told.microsoft,
      unanswered = case told.answer when 'taken' then 0 when 'refused' then greatest(slot.unanswered - 1, 0) else slot.unanswered end, updated_at = ${now}::timestamptz
    from unnest(
      ${column(({ slot }) => slot.subscriptionId)}::uuid[], ${column(({ slot }) => slot.dimension)}::text[],
      ${column(({ slot }) => slot.hour.toISOString())}::timestamptz[], ${column(({ settlement }) => settlement.to)}::text[],
      ${column(({ settlement }) => ('because' in settlement ? settlement.because : null))}::text[],
      ${column(({ settlement }) => ('until' in settlement ? settlement.until.toISOString() : null))}::timestamptz[],
      ${column(({ verdict }) => verdict?.usageEventId ?? null)}::uuid[], ${column(acceptedText)}::numeric[],
      ${column(({ verdict }) => verdict?.acceptedAt?.toISOString() ?? null)}::timestamptz[], ${column(({ verdict }) => wordsOf(verdict))}::jsonb[],
      ${column(answerOf)}::text[]
    ) as told (subscription_id, dimension, hour, state, because, not_before, usage_event_id, accepted_quantity, accepted_at, microsoft, answer)
    where ${isTold(tenantId)} and slot.state = 'sent'`.execute(tx)
}

/** Whether Microsoft has it now; of a passing error, a word nobody knows or silence nothing can be said. */
function answerOf({ settlement, verdict }: Settled): 'taken' | 'refused' | 'unclear' {
  if (settlement.to === 'accepted' || settlement.to === 'differs') return 'taken'
  const isUnclear = verdict === undefined || ['Error', 'Unknown', 'Duplicate'].includes(verdict.status)
  return isUnclear ? 'unclear' : 'refused'
}

/** An acceptance without a number accepts what was sent. */
const acceptedText = ({ slot, settlement, verdict }: Settled): string | null => {
  if (settlement.to !== 'accepted' && settlement.to !== 'differs') return null
  return printQuantity(verdict?.acceptedQuantity ?? slot.quantity)
}

const wordsOf = (verdict: Verdict | undefined): string | null =>
  verdict ? JSON.stringify({ status: verdict.rawStatus, ...(verdict.message === undefined ? {} : { message: verdict.message }) }) : null

export async function markExpired(tx: Tx, tenantId: TenantId, slots: readonly SlotToSend[], now: Instant): Promise<void> {
  if (slots.length === 0) return
  await sql`
    update usage_slots slot set state = 'expired', because = case when slot.unanswered > 0 then 'unanswered' else 'window' end, updated_at = ${now}::timestamptz
    from ${keysOf(slots)} as told (subscription_id, dimension, hour)
    where ${isTold(tenantId)} and slot.state in ('sealed', 'sent')`.execute(tx)
}

const isTold = (tenantId: TenantId): RawBuilder<boolean> => sql`slot.tenant_id = ${tenantId} and slot.subscription_id = told.subscription_id
  and slot.dimension = told.dimension and slot.hour = told.hour`

const keysOf = (slots: readonly SlotKey[]): RawBuilder<unknown> => sql`unnest(
  ${slots.map((slot) => slot.subscriptionId)}::uuid[], ${slots.map((slot) => slot.dimension)}::text[],
  ${slots.map((slot) => slot.hour.toISOString())}::timestamptz[]
)`

const textOf = ({ subscriptionId, dimension, hour }: SlotKey): string => `${subscriptionId} ${dimension} ${hour.getTime()}`
