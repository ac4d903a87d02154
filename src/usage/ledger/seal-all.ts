/** Sealing slots on open books, in the order of their hours. Nothing here reads or writes anything. */
import type { SubscriptionId } from '../../kit/ids.ts'
import { type ExactQuantity, ONE } from '../../kit/quantity.ts'
import { dimensionPolicy, includedOf } from '../../tenants/index.ts'
import { type Consumption, type Included, type Meter, outstanding, type Sealing, seal } from '../rules/meter.ts'
import { type Books, type DueSlot, type MeterSum, termKey, termKeyOfSum } from './books.ts'
import { meterKey, metersOf } from './meters.ts'
import type { SlotKey } from './plan-changes.ts'
import type { PlanTermKey } from './plan-terms.ts'
import { streamKey } from './streams.ts'

export interface SealedSlot extends SlotKey {
  readonly sealing: Sealing
  /** Null when something is due. */
  readonly because: NothingDue | null
}

export type NothingDue = 'zero' | 'included' | 'unlimited' | 'carried'

/** A plan whose included quantities have to be read before its hours can be sealed: nothing is billed by guess. */
export interface WantedTerms extends PlanTermKey {
  readonly subscriptionId: SubscriptionId
}

/** @param due oldest hour first; of a stream that waits for its terms nothing is sealed, so that later hours do not overtake */
export function sealAll(
  books: Books,
  due: readonly DueSlot[],
): { readonly sealed: readonly SealedSlot[]; readonly wanted: readonly WantedTerms[] } {
  const sealed: SealedSlot[] = []
  const wanted = new Map<string, WantedTerms>()
  const waiting = new Set<string>()
  for (const slot of due) {
    const missing = books.sumsOf(slot).flatMap((sum) => missingTerms(books, slot, sum))
    for (const one of missing) wanted.set(JSON.stringify(one), one)
    if (missing.length > 0) waiting.add(streamKey(slot.subscriptionId, slot.dimension))
    if (!waiting.has(streamKey(slot.subscriptionId, slot.dimension))) sealed.push(sealSlot(books, slot))
  }
  return { sealed, wanted: [...wanted.values()] }
}

function sealSlot(books: Books, slot: DueSlot): SealedSlot {
  const stream = metersOf(books.meters, slot.subscriptionId, slot.dimension)
  const consumptions = books.sumsOf(slot).map((sum): Consumption => ({ meter: meterOf(books, slot, sum), quantity: sum.quantity }))
  const counted = new Set(consumptions.map(({ meter }) => meterKey(meter)))
  const left = [...stream.values()].filter((meter) => !counted.has(meterKey(meter)) && outstanding(meter) > 0n)
  const all = [...consumptions, ...left.map((meter) => ({ meter, quantity: 0n }))]
  const sealing = seal(
    all.toSorted((a, b) => a.meter.termStart.getTime() - b.meter.termStart.getTime()),
    smallestOf(books, slot),
  )
  for (const { meter } of sealing.shares) stream.set(meterKey(meter), meter)
  const { subscriptionId, dimension, hour } = slot
  return { subscriptionId, dimension, hour, sealing, because: sealing.quantity > 0n ? null : whyNothing(sealing) }
}

function meterOf(books: Books, slot: DueSlot, sum: MeterSum): Meter {
  const known = metersOf(books.meters, slot.subscriptionId, slot.dimension).get(meterKey(sum))
  const included = includedNow(books, slot, sum) ?? known?.included ?? 0n
  const { kind, planId, termStart } = sum
  return { ...(known ?? { kind, planId, termStart, consumed: 0n, sealed: 0n }), included }
}

function missingTerms(books: Books, slot: DueSlot, sum: MeterSum): readonly WantedTerms[] {
  const known = metersOf(books.meters, slot.subscriptionId, slot.dimension).has(meterKey(sum))
  if (known || includedNow(books, slot, sum) !== undefined) return []
  return [{ subscriptionId: slot.subscriptionId, ...termKeyOfSum(books, slot, sum) }]
}

/** The publisher's own word counts before Microsoft's. What is billed later was beyond everything included when it was due first. */
function includedNow(books: Books, slot: DueSlot, sum: MeterSum): Included | undefined {
  if (sum.kind === 'rest') return 0n
  const own = includedOf(dimensionPolicy(books.policyOf(slot.productId), slot.dimension))
  return own ?? books.termsOf(termKeyOfSum(books, slot, sum))?.of(slot.dimension).included
}

const CENT: ExactQuantity = ONE / 100n

/** The quantity that costs a cent, rounded up; zero when everything is sent at once. */
function smallestOf(books: Books, slot: DueSlot): ExactQuantity {
  if (!dimensionPolicy(books.policyOf(slot.productId), slot.dimension).carryBelowCent) return 0n
  const phase = books.phasesOf(slot.subscriptionId).at(-1)
  const price = phase && books.termsOf(termKey(slot, phase))?.of(slot.dimension).price
  return price === undefined || price <= 0n ? 0n : (CENT * ONE + price - 1n) / price
}

function whyNothing({ shares, carried }: Sealing): NothingDue {
  if (carried > 0n) return 'carried'
  if (shares.every(({ consumed }) => consumed === 0n)) return 'zero'
  return shares.some(({ meter }) => meter.included === 'unlimited') ? 'unlimited' : 'included'
}
