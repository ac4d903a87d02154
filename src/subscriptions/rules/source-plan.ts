/** Which plan of ours a plan nobody mapped was made from: a private offer may give one customer a plan of its own, under an id Microsoft chooses. Pure. */
import type { PlanId } from '../../kit/ids.ts'

/** A plan as Microsoft shows it to a subscription. */
export interface ShownPlan {
  readonly planId: string
  readonly displayName: string
  readonly isPricePerSeat?: boolean | undefined
  readonly dimensions: readonly { readonly id: string }[]
  /** Private offers it comes from. */
  readonly sourceOfferIds: readonly string[]
}

/** A plan of the plan map, of the same offer. */
export interface MappedAs {
  readonly planId: PlanId
  readonly name: string
  readonly isPerSeat: boolean
  readonly dimensions: readonly string[]
  /** Still sold. */
  readonly isSold: boolean
}

/** A private offer as Partner Center shows it, with the plans of its own it makes in this offer. */
export interface PrivateOfferSeen {
  readonly id: string
  readonly name: string
  readonly isAccepted: boolean
  readonly plans: readonly { readonly name: string; readonly base: string }[]
}

export interface Source {
  readonly id: string
  /** Where Partner Center tells it. */
  readonly name?: string | undefined
}

export interface Recognition {
  /** It is sold as this plan. */
  readonly base: PlanId | undefined
  /** Without a base: the plan it looks like, for a person to say. */
  readonly like: PlanId | undefined
  readonly sources: readonly Source[]
  readonly reasons: readonly string[]
}

/**
 * Sure only where a private offer is known to be behind it: told with the plan, or found in Partner Center by the plan's name. Then the
 * private offer names the base; where Partner Center cannot be read, the one plan that is like it is.
 */
export function recognize(plan: ShownPlan, mapped: readonly MappedAs[], privateOffers: readonly PrivateOfferSeen[]): Recognition {
  const told = new Set(plan.sourceOfferIds.map((id) => id.toLowerCase()))
  const behind = privateOffers.filter(({ id, isAccepted, plans }) =>
    told.size > 0 ? told.has(id.toLowerCase()) : isAccepted && plans.some(({ name }) => sameText(name, plan.displayName)),
  )
  const sources =
    told.size > 0 ? plan.sourceOfferIds.map((id) => ({ id, name: nameOf(id, behind) })) : behind.map(({ id, name }) => ({ id, name }))
  const fitting = mapped.filter((one) => fits(plan, one))
  const { like, reasons } = likest(
    plan,
    fitting.filter(({ isSold }) => isSold),
  )
  const found = [...sources.map(({ id, name }) => `It comes from the private offer ${name === undefined ? id : `“${name}” (${id})`}.`)]
  const named = baseNamed(plan, behind)
  const base = fitting.find(({ planId }) => planId === named)
  if (base) return { base: base.planId, like: base.planId, sources, reasons: [...found, `It was made from the plan ${base.planId}.`] }
  const isSure = told.size > 0 && named === undefined && like !== undefined
  return { base: isSure ? like : undefined, like, sources, reasons: [...found, ...reasons] }
}

const nameOf = (id: string, offers: readonly PrivateOfferSeen[]): string | undefined =>
  offers.find((offer) => offer.id.toLowerCase() === id.toLowerCase())?.name

/** The base all private offers behind the plan agree on: of several plans of their own, those with its name. */
function baseNamed(plan: ShownPlan, behind: readonly PrivateOfferSeen[]): string | undefined {
  const lines = behind.flatMap(({ plans }) => plans)
  const named = lines.filter(({ name }) => sameText(name, plan.displayName))
  const bases = new Set((named.length > 0 ? named : lines).map(({ base }) => base))
  const [base] = bases
  return bases.size === 1 ? base : undefined
}

/** A plan made from another has its pricing model, and meters nothing the other does not. */
const fits = (plan: ShownPlan, { isPerSeat, dimensions }: MappedAs): boolean =>
  (plan.isPricePerSeat ?? isPerSeat) === isPerSeat && plan.dimensions.every(({ id }) => dimensions.includes(id))

export interface Likeness {
  readonly like: PlanId | undefined
  readonly reasons: readonly string[]
}

function likest(plan: ShownPlan, known: readonly MappedAs[]): Likeness {
  const named = known.filter(({ name }) => sameText(name, plan.displayName))
  const [byName] = named
  if (byName && named.length === 1) return { like: byName.planId, reasons: [`It has the name of the plan ${byName.planId}.`] }
  const metered = known.filter(({ dimensions }) => plan.dimensions.length > 0 && dimensions.length === plan.dimensions.length)
  const [byDimensions] = metered
  if (byDimensions && metered.length === 1)
    return { like: byDimensions.planId, reasons: [`It meters what the plan ${byDimensions.planId} meters.`] }
  const [single] = known
  if (single && known.length === 1) return { like: single.planId, reasons: ['No other plan of the offer could be its base.'] }
  return { like: undefined, reasons: ['No plan of the offer is like it: map it by hand.'] }
}

const sameText = (a: string, b: string): boolean => a.trim() !== '' && a.trim().toLowerCase() === b.trim().toLowerCase()
