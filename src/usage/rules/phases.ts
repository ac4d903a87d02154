/**
 * What a subscription was when: its phases, as the subscriptions room stored them. Usage is judged by the phase it was consumed in, never by
 * the present one. Pure.
 */
import type { PlanId } from '../../kit/ids.ts'
import { type Instant, isAtOrAfter, isBefore } from '../../kit/time.ts'
import { endOfHour, type UtcHour } from '../../kit/utc-hour.ts'

export interface Phase {
  /** When it began: Microsoft's own time where a notice told it, otherwise when it was first seen. */
  readonly from: Instant
  readonly status: 'Subscribed' | 'Suspended' | 'Unsubscribed'
  readonly planId: PlanId
  /** First moment of the billing term: included quantities count from here. */
  readonly termStart: Instant
}

/** Oldest first. Empty before activation: nothing can be billed. */
export type Phases = readonly Phase[]

/** The phase a moment lies in. What lies before the first phase but in its term belongs to it: activation is seen a little late. */
export function phaseAt<P extends Phase>(phases: readonly P[], at: Instant): P | undefined {
  const begun = phases.findLast((phase) => isAtOrAfter(at, phase.from))
  if (begun) return begun
  const [first] = phases
  return first && isAtOrAfter(at, first.termStart) ? first : undefined
}

/** The phase an hour begins in: its plan is the slot's. An hour in which the subscription became active belongs to its first phase. */
export const phaseOfHour = <P extends Phase>(phases: readonly P[], hour: UtcHour): P | undefined =>
  phases.findLast((phase) => !isBefore(hour, phase.from)) ?? phases[0]

export const endedAt = (phases: Phases): Instant | undefined => {
  const last = phases.at(-1)
  return last?.status === 'Unsubscribed' ? last.from : undefined
}

/** When the plan changed within this hour, the last time; the hour's slot then belongs to the plan before. */
export function planChangeWithin(phases: Phases, hour: UtcHour): Instant | undefined {
  return phases.findLast((phase, index) => {
    const before = phases[index - 1]
    return before !== undefined && before.planId !== phase.planId && isWithin(phase.from, hour)
  })?.from
}

const isWithin = (at: Instant, hour: UtcHour): boolean => isAtOrAfter(at, hour) && isBefore(at, endOfHour(hour))
