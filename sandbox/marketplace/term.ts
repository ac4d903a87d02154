/** Billing terms in whole days, UTC. Pure. */
import { days, type Instant, instant, plus } from '../../src/kit/time.ts'
import type { TermUnit } from './types.ts'

export interface Term {
  readonly startDate: Instant
  /** The last valid day, at its start. */
  readonly endDate: Instant
}

/** The term that starts on the day of `at`. */
export function termFrom(at: Instant, unit: TermUnit): Term {
  const startDate = startOfDay(at)
  return { startDate, endDate: plus(addMonths(startDate, unit === 'P1Y' ? 12 : 1), -days(1)) }
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
