/**
 * What is due. A meter counts what was consumed of one dimension on one plan in one billing term, however late it was told of; what is due is
 * what goes beyond the included quantity, less what slots have been sealed with. So an included quantity is used up by consumption and not by
 * the order of arrival, nothing is due twice, and what one slot cannot take is in the next one. Pure; quantities are exact.
 */
import type { PlanId } from '../../kit/ids.ts'
import { type ExactQuantity, splitForDouble, sumQuantities } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'

export type Included = ExactQuantity | 'unlimited'

export interface Meter {
  /** `rest`: what an operator has billed later of slots Microsoft did not take. It was due before, so nothing is included. */
  readonly kind: 'term' | 'rest'
  readonly planId: PlanId
  /** Of the billing term it counts for. */
  readonly termStart: Instant
  /** Microsoft does not subtract it: the publisher has to (Partner Center docs, "Metered billing for SaaS"). */
  readonly included: Included
  /** Everything reported so far, whether it was billed, expired or refused. */
  readonly consumed: ExactQuantity
  /** What slots were sealed with, whatever became of them: what expired or was refused is billed by an operator's decision only. */
  readonly sealed: ExactQuantity
}

/** What is due and not sealed. Never negative: a higher included quantity takes nothing back. */
export function outstanding({ included, consumed, sealed }: Meter): ExactQuantity {
  if (included === 'unlimited') return 0n
  return atLeastZero(atLeastZero(consumed - included) - sealed)
}

/** What of the included quantity is left; `unlimited` when nothing is ever due. */
export const remaining = ({ included, consumed }: Meter): Included =>
  included === 'unlimited' ? included : atLeastZero(included - consumed)

export interface Consumption {
  readonly meter: Meter
  readonly quantity: ExactQuantity
}

export interface Share {
  readonly meter: Meter
  /** Consumed of the meter in this slot. */
  readonly consumed: ExactQuantity
  /** Of the slot's sealed quantity. */
  readonly sealed: ExactQuantity
}

export interface Sealing {
  /** What the slot is sent with: at most 15 significant digits, for Microsoft reads a JSON double. Zero: nothing is due. */
  readonly quantity: ExactQuantity
  /** Due, and left for the next slot: finer than 15 digits, or below the smallest amount. */
  readonly carried: ExactQuantity
  readonly shares: readonly Share[]
}

/**
 * Seals a slot: all that is outstanding on the meters of its stream once the slot's own consumption is counted, oldest meter first.
 * @param smallest what is less is carried until it is reached; zero for none
 */
export function seal(consumptions: readonly Consumption[], smallest: ExactQuantity): Sealing {
  const counted = consumptions.map(({ meter, quantity }) => ({
    quantity,
    meter: { ...meter, consumed: meter.consumed + quantity },
  }))
  const due = sumQuantities(counted.map(({ meter }) => outstanding(meter)))
  const quantity = due < smallest ? 0n : splitForDouble(due).sent
  const shares: Share[] = []
  let left = quantity
  for (const { meter, quantity: consumed } of counted) {
    const part = smaller(left, outstanding(meter))
    left -= part
    shares.push({ meter: { ...meter, sealed: meter.sealed + part }, consumed, sealed: part })
  }
  return { quantity, carried: due - quantity, shares }
}

const atLeastZero = (quantity: ExactQuantity): ExactQuantity => (quantity < 0n ? 0n : quantity)
const smaller = (a: ExactQuantity, b: ExactQuantity): ExactQuantity => (a < b ? a : b)
