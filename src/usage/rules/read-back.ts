/**
 * Our sum of a day beside Microsoft's. Microsoft takes a while: yesterday's rows may still be `Submitted` or not be there yet, and that is no
 * difference. Pure.
 */
import { type ExactQuantity, fromDouble, printQuantity, sumQuantities } from '../../kit/quantity.ts'

export type ReadBackStanding =
  | 'agrees'
  /** Nothing differs so far; Microsoft has not finished. */
  | 'processing'
  /** Microsoft has no such usage. */
  | 'missing'
  /** Microsoft has more than we sent: somebody else reports too. */
  | 'more'
  | 'less'
  /** Microsoft does not bill some of it. */
  | 'rejected'
  /** Microsoft bills another quantity than it took. */
  | 'mismatch'

export interface MicrosoftRow {
  readonly reconStatus: string
  readonly submitted: ExactQuantity
  readonly processed: ExactQuantity | undefined
}

export interface DayToCompare {
  /** What Microsoft has accepted of ours. */
  readonly ours: ExactQuantity
  /** Those that are never billed (`TestHeaders`, `DryRun`) left out. */
  readonly rows: readonly MicrosoftRow[]
  /** Of ours something is on its way: Microsoft may have it. */
  readonly underWay: boolean
  /** The day ended less than a day ago. */
  readonly fresh: boolean
}

export function compareDay({ ours, rows, underWay, fresh }: DayToCompare): ReadBackStanding {
  const submitted = sumQuantities(rows.map((row) => row.submitted))
  if (rows.some(({ reconStatus }) => reconStatus === 'Rejected')) return 'rejected'
  if (rows.some(({ reconStatus }) => reconStatus === 'Mismatch')) return 'mismatch'
  if (!sameSum(submitted, ours)) {
    if (submitted > ours) return underWay ? 'processing' : 'more'
    if (fresh) return 'processing'
    return rows.length === 0 ? 'missing' : 'less'
  }
  return rows.some(({ reconStatus }) => reconStatus !== 'Accepted') ? 'processing' : 'agrees'
}

export const isDifference = (standing: ReadBackStanding): boolean => standing !== 'agrees' && standing !== 'processing'

/** Microsoft sums doubles: fifteen digits of both. */
const sameSum = (theirs: ExactQuantity, ours: ExactQuantity): boolean => toDigits(theirs) === toDigits(ours)
const toDigits = (quantity: ExactQuantity): ExactQuantity | undefined => fromDouble(Number(printQuantity(quantity)))
