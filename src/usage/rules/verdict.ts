/**
 * What Microsoft's word about one event makes of its slot. HTTP 200 on a batch does not mean billed; every event has a status of its own.
 * Source: OpenAPI `Microsoft.Marketplace.Metering/2018-08-31`, `batchUsageEvent`; Partner Center docs, "Marketplace metered billing APIs". Pure.
 */
import type { ExactQuantity } from '../../kit/quantity.ts'
import { between, type Instant, isAtOrAfter, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import type { UtcHour } from '../../kit/utc-hour.ts'
import { WINDOW } from './place.ts'

export type VerdictStatus =
  | 'Accepted'
  | 'Duplicate'
  | 'Expired'
  | 'Error'
  | 'ResourceNotFound'
  | 'ResourceNotAuthorized'
  | 'ResourceNotActive'
  | 'InvalidDimension'
  | 'InvalidQuantity'
  | 'BadArgument'
  | 'Unknown'

export interface Verdict {
  readonly status: VerdictStatus
  /** What Microsoft wrote, when it is a word we do not know. */
  readonly rawStatus: string
  readonly usageEventId: string | undefined
  /** What Microsoft holds for the hour: of a duplicate, what it took before. */
  readonly acceptedQuantity: ExactQuantity | undefined
  readonly acceptedAt: Instant | undefined
  readonly message: string | undefined
}

export type RefusedBecause = 'resourceNotFound' | 'invalidDimension' | 'invalidQuantity' | 'badArgument' | 'unknownStatus'
export type WaitsBecause = 'microsoftError' | 'notActive' | 'notAuthorized' | 'duplicateUnread'

export type Settlement =
  | { readonly to: 'accepted' }
  | { readonly to: 'differs' }
  | { readonly to: 'expired' }
  | { readonly to: 'refused'; readonly because: RefusedBecause }
  /** Kept, and sent again then. */
  | { readonly to: 'sealed'; readonly because: WaitsBecause; readonly until: Instant }

export interface SentSlot {
  readonly hour: UtcHour
  readonly quantity: ExactQuantity
  /** How often it was sent, this time included. */
  readonly sends: number
}

export function settle(slot: SentSlot, verdict: Verdict, now: Instant): Settlement {
  switch (verdict.status) {
    case 'Accepted':
      return agrees(slot, verdict) ? { to: 'accepted' } : { to: 'differs' }
    case 'Duplicate':
      if (verdict.acceptedQuantity === undefined) return again(slot, 'duplicateUnread', now)
      return agrees(slot, verdict) ? { to: 'accepted' } : { to: 'differs' }
    case 'Expired':
      return { to: 'expired' }
    case 'Error':
      return again(slot, 'microsoftError', now)
    case 'ResourceNotActive':
      return again(slot, 'notActive', now)
    case 'ResourceNotAuthorized':
      return again(slot, 'notAuthorized', now)
    case 'ResourceNotFound':
      return { to: 'refused', because: 'resourceNotFound' }
    case 'InvalidDimension':
      return { to: 'refused', because: 'invalidDimension' }
    case 'InvalidQuantity':
      return { to: 'refused', because: 'invalidQuantity' }
    case 'BadArgument':
      return { to: 'refused', because: 'badArgument' }
    case 'Unknown':
      return { to: 'refused', because: 'unknownStatus' }
  }
}

/** An answer without a quantity accepts what was sent. */
const agrees = ({ quantity }: SentSlot, { acceptedQuantity }: Verdict): boolean =>
  acceptedQuantity === undefined || acceptedQuantity === quantity

const FIRST_PAUSE: Readonly<Record<WaitsBecause, Milliseconds>> = {
  microsoftError: minutes(1),
  duplicateUnread: minutes(1),
  notActive: minutes(15),
  notAuthorized: minutes(15),
}
const LONGEST_PAUSE: Milliseconds = minutes(60)

function again({ hour, sends }: SentSlot, because: WaitsBecause, now: Instant): Settlement {
  if (isExpired(hour, now)) return { to: 'expired' }
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE[because] * 2 ** Math.min(sends - 1, 10))
  const close = plus(hour, WINDOW - minutes(5))
  const until = plus(now, pause)
  return { to: 'sealed', because, until: isAtOrAfter(until, close) && isAtOrAfter(close, now) ? close : until }
}

/** Microsoft takes it no longer. */
export const isExpired = (hour: UtcHour, now: Instant): boolean => between(hour, now) >= WINDOW
