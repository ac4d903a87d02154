/** What the buyer has used in the present term, as the pages show it. Pure. */
import type { ExactQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import type { DimensionUse } from '../../usage/rules/use.ts'

export interface UsedInTerm {
  /** Included quantities count from here. */
  readonly since: Instant
  readonly dimensions: readonly UsedDimension[]
}

export interface UsedDimension {
  readonly id: string
  readonly name: string
  readonly unit: string | undefined
  readonly used: ExactQuantity
  /** `none`: all of it is billed by use. Undefined while it is not known what the plan includes. */
  readonly included: ExactQuantity | 'unlimited' | 'none' | undefined
  /** Of what is included. */
  readonly left: ExactQuantity | undefined
  /** More than is included; zero where there is nothing to go beyond. */
  readonly beyond: ExactQuantity
  /** 0 to 1, how far what is included is used up; undefined where there is nothing to use up. */
  readonly share: number | undefined
  readonly lastToldAt: Instant | undefined
}

/** As the ledger tells it. */
interface Metered extends DimensionUse {
  readonly dimension: string
  readonly inPlan: boolean
  readonly name: string | undefined
  readonly unit: string | undefined
  readonly lastToldAt: Instant | undefined
}

/** @returns undefined when nothing of the plan is metered */
export function usedInTerm(
  usage: { readonly since: Instant; readonly dimensions: readonly Metered[] } | undefined,
): UsedInTerm | undefined {
  const dimensions = usage?.dimensions.filter(({ inPlan, used }) => inPlan || used > 0n).map(dimensionOf) ?? []
  return usage && dimensions.length > 0 ? { since: usage.since, dimensions } : undefined
}

function dimensionOf(one: Metered): UsedDimension {
  const { dimension, name, unit, used, included, lastToldAt } = one
  const told = { id: dimension, name: name ?? dimension, unit, used, lastToldAt }
  if (included === undefined || included === 'unlimited') return { ...told, included, left: undefined, beyond: 0n, share: undefined }
  if (included === 0n) return { ...told, included: 'none', left: undefined, beyond: 0n, share: undefined }
  const left = used < included ? included - used : 0n
  return { ...told, included, left, beyond: left > 0n ? 0n : used - included, share: shareOf(used, included) }
}

/** In thousandths, as fine as anybody can see. */
const shareOf = (used: ExactQuantity, included: ExactQuantity): number => (used >= included ? 1 : Number((used * 1000n) / included) / 1000)
