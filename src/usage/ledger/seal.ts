/**
 * Sealing: an hour takes nothing more, what is due in it is fixed and stored, and only then may it be sent. All slots that are due of a tenant,
 * oldest first, some hundred in a transaction under the ledger's lock.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import { type OfferId, offerId, type PlanId, planId, productId, type SubscriptionId } from '../../kit/ids.ts'
import { type ExactQuantity, ONE, printQuantity, quantityOf } from '../../kit/quantity.ts'
import { type Instant, instant } from '../../kit/time.ts'
import type { SubscriptionPhase } from '../../subscriptions/index.ts'
import { dimensionPolicy, includedOf } from '../../tenants/index.ts'
import { type Consumption, type Included, type Meter, outstanding, type Sealing, seal } from '../rules/meter.ts'
import { SEND_WORK } from '../work-kinds.ts'
import type { Intake } from './intake.ts'
import { inLedger } from './lock.ts'
import { meterKey, metersOf, readMeters, type SlotShare, saveShares } from './meters.ts'
import { moveOnAfterPlanChange, type SlotKey, slotKeyOf } from './plan-changes.ts'
import { type PlanTerms, readPlanTerms } from './plan-terms.ts'
import { readStreams, type Streams, streamKey } from './streams.ts'

const AT_ONCE = 500

/** A plan whose included quantities have to be read before its hours can be sealed: nothing is billed by guess. */
export interface WantedTerms {
  readonly subscriptionId: SubscriptionId
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly termUnit: string
}

export interface SealedSome {
  readonly sealed: number
  /** There may be more that is due. */
  readonly more: boolean
  readonly wanted: readonly WantedTerms[]
}

interface DueSlot extends SlotKey {
  readonly offerId: OfferId
  readonly product: ReturnType<typeof productId.parse>
}

/** @param guard throws when the lease is lost: nothing is sealed then */
export function sealDue(db: Db, intake: Intake, guard: (tx: Tx) => Promise<void>): Promise<SealedSome> {
  return inLedger(db, intake.tenantId, async (tx) => {
    await guard(tx)
    const due = await readDue(tx, intake)
    if (due.length === 0) return { sealed: 0, more: false, wanted: [] }
    const streams = await readStreams(tx, intake.tenantId, subscriptionsOf(due), intake.now)
    await moveOnAfterPlanChange(tx, intake, streams, due)
    const ledger = await openLedger(tx, intake, streams, due)
    const results = due.map((slot) => ledger.seal(slot)).filter((one) => one !== undefined)
    await save(tx, intake, results)
    return { sealed: results.length, more: due.length === AT_ONCE && results.length > 0, wanted: ledger.wanted() }
  })
}

const subscriptionsOf = (slots: readonly SlotKey[]): readonly SubscriptionId[] => [...new Set(slots.map((slot) => slot.subscriptionId))]

async function readDue(tx: Tx, { tenantId, now }: Intake): Promise<readonly DueSlot[]> {
  const rows = await tx
    .selectFrom('usage_slots')
    .select(['subscription_id', 'dimension', 'hour', 'offer_id', 'product_id'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .where('seal_at', '<=', new Date(now.getTime()))
    .orderBy('hour')
    .orderBy('subscription_id')
    .orderBy('dimension')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) => ({ ...slotKeyOf(row), offerId: offerId.parse(row.offer_id), product: productId.parse(row.product_id) }))
}

interface SealedSlot extends SlotKey {
  readonly sealing: Sealing
  readonly because: NothingDue | null
}

type NothingDue = 'zero' | 'included' | 'unlimited' | 'carried'

/** The meters of what is due, and sealing on them in the order of the hours. */
async function openLedger(tx: Tx, intake: Intake, streams: Streams, due: readonly DueSlot[]) {
  const meters = await readMeters(tx, intake.tenantId, subscriptionsOf(due))
  const sums = await readSums(tx, intake, due)
  const terms = await termsOf(tx, intake, streams, due)
  const wanted = new Map<string, WantedTerms>()
  const waiting = new Set<string>()

  const meterOf = (slot: DueSlot, sum: MeterSum): Meter | undefined => {
    const known = metersOf(meters, slot.subscriptionId, slot.dimension).get(meterKey(sum))
    const included = sum.kind === 'rest' ? 0n : includedNow(slot, sum)
    if (included === undefined) return known
    return known ? { ...known, included } : { ...sum, included, consumed: 0n, sealed: 0n }
  }

  const includedNow = (slot: DueSlot, sum: MeterSum): Included | undefined => {
    const own = includedOf(dimensionPolicy(intake.policyOf(slot.product), slot.dimension))
    if (own !== undefined) return own
    const key = termKey(slot, sum, streams.phasesOf(slot.subscriptionId))
    const known = terms.get(termText(key))
    if (!known) wanted.set(termText(key), { subscriptionId: slot.subscriptionId, ...key })
    return known?.of(slot.dimension).included
  }

  const sealSlot = (slot: DueSlot): SealedSlot | undefined => {
    const stream = metersOf(meters, slot.subscriptionId, slot.dimension)
    const consumptions: Consumption[] = []
    for (const sum of sums.get(slotText(slot)) ?? []) {
      const meter = meterOf(slot, sum)
      if (!meter) waiting.add(streamKey(slot.subscriptionId, slot.dimension))
      else consumptions.push({ meter, quantity: sum.quantity })
    }
    if (waiting.has(streamKey(slot.subscriptionId, slot.dimension))) return undefined // later hours wait for the earlier ones
    const counted = new Set(consumptions.map(({ meter }) => meterKey(meter)))
    for (const meter of stream.values()) {
      if (!counted.has(meterKey(meter)) && outstanding(meter) > 0n) consumptions.push({ meter, quantity: 0n })
    }
    const oldestFirst = consumptions.toSorted((a, b) => a.meter.termStart.getTime() - b.meter.termStart.getTime())
    const sealing = seal(oldestFirst, smallestOf(slot))
    for (const { meter } of sealing.shares) stream.set(meterKey(meter), meter)
    const { subscriptionId, dimension, hour } = slot
    return { subscriptionId, dimension, hour, sealing, because: sealing.quantity > 0n ? null : whyNothing(sealing) }
  }

  const smallestOf = (slot: DueSlot): ExactQuantity => {
    if (!dimensionPolicy(intake.policyOf(slot.product), slot.dimension).carryBelowCent) return 0n
    const phase = streams.phasesOf(slot.subscriptionId).at(-1)
    const price = phase && terms.get(termText(keyOfPhase(slot, phase)))?.of(slot.dimension).price
    return price === undefined || price <= 0n ? 0n : (ONE * ONE) / 100n / price + (((ONE * ONE) / 100n) % price === 0n ? 0n : 1n)
  }

  return { seal: sealSlot, wanted: () => [...wanted.values()] }
}

function whyNothing({ shares, carried }: Sealing): NothingDue {
  if (carried > 0n) return 'carried'
  if (shares.every(({ consumed }) => consumed === 0n)) return 'zero'
  return shares.some(({ meter }) => meter.included === 'unlimited') ? 'unlimited' : 'included'
}

type MeterSum = Pick<Meter, 'kind' | 'planId' | 'termStart'> & { readonly quantity: ExactQuantity }

const slotText = ({ subscriptionId, dimension, hour }: SlotKey): string => `${streamKey(subscriptionId, dimension)} ${hour.getTime()}`

async function readSums(tx: Tx, { tenantId }: Intake, due: readonly DueSlot[]): Promise<ReadonlyMap<string, readonly MeterSum[]>> {
  const { rows } = await sql<{
    subscription_id: string
    dimension: string
    hour: Date
    kind: 'term' | 'rest'
    plan_id: string
    term_start: Date
    quantity: string
  }>`
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

interface TermKey {
  readonly offerId: OfferId
  readonly planId: PlanId
  readonly termUnit: string
}

const termText = ({ offerId: offer, planId: plan, termUnit }: TermKey): string => `${offer} ${plan} ${termUnit}`
const MONTH = 'P1M'

function termKey(slot: DueSlot, { planId: plan, termStart }: MeterSum, phases: readonly SubscriptionPhase[]): TermKey {
  const phase = phases.findLast((one) => one.planId === plan && one.termStart.getTime() === termStart.getTime())
  return { offerId: slot.offerId, planId: plan, termUnit: phase?.termUnit ?? MONTH }
}

const keyOfPhase = (slot: DueSlot, phase: SubscriptionPhase): TermKey => ({
  ...{ offerId: slot.offerId, planId: phase.planId, termUnit: phase.termUnit ?? MONTH },
})

async function termsOf(tx: Tx, { tenantId }: Intake, streams: Streams, due: readonly DueSlot[]): Promise<ReadonlyMap<string, PlanTerms>> {
  const keys = new Map<string, TermKey>()
  for (const slot of due) {
    for (const phase of streams.phasesOf(slot.subscriptionId)) keys.set(termText(keyOfPhase(slot, phase)), keyOfPhase(slot, phase))
  }
  const terms = new Map<string, PlanTerms>()
  for (const [text, key] of keys) {
    const read = await readPlanTerms(tx, tenantId, key)
    if (read) terms.set(text, read)
  }
  return terms
}

async function save(tx: Tx, { tenantId, now }: Intake, slots: readonly SealedSlot[]): Promise<void> {
  if (slots.length === 0) return
  const column = <T>(read: (one: SealedSlot) => T): T[] => slots.map(read)
  await sql`
    update usage_slots slot
    set state = told.state, because = told.because, quantity = told.quantity, carried = told.carried, sealed_at = ${now}::timestamptz,
      updated_at = ${now}::timestamptz
    from unnest(
      ${column((one) => one.subscriptionId)}::uuid[], ${column((one) => one.dimension)}::text[], ${column((one) => one.hour.toISOString())}::timestamptz[],
      ${column((one) => (one.because === null ? 'sealed' : 'nothingDue'))}::text[], ${column((one) => one.because)}::text[],
      ${column((one) => printQuantity(one.sealing.quantity))}::numeric[], ${column((one) => printQuantity(one.sealing.carried))}::numeric[]
    ) as told (subscription_id, dimension, hour, state, because, quantity, carried)
    where slot.tenant_id = ${tenantId} and slot.subscription_id = told.subscription_id and slot.dimension = told.dimension and slot.hour = told.hour`.execute(
    tx,
  )
  const shares = slots.flatMap(({ subscriptionId, dimension, hour, sealing }): readonly SlotShare[] =>
    sealing.shares.map((share) => ({ subscriptionId, dimension, hour, share })),
  )
  if (shares.length > 0) await saveShares(tx, tenantId, shares, now)
  if (slots.some(({ because }) => because === null)) await wake(tx, { tenantId, kind: SEND_WORK, key: tenantId }, now)
}

/** When the next hour of the tenant is to be sealed; undefined when none is open. */
export async function nextSealAt(db: Db, { tenantId }: Pick<Intake, 'tenantId'>): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('usage_slots')
    .select(({ fn }) => fn.min('seal_at').as('at'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row?.at ?? undefined
}
