/** When something was consumed, as a record's stamps tell it. Pure. */
import { between, days, type Instant, instant, isBefore, type Milliseconds, plus } from '../../../kit/time.ts'
import type { RecordReason } from './reasons.ts'

export interface Stamps {
  readonly from: Instant | undefined
  readonly to: Instant | undefined
}

/** UTC days, both inside. */
export interface FilePeriod {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type Window =
  | { readonly ok: true; readonly consumedFrom: Instant; readonly consumedAt: Instant; readonly wholeMonth: boolean }
  | { readonly ok: false; readonly reason: Extract<RecordReason, `TIME_${string}`> }

const LONGEST: Milliseconds = days(366)

/** The end of a window is its first moment outside, so what decides the hour is the moment before it. */
export function windowOf({ from, to }: Stamps, period: FilePeriod): Window {
  if (!from || !to) return { ok: false, reason: 'TIME_MISSING' }
  if (isBefore(to, from)) return { ok: false, reason: 'TIME_REVERSED' }
  if (between(from, to) > LONGEST) return { ok: false, reason: 'TIME_TOO_LONG' }
  const consumedAt = isBefore(from, to) ? plus(to, -1) : to
  return { ok: true, consumedFrom: from, consumedAt, wholeMonth: isWholeMonth(from, to) || isWholePeriod(from, to, period) }
}

/** From the first moment of a month to its last day or the moment after it. */
function isWholeMonth(from: Instant, to: Instant): boolean {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth()]
  return from.getTime() === Date.UTC(year, month) && isEndOf(to, instant(Date.UTC(year, month + 1)))
}

/** The file's own period, longer than a day: which hour of it is meant is not known. */
function isWholePeriod(from: Instant, to: Instant, period: FilePeriod): boolean {
  const [first, last] = [dayOf(period.from), dayOf(period.to)]
  if (!first || !last || between(first, last) < days(1)) return false
  return from.getTime() === first.getTime() && isEndOf(to, plus(last, days(1)))
}

/** Vendors write the end as 00:00 of the last day, as its last second, or as the moment after it. */
const isEndOf = (to: Instant, after: Instant): boolean => {
  const left = between(to, after)
  return left === days(1) || (left >= 0 && left <= 1000)
}

function dayOf(text: string | undefined): Instant | undefined {
  return text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)) ? undefined : instant(`${text}T00:00:00Z`)
}
