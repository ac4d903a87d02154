/** The looks this process is running: how much room is left, and their leases kept alive. */
import type { Milliseconds } from '../../kit/time.ts'
import type { Db } from '../types.ts'
import { type Held, isLate, lose } from './held.ts'
import { renew } from './leases.ts'
import { priorities } from './object.ts'

export interface Room {
  readonly limit: number
  /** Only this urgent or more. */
  readonly upTo: number
}

const ANY = 32_767

/**
 * How much may be claimed. When all places are taken, as many again open for answers only: they have ten seconds, and must not wait
 * behind slow calls of others, even when they come by the dozen each second.
 */
export function roomFor(running: number, concurrency: number, batch: number): Room {
  const free = concurrency - running
  if (free > 0) return { limit: Math.min(free, batch), upTo: ANY }
  return { limit: Math.min(batch, Math.max(0, concurrency + free)), upTo: priorities.answer }
}

/** Renews what is held. A lease that is gone, or could not be renewed in time, is lost: its look is aborted. */
export async function renewAll(db: Db, all: ReadonlySet<Held>, length: Milliseconds): Promise<void> {
  const inTime = [...all].filter((held) => !held.abort.signal.aborted && !loseIfLate(held))
  if (inTime.length === 0) return
  const sent = performance.now()
  const { held: tokens, renewed } = await renew(
    db,
    inTime.map(({ claimed }) => claimed),
    length,
  )
  for (const held of inTime) {
    if (renewed.has(held.claimed.token)) held.deadline = Math.max(held.deadline, sent + length)
    else if (!tokens.has(held.claimed.token) && all.has(held)) lose(held)
  }
}

function loseIfLate(held: Held): boolean {
  const late = isLate(held)
  if (late) lose(held)
  return late
}
