/** How long a buyer stays signed in. Pure. */
import { between, hours, type Instant, isBefore, type Milliseconds, minutes, plus } from '../../kit/time.ts'

/** Without a page being opened. A status page that looks by itself does not count. */
export const IDLE_LIFE: Milliseconds = hours(2)
/** However much it is used: a working day. Signing in again is one redirect while Microsoft knows the visitor. */
export const WHOLE_LIFE: Milliseconds = hours(12)
/** Use is written down this often at most. */
const USE_STEP: Milliseconds = minutes(1)

export interface Lifetime {
  readonly lastUsedAt: Instant
  /** The end, however much it is used. */
  readonly expiresAt: Instant
}

export const isAlive = ({ lastUsedAt, expiresAt }: Lifetime, now: Instant): boolean =>
  isBefore(now, expiresAt) && isBefore(now, plus(lastUsedAt, IDLE_LIFE))

export const isUseWorthWriting = ({ lastUsedAt }: Lifetime, now: Instant): boolean => between(lastUsedAt, now) >= USE_STEP
