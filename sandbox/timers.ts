/**
 * What falls due in the sandbox: lapses, time-outs, retries, asynchronous effects. Timers run on the movable clock, so they fire both
 * when real time passes and at once when the clock is moved past them; `settled` tells when all of that has come to rest.
 */
import type { Log } from '../src/kit/log.ts'
import { between, type Instant, isAtOrAfter, type Milliseconds, type MovableClock, plus } from '../src/kit/time.ts'

export interface Timers {
  /** Runs once when the clock reaches `due`. Returns how to call it off. */
  at(due: Instant, run: () => unknown): () => void
  /** Runs once after so long on the sandbox's clock. */
  after(length: Milliseconds, run: () => unknown): () => void
  /** Counts work as unfinished until its promise is settled. A failure is logged. */
  track(work: Promise<unknown>): void
  /** Resolves when nothing due is left and nothing tracked is still running. */
  settled(): Promise<void>
  /** Forgets everything planned; what already runs is left to end. */
  clear(): void
  stop(): void
}

interface Entry {
  readonly due: Instant
  readonly run: () => unknown
}

/** The longest `setTimeout` Node keeps; a later timer is armed again then. */
const LONGEST_TIMEOUT: Milliseconds = 2 ** 31 - 1

export function createTimers(clock: MovableClock, log: Log): Timers {
  let planned: Entry[] = []
  const running = new Set<Promise<unknown>>()
  let alarm: NodeJS.Timeout | undefined

  function track(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => log.error({ err: error }, 'something due in the sandbox failed'))
      .finally(() => running.delete(watched))
    running.add(watched)
  }

  function runDue(): void {
    const now = clock.now()
    const due = planned.filter((entry) => isAtOrAfter(now, entry.due)).sort((a, b) => between(b.due, a.due))
    planned = planned.filter((entry) => !due.includes(entry))
    for (const entry of due) track(Promise.resolve().then(entry.run))
    arm()
  }

  function arm(): void {
    clearTimeout(alarm)
    if (planned.length === 0) return
    const now = clock.now()
    const wait = Math.min(...planned.map((entry) => between(now, entry.due)))
    alarm = setTimeout(runDue, Math.min(LONGEST_TIMEOUT, Math.max(0, wait)))
    alarm.unref()
  }

  function at(due: Instant, run: () => unknown): () => void {
    const entry = { due, run }
    planned.push(entry)
    arm()
    return () => {
      planned = planned.filter((other) => other !== entry)
    }
  }

  async function settled(): Promise<void> {
    runDue()
    while (running.size > 0) {
      await Promise.all(running)
      runDue()
    }
  }

  const stopListening = clock.onMove(runDue)
  const clear = (): void => {
    planned = []
    clearTimeout(alarm)
  }
  return {
    at,
    after: (length, run) => at(plus(clock.now(), length), run),
    track,
    settled,
    clear,
    stop() {
      stopListening()
      clear()
    },
  }
}
