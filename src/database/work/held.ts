/** One lease while its look is running, as this process knows it. */
import { AppError } from '../../kit/errors/index.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import type { Db, Tx } from '../types.ts'
import type { Claimed } from './claim.ts'
import { extend, isHeld, lockedRow } from './leases.ts'
import type { Guard, HeldRow, Lease } from './look.ts'

export interface Held {
  readonly claimed: Claimed
  readonly longestCall: Milliseconds
  readonly abort: AbortController
  /** By `performance.now()`; reckoned from before the statement was sent, so never later than the database's. */
  deadline: number
  /** When the statement was sent that last showed the lease to be ours. */
  provedAt: number
}

/** Kept beyond the call itself: for the way to the database and back. What was shown to be ours within it is not asked for again. */
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
  const lease = (): HeldRow => {
    held.abort.signal.throwIfAborted()
    const sent = performance.now()
    return {
      row: lockedRow(held.claimed),
      proved(isHeld) {
        if (!isHeld) throw lose(held)
        held.provedAt = Math.max(held.provedAt, sent)
      },
    }
  }
  const assertHeld = async (tx: Tx): Promise<void> => {
    const { row, proved } = lease()
    proved((await row.execute(tx)).rows.length > 0)
  }
  return Object.assign(assertHeld, { lease })
}

/** The lease as the look sees it. */
export const leaseOf = (db: Db, held: Held, length: Milliseconds): Lease => ({
  attempt: held.claimed.attempts,
  signal: held.abort.signal,

  assertHeld: guardOf(held),

  async assertTimeFor(call) {
    if (!(call >= 0 && call <= held.longestCall)) throw new RangeError(`a call of 0..${held.longestCall} ms (longestCall), got ${call}`)
    held.abort.signal.throwIfAborted()
    if (timeLeft(held) <= call + SPARE) {
      if (!(await makeLast(db, held, Math.max(length, call + SPARE)))) throw lose(held)
    } else if (performance.now() - held.provedAt > SPARE && !(await isHeld(db, held.claimed))) throw lose(held)
    held.abort.signal.throwIfAborted()
    if (timeLeft(held) <= call) throw lose(held) // this process stood still meanwhile
  },
})
