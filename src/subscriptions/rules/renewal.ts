/** A new term at Microsoft: when one has begun, and the one billing request of ours it gets in Connect, where the product's policy wants it. Pure. */
import type { AssetId } from '../../kit/ids.ts'
import { days, type Instant, plus } from '../../kit/time.ts'
import { wantedItems } from './items.ts'
import { attempt, type Next, refusedAs } from './next.ts'
import type { BillingUnit } from './steps.ts'
import type { SubscriptionView } from './view.ts'

/** The newest term that began while we watched: never the first one, which the purchase stands for. */
export interface Renewal {
  /** The first day of the term, at its start. */
  readonly from: Instant
  /** The day after its last, at its start. */
  readonly to: Instant
  /** The billing request in Connect, once it was seen there. */
  readonly billedAs?: string | undefined
}

interface Term {
  readonly startDate?: Instant | undefined
  /** The last valid day. */
  readonly endDate?: Instant | undefined
}

/** @param known what was remembered; it stays until a later term begins. */
export function renewalSeen(known: Renewal | undefined, before: Term, now: Term): Renewal | undefined {
  if (!before.endDate || !now.endDate || now.endDate.getTime() <= before.endDate.getTime()) return known
  const startMoved = now.startDate && before.startDate && now.startDate.getTime() > before.startDate.getTime()
  const from = (startMoved ? now.startDate : undefined) ?? plus(before.endDate, days(1))
  if (known && from.getTime() <= known.from.getTime()) return known
  return { from, to: plus(now.endDate, days(1)) }
}

/** Connect's unit and how many of them; `undefined` for a term we cannot put into its words. */
export function billingPeriod(termUnit: string | undefined): { readonly delta: number; readonly unit: BillingUnit } | undefined {
  const [, count, letter] = /^P(\d{1,2})([MY])$/.exec(termUnit ?? '') ?? []
  const length = Number(count)
  if (letter === 'M' && length > 0) return { delta: length, unit: 'monthly' }
  if (letter === 'Y' && length === 1) return { delta: 1, unit: 'yearly' }
  const unit = YEARS.find((name) => name === `years_${length}`)
  return letter === 'Y' && unit ? { delta: 1, unit } : undefined
}

const YEARS = ['years_2', 'years_3', 'years_4', 'years_5', 'years_6'] as const

/** `undefined` when there is nothing to bill: no new term, billed already, not wanted, or nothing with a quantity in the plan. */
export function billRenewal(view: SubscriptionView, assetId: AssetId, quantity: number | undefined, now: Instant): Next | undefined {
  const { renewal, plan } = view
  if (!renewal || renewal.billedAs !== undefined || !plan) return undefined
  const kinds = new Map(plan.items.map(({ itemId, kind }) => [itemId, kind]))
  const items = wantedItems(plan, quantity).flatMap((item) =>
    kinds.get(item.itemId) === 'reservation' && typeof item.quantity === 'number' ? [{ itemId: item.itemId, quantity: item.quantity }] : [],
  )
  if (items.length === 0) return undefined
  const { from, to, delta, unit } = renewal
  return attempt(view, { kind: 'billRenewal', assetId, from, to, delta, unit, items }, now, refusedAs('RENEWAL_NOT_BILLED'))
}
