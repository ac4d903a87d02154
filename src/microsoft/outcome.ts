/** What Microsoft's answer means: HTTP status to our error code, and whether the call may have taken effect all the same. Pure. */
import type { ErrorCode } from '../kit/errors/index.ts'

/** 401 that stays after a fresh token is folded into 403, as Microsoft's own pages do. */
export function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 400:
      return 'ERR_MS_BAD_REQUEST'
    case 401:
    case 403:
      return 'ERR_MS_FORBIDDEN'
    case 404:
      return 'ERR_MS_NOT_FOUND'
    case 409:
    case 412:
      return 'ERR_MS_CONFLICT'
    case 408:
    case 429:
      return 'ERR_MS_UNAVAILABLE'
    default:
      return status >= 500 ? 'ERR_MS_UNAVAILABLE' : 'ERR_MS_UNEXPECTED_ANSWER'
  }
}

export interface Ending {
  /** The call would change something at Microsoft. */
  readonly changes: boolean
  /** It was repeated, or may have been, before it ended like this. */
  readonly repeated: boolean
  /** HTTP status; or how it failed without one. */
  readonly end: number | 'notSent' | 'lost'
}

/**
 * Whether the caller must look before it decides: a 5xx, a time-out or a lost reply says nothing about the effect; a clear refusal
 * does, but not about an earlier try of the same call.
 */
export function isOutcomeUnknown({ changes, repeated, end }: Ending): boolean {
  if (!changes) return false
  if (repeated || end === 'lost') return true
  return end !== 'notSent' && (end === 408 || end >= 500)
}
