/** How many seats are possible: Microsoft's own limit, the plan's, and those of the product's policy. Pure. */
import type { OperationPolicy, Verdict } from '../operations/policy.ts'
import type { ManageFacts, OfferedPlan } from './facts.ts'

/** Microsoft's, for every plan. Source: Partner Center docs, "Change the quantity of seats". */
const MOST_SEATS = 1_000_000

/** Both included. */
export interface SeatLimits {
  readonly least: number
  readonly most: number
}

/** @param plan as offered; unknown limits are Microsoft's. */
export const planLimits = (plan: Pick<OfferedPlan, 'minSeats' | 'maxSeats'> | undefined): SeatLimits => ({
  least: Math.max(1, plan?.minSeats ?? 1),
  most: Math.min(MOST_SEATS, plan?.maxSeats ?? MOST_SEATS),
})

/** Of the present plan, the policy counted in: nothing outside is possible, and staying as it is always is. */
export function seatLimits({ microsoft, offered, policy }: Pick<ManageFacts, 'microsoft' | 'offered' | 'policy'>): SeatLimits {
  const plan = planLimits(offered.find((one) => one.planId === microsoft?.planId))
  const present = microsoft?.quantity
  if (present === undefined) return plan
  const fewer = under(policy.removeSeats, { least: plan.least, most: Math.min(plan.most, present - 1) }, policy)
  const more = under(policy.addSeats, { least: Math.max(plan.least, present + 1), most: plan.most }, policy)
  return [fewer, more].filter(isPossible).reduce(around, { least: present, most: present })
}

/** What the publisher's policy leaves of a range; its own limits count under `rules` only. */
function under(verdict: Verdict, { least, most }: SeatLimits, { minSeats = least, maxSeats = most }: OperationPolicy): SeatLimits {
  if (verdict === 'refuse') return { least: 1, most: 0 }
  return verdict === 'rules' ? { least: Math.max(least, minSeats), most: Math.min(most, maxSeats) } : { least, most }
}

const isPossible = ({ least, most }: SeatLimits): boolean => least <= most

const around = (a: SeatLimits, b: SeatLimits): SeatLimits => ({
  least: Math.min(a.least, b.least),
  most: Math.max(a.most, b.most),
})
