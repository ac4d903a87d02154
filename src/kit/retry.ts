/** When to repeat an outside call, and after how long. Pure: chance is passed in. */
import { type Milliseconds, seconds } from './time.ts'

/** How one try ended without a usable answer. */
export type TryFailure =
  /** An answer came, but not a good one. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: Milliseconds | undefined }
  /** Nothing left this machine: name not found, connection refused. Safe to repeat, whatever the call. */
  | { readonly kind: 'notSent' }
  /** It may have arrived: timeout, reset, cut answer. */
  | { readonly kind: 'lost' }

export interface RetryQuestion {
  readonly failure: TryFailure
  /** 1 for the first try. */
  readonly attempt: number
  /** A repeat of the same call changes nothing more: GET, PUT, and what the caller vouches for. */
  readonly repeatable: boolean
  readonly maxAttempts: number
  /** Between 0 and 1. */
  readonly chance: number
}

const FIRST_PAUSE = 250
const LONGEST_PAUSE = seconds(8)
/** A longer wish of the other side is left to the work list: no worker sleeps that long inside a call. */
const LONGEST_RETRY_AFTER = seconds(10)

/** The pause before the next try, or `undefined` when the failure stands. */
export function pauseBeforeRetry(question: RetryQuestion): Milliseconds | undefined {
  const { failure, attempt, repeatable, maxAttempts, chance } = question
  if (attempt >= maxAttempts) return undefined
  const backOff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * (0.5 + chance / 2)
  switch (failure.kind) {
    case 'notSent':
      return backOff
    case 'lost':
      return repeatable ? backOff : undefined
    case 'status':
      return pauseAfterStatus(failure, repeatable, backOff)
  }
}

function pauseAfterStatus(failure: TryFailure & { kind: 'status' }, repeatable: boolean, backOff: Milliseconds): Milliseconds | undefined {
  const { status, retryAfter } = failure
  if (retryAfter !== undefined && retryAfter > LONGEST_RETRY_AFTER) return undefined
  if (status === 429) return retryAfter ?? backOff // refused before any effect: safe for every call
  if (!repeatable) return undefined // a 5xx says nothing about whether it took effect
  if (status === 408 || status >= 500) return retryAfter ?? backOff
  return undefined
}

/** Reads `Retry-After`: seconds or an HTTP date. */
export function readRetryAfter(header: string | undefined, now: { getTime(): number }): Milliseconds | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return seconds(Number(text))
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
