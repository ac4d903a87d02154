/** Connect's periods and commitments as Microsoft's terms and payments. */
import type { BillingTerm, Payment } from '../../tenants/model/plan-content.ts'
import type { ItemFacts } from './facts.ts'
import { type Problem, problem } from './problems.ts'

export interface Schedule {
  readonly term: BillingTerm
  readonly payment: Payment
}

export type Judged =
  | { readonly schedule: Schedule; readonly problems: readonly Problem[] }
  | { readonly schedule: undefined; readonly problems: readonly Problem[] }

const TERM_OF_MONTHS: ReadonlyMap<number, BillingTerm> = new Map([
  [1, '1 month'],
  [12, '1 year'],
  [24, '2 years'],
  [36, '3 years'],
  [48, '4 years'],
  [60, '5 years'],
])

const monthsOf = (period: string): number | undefined => {
  if (period === 'Monthly') return 1
  if (period === 'Yearly') return 12
  const [, years] = /^years_(\d)$/.exec(period) ?? []
  return years === undefined ? undefined : Number(years) * 12
}

/** How an item would be sold at Microsoft; without a schedule it cannot be, and the problem says why. */
export function scheduleOf(item: ItemFacts): Judged {
  const months = monthsOf(item.period)
  const subject = itemSubject(item)
  const facts = { item: item.name, period: item.period }
  if (months === undefined) return { schedule: undefined, problems: [problem(whyNot(item.period), subject, facts)] }
  const term = TERM_OF_MONTHS.get(months)
  if (!term) return { schedule: undefined, problems: [problem('PERIOD_TOO_LONG', subject, facts)] }
  return committed(item, months, { term, payment: 'upfront' })
}

const whyNot = (period: string) => {
  if (period === 'OneTime') return 'PERIOD_ONE_TIME'
  return /trial/i.test(period) ? 'PERIOD_TRIAL' : 'PERIOD_UNKNOWN'
}

/** A month committed to for a year is a term of a year, paid monthly. */
function committed(item: ItemFacts, months: number, plain: Schedule): Judged {
  const { multiplier, count = 1 } = item.commitment
  if (count <= 1) return { schedule: plain, problems: [] }
  const subject = itemSubject(item)
  if (multiplier !== 'billing_period') {
    const commitment = `${count} × ${multiplier ?? 'unknown'}`
    return { schedule: plain, problems: [problem('COMMITMENT_UNKNOWN', subject, { item: item.name, commitment })] }
  }
  const term = TERM_OF_MONTHS.get(months * count)
  const payment: Payment | undefined = months === 1 ? 'monthly' : months === 12 ? 'yearly' : undefined
  if (term && payment) return { schedule: { term, payment }, problems: [] }
  const facts = { item: item.name, months: String(months * count), period: plain.term }
  return { schedule: plain, problems: [problem('COMMITMENT_NOT_SOLD', subject, facts)] }
}

export const itemSubject = ({ id }: Pick<ItemFacts, 'id'>): string => `item ${id}`
