/**
 * The auditor: adds up what was told, the ledger's records, shares, slots and meters, and Microsoft's own books, each by itself, and says in words
 * where two of them differ. It shares nothing with the ledger but exact quantities.
 */
import type { RecordedUsage } from '../../sandbox/marketplace/metering/types.ts'
import { fromDouble, printQuantity, quantityOf, significantDigits, sumQuantities } from '../../src/kit/quantity.ts'
import type { ReportedUsage } from '../../src/usage/index.ts'
import type { Bought, World } from '../helpers/world.ts'

interface RecordRow {
  readonly key: string
  readonly dimension: string | null
  readonly quantity: string
  readonly state: string
  readonly because: string | null
  readonly slot_hour: Date | null
  readonly plan_id: string | null
  readonly term_start: Date | null
}

interface SlotRow {
  readonly dimension: string
  readonly hour: Date
  readonly plan_id: string
  readonly state: string
  readonly because: string | null
  readonly records: string
  readonly reported: string
  readonly quantity: string | null
  readonly carried: string | null
  readonly usage_event_id: string | null
  readonly accepted_quantity: string | null
  readonly unanswered: number
}

interface ShareRow {
  readonly dimension: string
  readonly hour: Date
  readonly plan_id: string
  readonly kind: string
  readonly term_start: Date
  readonly consumed: string
  readonly sealed: string
}

interface MeterRow {
  readonly dimension: string
  readonly plan_id: string
  readonly kind: string
  readonly term_start: Date
  readonly included: string | null
  readonly consumed: string
  readonly sealed: string
}

interface Books {
  readonly records: readonly RecordRow[]
  readonly slots: readonly SlotRow[]
  readonly shares: readonly ShareRow[]
  readonly meters: readonly MeterRow[]
  readonly events: readonly RecordedUsage[]
}

/** @param told everything that was accepted; @returns what is wrong, in words; nothing when all books agree */
export async function audit(world: World, { key }: Bought, told: readonly ReportedUsage[]): Promise<readonly string[]> {
  const read = async <Row>(table: string): Promise<readonly Row[]> =>
    (await world.database.pool.query(`select * from ${table} where subscription_id = $1`, [key.subscriptionId])).rows
  const books: Books = {
    records: await read('usage_records'),
    slots: await read('usage_slots'),
    shares: await read('usage_slot_shares'),
    meters: await read('usage_meters'),
    events: world.sandbox.worlds.marketplace.usage(key.subscriptionId),
  }
  return [...auditRecords(books, told), ...auditSlots(books), ...auditMeters(books), ...auditMicrosoft(books)]
}

function* auditRecords({ records, slots }: Books, told: readonly ReportedUsage[]): Generator<string> {
  for (const one of told) {
    const kept = records.filter(({ key }) => key === one.key)
    if (kept.length !== 1) yield `${one.key} was accepted and is kept ${kept.length} times`
    if (kept.some(({ quantity }) => quantityOf(quantity) !== one.quantity)) yield `${one.key} is kept with another quantity`
  }
  if (records.length !== told.length) yield `${told.length} records were accepted, ${records.length} are kept`
  for (const { key, state, because, slot_hour, dimension } of records) {
    if (state === 'placed' && !slots.some((slot) => slot.dimension === dimension && same(slot.hour, slot_hour))) yield `${key} has no slot`
    if (state !== 'placed' && state !== 'covered' && because === null) yield `${key} is ${state} without a reason`
  }
}

function* auditSlots({ records, slots, shares }: Books): Generator<string> {
  for (const slot of slots) {
    const name = nameOf(slot)
    const inside = records.filter((one) => one.dimension === slot.dimension && same(slot.hour, one.slot_hour))
    const parts = shares.filter((one) => one.dimension === slot.dimension && same(one.hour, slot.hour))
    if (Number(slot.records) !== inside.length) yield `${name} counts ${slot.records} records and has ${inside.length}`
    yield* differ(`${name}: what is reported`, quantityOf(slot.reported), sum(inside.map(({ quantity }) => quantity)))
    if (slot.quantity === null) {
      yield `${name} is ${slot.state}, a day later`
      continue
    }
    if (['open', 'sealed', 'sent'].includes(slot.state)) yield `${name} is still ${slot.state} (${slot.because}), a day later`
    yield* differ(`${name}: consumed of its meters`, quantityOf(slot.reported), sum(parts.map(({ consumed }) => consumed)))
    yield* differ(`${name}: sealed of its meters`, quantityOf(slot.quantity), sum(parts.map(({ sealed }) => sealed)))
    if (significantDigits(quantityOf(slot.quantity)) > 15) yield `${name} is sent with more than 15 digits: ${slot.quantity}`
  }
}

/** Of each meter: what was consumed is what its records say, and what is due is sealed or, named, carried. */
function* auditMeters({ records, slots, shares, meters }: Books): Generator<string> {
  for (const meter of meters) {
    const name = `meter ${meter.dimension} of ${meter.plan_id} since ${meter.term_start.toISOString()}`
    const own = (one: { dimension: string | null; plan_id: string | null; term_start: Date | null }) =>
      one.dimension === meter.dimension && one.plan_id === meter.plan_id && same(meter.term_start, one.term_start)
    const parts = shares.filter(own)
    const consumed = sum(records.filter((one) => one.state === 'placed' && own(one)).map(({ quantity }) => quantity))
    yield* differ(`${name}: consumed by its records`, quantityOf(meter.consumed), consumed)
    yield* differ(`${name}: consumed by its shares`, quantityOf(meter.consumed), sum(parts.map((one) => one.consumed)))
    yield* differ(`${name}: sealed by its shares`, quantityOf(meter.sealed), sum(parts.map((one) => one.sealed)))
  }
  for (const dimension of new Set(meters.map((one) => one.dimension))) {
    const left = meters.filter((one) => one.dimension === dimension).map(outstanding)
    const last = slots.filter((one) => one.dimension === dimension && one.carried !== null).toSorted((a, b) => +a.hour - +b.hour)
    const carried = new Set(last.map((one) => quantityOf(one.carried ?? '0')))
    const due = sumQuantities(left)
    if (due > 0n && !carried.has(due)) yield `${printQuantity(due)} of ${dimension} is due and no slot carries it`
  }
}

function outstanding({ included, consumed, sealed }: MeterRow): bigint {
  if (included === null) return 0n
  const beyond = quantityOf(consumed) - quantityOf(included)
  return (beyond > 0n ? beyond : 0n) - quantityOf(sealed)
}

/** What Microsoft has is what the ledger says it has; an event beside it is told as one nobody answered for. */
function* auditMicrosoft({ slots, events }: Books): Generator<string> {
  for (const slot of slots) {
    const name = nameOf(slot)
    const found = events.filter((one) => one.dimension === slot.dimension && same(one.hour, slot.hour))
    if (found.length > 1) yield `Microsoft bills ${name} ${found.length} times`
    const [at] = found
    const quantity = at && fromDouble(at.quantity)
    if (slot.state === 'accepted') {
      if (!at) yield `${name} is accepted and Microsoft does not have it`
      if (at && at.usageEventId !== slot.usage_event_id) yield `${name} is accepted under another event`
      if (at) yield* differ(`${name} at Microsoft`, quantityOf(slot.quantity ?? '0'), quantity ?? -1n)
    } else if (slot.state === 'differs') {
      if (at && quantity === quantityOf(slot.quantity ?? '0')) yield `${name} differs and is the same at Microsoft`
    } else if (at && slot.unanswered === 0) yield `${name} is ${slot.state} and Microsoft bills ${at.quantity} for it, untold`
  }
  for (const event of events) {
    if (!slots.some((slot) => slot.dimension === event.dimension && same(slot.hour, event.hour))) {
      yield `Microsoft bills ${event.quantity} of ${event.dimension} at ${event.hour.toISOString()}, of which the ledger knows nothing`
    }
  }
}

const nameOf = ({ dimension, hour, plan_id, state }: SlotRow): string =>
  `${dimension} ${hour.toISOString().slice(0, 13)}h (${plan_id}, ${state})`
const same = (a: { getTime(): number }, b: { getTime(): number } | null): boolean => a.getTime() === b?.getTime()
const sum = (quantities: readonly string[]): bigint => sumQuantities(quantities.map(quantityOf))

function* differ(what: string, one: bigint, other: bigint): Generator<string> {
  if (one !== other) yield `${what}: ${printQuantity(one)} and ${printQuantity(other)}`
}
