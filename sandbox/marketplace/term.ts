/** Billing terms in whole days, UTC. Pure. */
import { days, type Instant, instant, plus } from '../../src/kit/time.ts'
import type { Deal, Plan, PlanTerm, TermUnit } from './types.ts'

export interface Term {
  readonly startDate: Instant
  /** The last valid day, at its start. */
  readonly endDate: Instant
}

/** How long each is. */
export const MONTHS: Readonly<Record<TermUnit, number>> = { P1M: 1, P1Y: 12, P2Y: 24, P3Y: 36 }

/** The term that starts on the day of `at`. */
export function termFrom(at: Instant, unit: TermUnit): Term {
  const startDate = startOfDay(at)
  return { startDate, endDate: plus(addMonths(startDate, MONTHS[unit]), -days(1)) }
}

/** The first moment after a term: when it is renewed, or ends for good. */
export const endOf = (term: Term): Instant => plus(term.endDate, days(1))

const startOfDay = (at: Instant): Instant => instant(`${at.toISOString().slice(0, 10)}T00:00:00Z`)

/** The same day of a later month, or that month's last. */
function addMonths(day: Instant, months: number): Instant {
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months]
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return instant(Date.UTC(year, month, Math.min(day.getUTCDate(), lastOfMonth)))
}

/** What a plan is sold for, to everybody or by a private offer. */
export const termsOf = (plan: Plan, deal?: Deal): readonly PlanTerm[] =>
  deal?.terms ??
  plan.terms ?? [
    { unit: 'P1M', price: plan.price },
    { unit: 'P1Y', price: plan.price * MONTHS.P1Y },
  ]
