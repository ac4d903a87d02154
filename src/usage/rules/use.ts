/** Used, included, left, and not billed yet: of one dimension in one term. Pure. */
import type { ExactQuantity } from '../../kit/quantity.ts'
import type { Included } from './meter.ts'

export interface DimensionUse {
  /** In this term, hours that are not over included. */
  readonly used: ExactQuantity
  /** Undefined while Microsoft has not told. */
  readonly included: Included | undefined
  /** Of what is included; undefined where that is not known. */
  readonly left: Included | undefined
  /** Beyond what is included, and not at Microsoft yet. Undefined while it is not known what is included. */
  readonly notBilledYet: ExactQuantity | undefined
}

export interface UseSums {
  readonly used: ExactQuantity
  readonly included: Included | undefined
  /** What slots were fixed with. */
  readonly sealed: ExactQuantity
  /** Of that, what Microsoft has not answered yet. */
  readonly underWay: ExactQuantity
}

export function useOf({ used, included, sealed, underWay }: UseSums): DimensionUse {
  if (included === undefined) return { used, included, left: undefined, notBilledYet: undefined }
  if (included === 'unlimited') return { used, included, left: included, notBilledYet: underWay }
  return { used, included, left: atLeastZero(included - used), notBilledYet: underWay + atLeastZero(atLeastZero(used - included) - sealed) }
}

const atLeastZero = (quantity: ExactQuantity): ExactQuantity => (quantity < 0n ? 0n : quantity)
