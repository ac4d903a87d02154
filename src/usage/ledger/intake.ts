/**
 * Taking records in: each is kept once, and counted in exactly one slot or in a named state. A batch is taken in whole or not at all, and
 * telling it again changes nothing.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import type { ProductId, TenantId } from '../../kit/ids.ts'
import { type ExactQuantity, printQuantity } from '../../kit/quantity.ts'
import { earliest, hours, type Instant, isBefore } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import type { UsagePolicy } from '../../tenants/index.ts'
import { settleHeldAttention } from '../attention.ts'
import type { ReportedUsage, TakenIn } from '../record.ts'
import { type Phase, phaseAt, phaseOfHour } from '../rules/phases.ts'
import { type Placement, place } from '../rules/place.ts'
import { sealAt } from '../rules/seal-at.ts'
import { SEAL_WORK } from '../work-kinds.ts'
import { inLedger } from './lock.ts'
import { readStreams, type Streams } from './streams.ts'

/** Larger streams come in parts of this size: memory stays flat, and each part is one transaction. */
export const MOST_AT_ONCE = 10_000

export interface Intake {
  readonly tenantId: TenantId
  readonly policyOf: (product: ProductId) => UsagePolicy
  readonly now: Instant
  /** Says what would become of each, and keeps nothing. */
  readonly dryRun?: boolean
  /** A rejected record is kept too: its file has to tell of it. Without it the reporter is told, and may tell again under the same key. */
  readonly keepsRejected?: boolean
}

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
  const known = await readKnown(tx, intake.tenantId, records)
  const streams = await readStreams(tx, intake.tenantId, [...new Set(records.map((one) => one.subscriptionId))], intake.now)
  const fresh: Fresh[] = []
  const outcomes = records.map((record) => {
    const id = `${record.source} ${record.key}`
    const hash = contentHash(record)
    const before = known.get(id)
    if (before) return before.hash.equals(hash) ? before.repeated : ({ outcome: 'conflict' } as const)
    const judged = { record, hash, ...judge(record, streams, intake) }
    if (judged.outcome.outcome === 'rejected' && !intake.keepsRejected) return judged.outcome
    fresh.push(judged)
    known.set(id, { hash, repeated: repeatedAs(judged.outcome) })
    return judged.outcome
  })
  if (!intake.dryRun) await keep(tx, intake, streams, fresh)
  return outcomes
}

interface Fresh {
  readonly record: ReportedUsage
  readonly hash: Buffer
  readonly phase: Phase | undefined
  readonly outcome: TakenIn
}

function judge(record: ReportedUsage, streams: Streams, { policyOf, now }: Intake): Pick<Fresh, 'phase' | 'outcome'> {
  const phase = phaseAt(streams.phasesOf(record.subscriptionId), record.consumedAt)
  if (record.dimension === undefined) return { phase, outcome: { outcome: 'covered' } }
  const { late, wholeMonth, holdDays } = policyOf(record.productId)
  const policy = { late: record.wholeMonth ? wholeMonth : late, holdDays }
  const stream = streams.streamOf(record.subscriptionId, record.dimension)
  return { phase, outcome: outcomeOf(place(record, stream, policy, now)) }
}

function outcomeOf(placement: Placement): TakenIn {
  switch (placement.kind) {
    case 'slot':
      return { outcome: 'placed', hour: placement.hour, ...(placement.moved ? { moved: placement.moved } : {}) }
    case 'hold':
      return { outcome: 'held', because: placement.because, until: placement.until }
    case 'reject':
      return { outcome: 'rejected', because: placement.because }
  }
}

interface Known {
  readonly hash: Buffer
  readonly repeated: TakenIn
}

function repeatedAs(outcome: TakenIn): TakenIn {
  switch (outcome.outcome) {
    case 'placed':
      return { outcome: 'repeated', was: 'placed', hour: outcome.hour }
    case 'held':
    case 'rejected':
    case 'covered':
      return { outcome: 'repeated', was: outcome.outcome }
    case 'repeated':
    case 'conflict':
      return outcome
  }
}

async function readKnown(tx: Tx, tenantId: TenantId, records: readonly ReportedUsage[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>()
  for (const source of new Set(records.map((one) => one.source))) {
    const keys = records.filter((one) => one.source === source).map(({ key }) => key)
    const rows = await tx
      .selectFrom('usage_records')
      .select(['key', 'content_hash', 'state', 'slot_hour'])
      .where('tenant_id', '=', tenantId)
      .where('source', '=', source)
      .where('key', '=', sql<string>`any(${keys}::text[])`)
      .execute()
    for (const { key, content_hash, state, slot_hour } of rows) {
      const hour = slot_hour === null ? {} : { hour: slot_hour as Instant as UtcHour } // the table holds whole hours only
      known.set(`${source} ${key}`, { hash: content_hash, repeated: { outcome: 'repeated', was: state, ...hour } })
    }
  }
  return known
}

/** Everything that is billed by. */
function contentHash({ subscriptionId, dimension, quantity, consumedFrom, consumedAt }: ReportedUsage): Buffer {
  const told = [subscriptionId, dimension ?? '', printQuantity(quantity), consumedFrom.toISOString(), consumedAt.toISOString()]
  return createHash('sha256').update(told.join('\n')).digest()
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

async function keep(tx: Tx, intake: Intake, streams: Streams, fresh: readonly Fresh[]): Promise<void> {
  if (fresh.length === 0) return
  await insertRecords(tx, intake, fresh)
  await tellOfHeld(tx, intake, fresh)
  const sums = sumBySlot(fresh)
  if (sums.length === 0) return
  const sealed = sums.map((sum) => ({ ...sum, sealAt: sealTime(sum, streams, intake) }))
  await addToSlots(tx, intake, streams, sealed)
  const [first, ...rest] = sealed.map((sum) => sum.sealAt)
  if (first) await wakeSeal(tx, intake.tenantId, earliest(first, ...rest), intake.now)
}

/** Somebody has to decide, and sealing watches the deadlines. */
async function tellOfHeld(tx: Tx, { tenantId, now }: Intake, fresh: readonly Fresh[]): Promise<void> {
  const held = fresh.filter(({ outcome }) => outcome.outcome === 'held').map(({ record }) => record.subscriptionId)
  if (held.length === 0) return
  await settleHeldAttention(tx, tenantId, [...new Set(held)], now)
  await wakeSeal(tx, tenantId, now, now)
}

/** Hours to be sealed before now are sealed now. */
export const wakeSeal = (tx: Tx, tenantId: TenantId, at: Instant, now: Instant): Promise<void> =>
  wake(tx, { tenantId, kind: SEAL_WORK, key: tenantId }, isBefore(at, now) ? now : at)

export const sealTime = (
  sum: Pick<SlotSum, 'subscriptionId' | 'productId' | 'hour'>,
  streams: Streams,
  { policyOf, now }: Intake,
): Instant => sealAt({ hour: sum.hour, lastRecordAt: now }, streams.phasesOf(sum.subscriptionId), hours(policyOf(sum.productId).graceHours))

interface SlotSum {
  readonly subscriptionId: ReportedUsage['subscriptionId']
  readonly dimension: string
  readonly productId: ProductId
  readonly hour: UtcHour
  readonly records: number
  readonly quantity: ExactQuantity
}

function sumBySlot(fresh: readonly Fresh[]): readonly SlotSum[] {
  const sums = new Map<string, SlotSum>()
  for (const { record, outcome } of fresh) {
    if (outcome.outcome !== 'placed' || record.dimension === undefined) continue
    const { subscriptionId, dimension, productId } = record
    const key = `${subscriptionId} ${dimension} ${outcome.hour.getTime()}`
    const sum = sums.get(key) ?? { subscriptionId, dimension, productId, hour: outcome.hour, records: 0, quantity: 0n }
    sums.set(key, { ...sum, records: sum.records + 1, quantity: sum.quantity + record.quantity })
  }
  return [...sums.values()]
}

async function insertRecords(tx: Tx, { tenantId, now }: Intake, fresh: readonly Fresh[]): Promise<void> {
  const column = <T>(read: (one: Fresh) => T): T[] => fresh.map(read)
  await sql`
    insert into usage_records (tenant_id, source, key, content_hash, product_id, subscription_id, plan_id, dimension, quantity, consumed_from,
      consumed_at, term_start, received_at, state, because, slot_hour, hold_until, file_id)
    select ${tenantId}, told.source, told.key, told.content_hash, told.product_id, told.subscription_id, told.plan_id, told.dimension, told.quantity,
      told.consumed_from, told.consumed_at, told.term_start, ${now}::timestamptz, told.state, told.because, told.slot_hour, told.hold_until, told.file_id
    from unnest(
      ${column(({ record }) => record.source)}::text[], ${column(({ record }) => record.key)}::text[], ${column(({ hash }) => hash)}::bytea[],
      ${column(({ record }) => record.productId)}::text[], ${column(({ record }) => record.subscriptionId)}::uuid[],
      ${column(({ phase }) => phase?.planId ?? null)}::text[], ${column(({ record }) => record.dimension ?? null)}::text[],
      ${column(({ record }) => printQuantity(record.quantity))}::numeric[], ${column(({ record }) => record.consumedFrom.toISOString())}::timestamptz[],
      ${column(({ record }) => record.consumedAt.toISOString())}::timestamptz[], ${column(({ phase }) => phase?.termStart.toISOString() ?? null)}::timestamptz[],
      ${column(({ outcome }) => stateOf(outcome))}::text[], ${column(({ outcome }) => becauseOf(outcome))}::text[],
      ${column(({ outcome }) => (outcome.outcome === 'placed' ? outcome.hour.toISOString() : null))}::timestamptz[],
      ${column(({ outcome }) => (outcome.outcome === 'held' ? outcome.until.toISOString() : null))}::timestamptz[],
      ${column(({ record }) => record.fileId ?? null)}::text[]
    ) as told (source, key, content_hash, product_id, subscription_id, plan_id, dimension, quantity, consumed_from, consumed_at, term_start,
      state, because, slot_hour, hold_until, file_id)`.execute(tx)
}

function stateOf(outcome: TakenIn): 'placed' | 'held' | 'rejected' | 'covered' {
  if (outcome.outcome === 'repeated' || outcome.outcome === 'conflict') throw new TypeError('what was told before is not kept again')
  return outcome.outcome
}

function becauseOf(outcome: TakenIn): string | null {
  if (outcome.outcome === 'placed') return outcome.moved ?? null
  return outcome.outcome === 'held' || outcome.outcome === 'rejected' ? outcome.because : null
}

/** Only open slots take anything: under the ledger's lock none was sealed since the placement was decided. */
export async function addToSlots(
  tx: Tx,
  { tenantId, now }: Intake,
  streams: Streams,
  sums: readonly (SlotSum & { readonly sealAt: Instant })[],
): Promise<void> {
  const column = <T>(read: (one: SlotSum & { readonly sealAt: Instant }) => T): T[] => sums.map(read)
  const phaseOf = (sum: SlotSum) => {
    const phase = phaseOfHour(streams.phasesOf(sum.subscriptionId), sum.hour)
    if (!phase) throw new TypeError('a record was placed for a subscription that never was active')
    return phase
  }
  await sql`
    insert into usage_slots as slot (tenant_id, subscription_id, dimension, hour, product_id, offer_id, plan_id, records, reported, last_record_at,
      seal_at, updated_at)
    select ${tenantId}, told.subscription_id, told.dimension, told.hour, told.product_id, told.offer_id, told.plan_id, told.records, told.reported,
      ${now}::timestamptz, told.seal_at, ${now}::timestamptz
    from unnest(
      ${column((sum) => sum.subscriptionId)}::uuid[], ${column((sum) => sum.dimension)}::text[], ${column((sum) => sum.hour.toISOString())}::timestamptz[],
      ${column((sum) => sum.productId)}::text[], ${column((sum) => phaseOf(sum).offerId)}::text[], ${column((sum) => phaseOf(sum).planId)}::text[],
      ${column((sum) => sum.records)}::bigint[], ${column((sum) => printQuantity(sum.quantity))}::numeric[],
      ${column((sum) => sum.sealAt.toISOString())}::timestamptz[]
    ) as told (subscription_id, dimension, hour, product_id, offer_id, plan_id, records, reported, seal_at)
    on conflict (tenant_id, subscription_id, dimension, hour) do update
    set records = slot.records + excluded.records, reported = slot.reported + excluded.reported,
      last_record_at = excluded.last_record_at, seal_at = excluded.seal_at, updated_at = excluded.updated_at
    where slot.state = 'open'`.execute(tx)
}
