/**
 * What falls due in the sandbox: lapses, time-outs, retries, asynchronous effects. Timers run on the movable clock, so they fire both
 * when real time passes and at once when the clock is moved past them; `settled` tells when all of that has come to rest.
 */
import type { Log } from '../src/kit/log.ts'
import { type Instant, instant, type Milliseconds, type MovableClock, plus } from '../src/kit/time.ts'

export interface Timers {
  /** Runs once when the clock reaches `due`. Returns how to call it off. */
  at(due: Instant, run: () => unknown): () => void
  /** Runs once after so long on the sandbox's clock. */
  after(length: Milliseconds, run: () => unknown): () => void
  /** Counts work as unfinished until its promise is settled. A failure is logged. */
  track(work: Promise<unknown>): void
  /** When the next thing planned falls due. */
  nextDue(): Instant | undefined
  /** Resolves when nothing due is left and nothing tracked is still running. */
  settled(): Promise<void>
  /** Forgets everything planned; what already runs is left to end. */
  clear(): void
  stop(): void
}

interface Entry {
  readonly due: number
  readonly run: () => unknown
  calledOff: boolean
}

/** The longest `setTimeout` Node keeps; a later timer is armed again then. */
const LONGEST_TIMEOUT: Milliseconds = 2 ** 31 - 1

export function createTimers(clock: MovableClock, log: Log): Timers {
  const planned: Entry[] = [] // by due time, then by age
  const work = trackWork(log)
  let alarm: NodeJS.Timeout | undefined

  function runDue(): void {
    const now = clock.now().getTime()
    const due = planned.splice(0, placeAfter(planned, now))
    for (const entry of due) if (!entry.calledOff) work.track(Promise.resolve().then(entry.run))
    arm()
  }

  function arm(): void {
    clearTimeout(alarm)
    const next = planned[0]
    if (!next) return
    alarm = setTimeout(runDue, Math.min(LONGEST_TIMEOUT, Math.max(0, next.due - clock.now().getTime())))
    alarm.unref()
  }

  function at(due: Instant, run: () => unknown): () => void {
    const entry: Entry = { due: due.getTime(), run, calledOff: false }
    planned.splice(placeAfter(planned, entry.due), 0, entry)
    if (planned[0] === entry) arm()
    return () => {
      entry.calledOff = true
    }
  }

  async function settled(): Promise<void> {
    runDue()
    while (work.isGoingOn()) {
      await work.ended()
      runDue()
    }
  }

  const nextDue = (): Instant | undefined => planned[0] && instant(planned[0].due)
  const stopListening = clock.onMove(runDue)
  const clear = (): void => {
    planned.length = 0
    clearTimeout(alarm)
  }
  const stop = (): void => {
    stopListening()
    clear()
  }
  return { at, after: (length, run) => at(plus(clock.now(), length), run), track: work.track, settled, clear, stop, nextDue }
}

/** How many of the planned, which are sorted, come no later than `due`. */
function placeAfter(planned: readonly Entry[], due: number): number {
  let [low, high] = [0, planned.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((planned[middle]?.due ?? due) <= due) low = middle + 1
    else high = middle
  }
  return low
}

/** What is still going on. */
function trackWork(log: Log) {
  const running = new Set<Promise<unknown>>()
  return {
    isGoingOn: () => running.size > 0,
    ended: () => Promise.all(running),
    track(work: Promise<unknown>): void {
      const watched = work
        .catch((error: unknown) => log.error({ err: error }, 'something due in the sandbox failed'))
        .finally(() => running.delete(watched))
      running.add(watched)
    },
  }
}
