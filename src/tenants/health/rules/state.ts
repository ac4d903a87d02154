/** How a credential stands, from what is noted of it and what its last check showed. Pure. */
import { days, type Instant, isBefore, plus } from '../../../kit/time.ts'

export interface CredentialCheck {
  /** Absent while the other side has never answered. */
  readonly result: 'good' | 'refused' | undefined
  /** Why it was refused. */
  readonly code: string | undefined
  readonly reason: string | undefined
  /** What it cannot do, though it is good. */
  readonly notes: readonly string[]
  /** Since when it stands so. */
  readonly since: Instant
  readonly lastGoodAt: Instant | undefined
  readonly askedAt: Instant
  /** The code of the last try, when the other side gave no answer: it says nothing about the credential. */
  readonly unanswered: string | undefined
}

export interface CheckedCredential {
  readonly kind: string
  readonly slot: string
  readonly expiresAt: Instant | undefined
  readonly check: CredentialCheck | undefined
}

/** `unchecked`: stored, and not tried since. */
export type CredentialState = 'active' | 'expiring' | 'error' | 'unchecked'

/** Told again at each: so many days before the end, and at the end. */
const STAGES = [0, 3, 14, 30] as const
export type ExpiryStage = (typeof STAGES)[number]

/** @returns the last stage that was reached; `undefined` while the end is far, or not known */
export const expiryStage = (expiresAt: Instant | undefined, now: Instant): ExpiryStage | undefined =>
  expiresAt && STAGES.find((stage) => !isBefore(plus(now, days(stage)), expiresAt))

export function credentialState({ check, expiresAt }: CheckedCredential, now: Instant): CredentialState {
  if (check?.result === 'refused') return 'error'
  if (expiryStage(expiresAt, now) !== undefined) return 'expiring'
  return check?.result === 'good' ? 'active' : 'unchecked'
}
