/**
 * Tells workers that something was woken, as soon as it is committed: those of this process at once, those of the others by
 * NOTIFY. A NOTIFY inside each transaction would cost three quarters of the commits per second, so it is sent outside and coalesced.
 * A hint only: a worker that misses it finds the work at its next poll.
 */
import { randomBytes } from 'node:crypto'
import type { Milliseconds } from '../kit/time.ts'

/** The NOTIFY channel; the payload is the sender's id, so that a process does not hear itself. */
export const WAKE_CHANNEL = 'bridge_work'

const COALESCE: Milliseconds = 75

export interface Wakes {
  /** This process, as it appears in notifications. */
  readonly sender: string
  /** Called after a commit of this process that woke something. Returns how to stop listening. */
  onWake(listener: () => void): () => void
  /** Something was woken and is committed. */
  raise(): void
  /** Sends what waits to be sent, now. */
  flush(): Promise<void>
}

export function createWakes(notify: (sender: string) => Promise<void>): Wakes {
  const sender = randomBytes(6).toString('hex')
  const listeners = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    await notify(sender)
  }

  function raise(): void {
    for (const listener of listeners) listener()
    timer ??= setTimeout(() => void flush(), COALESCE).unref()
  }

  return {
    sender,
    onWake(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    raise,
    flush,
  }
}
