/** One lease while its look is running, as this process knows it. */
import type { RawBuilder } from 'kysely'
import { AppError } from '../../kit/errors/index.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import type { Db, Tx } from '../types.ts'
import type { Claimed } from './claim.ts'
import { extend, isHeld, lockedRow } from './leases.ts'
import type { Guard, Lease } from './look.ts'

export interface Held {
  readonly claimed: Claimed
  readonly longestCall: Milliseconds
  readonly abort: AbortController
  /** By `performance.now()`; reckoned from before the statement was sent, so never later than the database's. */
  deadline: number
}

/** Kept beyond the call itself: for the way to the database and back. */
const SPARE: Milliseconds = seconds(1)

const leaseLost = ({ tenantId, kind, key }: Claimed): AppError => new AppError('ERR_LEASE_LOST', { facts: { tenantId, kind, key } })

/** Tells the look that it is no longer the holder. Returns the error to throw. */
export function lose(held: Held): AppError {
  const error = leaseLost(held.claimed)
  held.abort.abort(error)
  return error
}

export const isLate = (held: Held): boolean => performance.now() >= held.deadline

const timeLeft = (held: Held): Milliseconds => held.deadline - performance.now()

async function makeLast(db: Db, held: Held, length: Milliseconds): Promise<boolean> {
  const sent = performance.now()
  if (!(await extend(db, held.claimed, length))) return false
  held.deadline = Math.max(held.deadline, sent + length)
  return true
}

function guardOf(held: Held): Guard {
  const row = (): RawBuilder<unknown> => {
    held.abort.signal.throwIfAborted()
    return lockedRow(held.claimed)
  }
  const proved = (isHeld: boolean): void => {
    if (!isHeld) throw lose(held)
  }
  const assertHeld = async (tx: Tx): Promise<void> => proved((await row().execute(tx)).rows.length > 0)
  return Object.assign(assertHeld, { lease: { row, proved } })
}

/** The lease as the look sees it. */
export const leaseOf = (db: Db, held: Held, length: Milliseconds): Lease => ({
  attempt: held.claimed.attempts,
  signal: held.abort.signal,

  assertHeld: guardOf(held),

  async assertTimeFor(call) {
    if (!(call >= 0 && call <= held.longestCall)) throw new RangeError(`a call of 0..${held.longestCall} ms (longestCall), got ${call}`)
    held.abort.signal.throwIfAborted()
    const isThere =
      timeLeft(held) > call + SPARE ? await isHeld(db, held.claimed) : await makeLast(db, held, Math.max(length, call + SPARE))
    if (!isThere) throw lose(held)
    held.abort.signal.throwIfAborted()
    if (timeLeft(held) <= call) throw lose(held) // this process stood still meanwhile
  },
})
