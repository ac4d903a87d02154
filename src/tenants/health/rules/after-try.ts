/** What a try of a credential makes of what was known. Pure. */
import type { Instant } from '../../../kit/time.ts'
import type { CredentialCheck } from './state.ts'

export type Tried =
  | { readonly result: 'good'; readonly notes: readonly string[] }
  | { readonly result: 'refused' | 'unclear'; readonly code: string; readonly reason: string }

/** A side that gives no answer changes nothing of what was known. */
export function afterTry(before: CredentialCheck | undefined, tried: Tried, now: Instant): CredentialCheck {
  if (tried.result === 'unclear') {
    const nothing = { result: undefined, code: undefined, reason: undefined, notes: [], since: now, lastGoodAt: undefined }
    return { ...(before ?? nothing), askedAt: now, unanswered: tried.code }
  }
  const since = before?.result === tried.result ? before.since : now
  const common = { since, askedAt: now, unanswered: undefined }
  return tried.result === 'good'
    ? { ...common, result: 'good', code: undefined, reason: undefined, notes: tried.notes, lastGoodAt: now }
    : { ...common, result: 'refused', code: tried.code, reason: tried.reason, notes: [], lastGoodAt: before?.lastGoodAt }
}
