/** What sealing needs to know, read at once for all the slots that are due: their sums by meter, the meters, and what the plans include. */
import { sql } from 'kysely'
import type { Tx } from '../../database/index.ts'
import { type OfferId, type ProductId, planId } from '../../kit/ids.ts'
import { type ExactQuantity, quantityOf } from '../../kit/quantity.ts'
import { instant } from '../../kit/time.ts'
import type { SubscriptionPhase } from '../../subscriptions/index.ts'
import type { Meter } from '../rules/meter.ts'
import type { Intake } from './intake.ts'
import { type Meters, readMeters } from './meters.ts'
import { type SlotKey, slotKeyOf } from './plan-changes.ts'
import { type PlanTermKey, type PlanTerms, readPlanTerms } from './plan-terms.ts'
import { type Streams, streamKey } from './streams.ts'

export interface DueSlot extends SlotKey {
  readonly offerId: OfferId
  readonly productId: ProductId
}

/** Consumed in a slot, of one meter. */
export type MeterSum = Pick<Meter, 'kind' | 'planId' | 'termStart'> & { readonly quantity: ExactQuantity }

export interface Books {
  readonly policyOf: Intake['policyOf']
  readonly phasesOf: Streams['phasesOf']
  /** Kept up to date while sealing goes on. */
  readonly meters: Meters
  readonly sumsOf: (slot: SlotKey) => readonly MeterSum[]
  /** Undefined while Microsoft was never asked. */
  readonly termsOf: (key: PlanTermKey) => PlanTerms | undefined
}

export async function openBooks(tx: Tx, intake: Intake, streams: Streams, due: readonly DueSlot[]): Promise<Books> {
  const meters = await readMeters(tx, intake.tenantId, [...new Set(due.map((slot) => slot.subscriptionId))])
  const sums = await readSums(tx, intake, due)
  const terms = await readTerms(tx, intake, streams, due)
  return {
    policyOf: intake.policyOf,
    phasesOf: streams.phasesOf,
    meters,
    sumsOf: (slot) => sums.get(slotText(slot)) ?? [],
    termsOf: (key) => terms.get(termText(key)),
  }
}

const slotText = ({ subscriptionId, dimension, hour }: SlotKey): string => `${streamKey(subscriptionId, dimension)} ${hour.getTime()}`

interface SumRow {
  readonly subscription_id: string
  readonly dimension: string
  readonly hour: Date
  readonly kind: 'term' | 'rest'
  readonly plan_id: string
  readonly term_start: Date
  readonly quantity: string
}

async function readSums(tx: Tx, { tenantId }: Intake, due: readonly DueSlot[]): Promise<ReadonlyMap<string, readonly MeterSum[]>> {
  const { rows } = await sql<SumRow>`
    select record.subscription_id, record.dimension, record.slot_hour as hour, case record.source when 'rest' then 'rest' else 'term' end as kind,
      record.plan_id, record.term_start, sum(record.quantity) as quantity
    from unnest(${due.map((slot) => slot.subscriptionId)}::uuid[], ${due.map((slot) => slot.dimension)}::text[],
      ${due.map((slot) => slot.hour.toISOString())}::timestamptz[]) as slot (subscription_id, dimension, hour)
    join usage_records record on record.tenant_id = ${tenantId} and record.subscription_id = slot.subscription_id
      and record.dimension = slot.dimension and record.slot_hour = slot.hour and record.state = 'placed'
    group by 1, 2, 3, 4, 5, 6`.execute(tx)
  const sums = new Map<string, MeterSum[]>()
  for (const row of rows) {
    const key = slotText(slotKeyOf(row))
    const sum = {
      kind: row.kind,
      planId: planId.parse(row.plan_id),
      termStart: instant(row.term_start),
      quantity: quantityOf(row.quantity),
    }
    sums.set(key, [...(sums.get(key) ?? []), sum])
  }
  return sums
}

async function readTerms(tx: Tx, { tenantId }: Intake, streams: Streams, due: readonly DueSlot[]): Promise<ReadonlyMap<string, PlanTerms>> {
  const keys = new Map<string, PlanTermKey>()
  for (const slot of due) {
    for (const phase of streams.phasesOf(slot.subscriptionId)) keys.set(termText(termKey(slot, phase)), termKey(slot, phase))
  }
  const terms = new Map<string, PlanTerms>()
  for (const [text, key] of keys) {
    const read = await readPlanTerms(tx, tenantId, key)
    if (read) terms.set(text, read)
  }
  return terms
}

const termText = ({ offerId, planId: plan, termUnit }: PlanTermKey): string => `${offerId} ${plan} ${termUnit}`

/** The term Microsoft bills by when it does not tell which. */
const MONTH = 'P1M'

export const termKey = (slot: DueSlot, { planId: plan, termUnit }: Pick<SubscriptionPhase, 'planId' | 'termUnit'>): PlanTermKey => ({
  ...{ offerId: slot.offerId, planId: plan, termUnit: termUnit ?? MONTH },
})

/** The unit of the term a sum was consumed in. */
export function termKeyOfSum({ phasesOf }: Books, slot: DueSlot, { planId: plan, termStart }: MeterSum): PlanTermKey {
  const phase = phasesOf(slot.subscriptionId).findLast((one) => one.planId === plan && one.termStart.getTime() === termStart.getTime())
  return termKey(slot, { planId: plan, termUnit: phase?.termUnit })
}
