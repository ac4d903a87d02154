/** What a caller may know about each call made for it: ids for a support case, and how it went. Nothing secret or personal. */
import type { Instant, Milliseconds } from '../kit/time.ts'

export interface CallRecord {
  /** Our name of the call: `activate`, `getSubscription` … */
  readonly call: string
  /** `x-ms-requestid`: this call, its in-call repeats included. */
  readonly requestId: string
  /** `x-ms-correlationid`: ties the calls of one piece of work together. */
  readonly correlationId: string
  /** Microsoft's own trace id, when it gives one. */
  readonly activityId: string | undefined
  readonly startedAt: Instant
  readonly took: Milliseconds
  /** HTTP status of the last answer; undefined when none came. */
  readonly status: number | undefined
}

export interface Traced {
  /** A GUID. Default: a new one for each call. */
  readonly correlationId?: string
  /** Told after each call, good or bad. Must not throw. */
  readonly onCall?: (record: CallRecord) => void
}
