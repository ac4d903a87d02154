/** How many seats are possible: Microsoft's own limit, the plan's, and those of the product's policy. Pure. */
import type { Verdict } from '../operations/policy.ts'
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

/** Of the present plan, the policy counted in: nothing outside is possible. */
export function seatLimits({ microsoft, offered, policy }: Pick<ManageFacts, 'microsoft' | 'offered' | 'policy'>): SeatLimits {
  const { least, most } = planLimits(offered.find((plan) => plan.planId === microsoft?.planId))
  const present = microsoft?.quantity
  return {
    least: Math.max(least, bound(policy.removeSeats, policy.minSeats, present) ?? least),
    most: Math.min(most, bound(policy.addSeats, policy.maxSeats, present) ?? most),
  }
}

const bound = (verdict: Verdict, limit: number | undefined, present: number | undefined): number | undefined =>
  verdict === 'rules' ? limit : verdict === 'refuse' ? present : undefined
