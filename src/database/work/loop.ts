/** When to claim: at a nudge, when a place gets free, when something becomes due, and at every poll. */
import type { Log } from '../../kit/log.ts'
import { between, type Clock, type Instant, type Milliseconds } from '../../kit/time.ts'
import type { Db } from '../types.ts'
import type { Finish } from './finish.ts'
import { takeBack } from './leases.ts'
import { nextDue } from './next-due.ts'
import type { Runner } from './runner.ts'
import { roomFor } from './running.ts'

export interface LoopOptions {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly runner: Runner
  readonly concurrency: number
  readonly batch: number
  readonly pollEvery: Milliseconds
  readonly random: () => number
}

export interface Loop {
  /** Something may be due now. */
  nudge(): void
  /** A look has ended. */
  ended(finish: Finish): void
  /** Claims no more. Resolves when the claim under way has ended. */
  stop(): Promise<void>
}

/** Looks that end within this are followed by one claim instead of one each. */
const GATHER: Milliseconds = 5

export function startLoop({ db, clock, log, runner, concurrency, batch, pollEvery, random }: LoopOptions): Loop {
  const dueTimer = createTimer(nudge)
  const gatherTimer = createTimer(nudge)
  const pollTimer = createTimer(() => void poll())
  let stopped = false
  let asked = false
  /** The last claim was full, or there was no room for one: there may be more. */
  let more = false
  let round: Promise<void> | undefined

  function nudge(): void {
    asked = true
    if (stopped || round) return
    round = rounds()
      .catch((error: unknown) => log.warn({ err: error }, 'nothing claimed; trying again at the next poll'))
      .finally(() => {
        round = undefined
        if (asked) nudge() // asked while the round was ending
      })
  }

  async function rounds(): Promise<void> {
    while (asked && !stopped) {
      asked = false
      more = await claimAll()
    }
    if (!stopped && !more) wakeAt(await nextDue(db, clock.now()))
  }

  /** True when there may be more. */
  async function claimAll(): Promise<boolean> {
    for (;;) {
      const room = roomFor(runner.count(), concurrency, batch)
      if (stopped || room.limit === 0) return true
      const claimed = await runner.claimInto(room)
      if (claimed < room.limit) return runner.count() >= concurrency
    }
  }

  function wakeAt(due: Instant | undefined): void {
    if (due) dueTimer.within(Math.max(0, between(clock.now(), due)), pollEvery)
  }

  async function poll(): Promise<void> {
    try {
      await takeBack(db, clock.now())
    } catch (error) {
      log.warn({ err: error }, 'ended leases not taken back; trying again at the next poll')
    }
    nudge()
    if (!stopped) pollTimer.within(pollEvery * (0.9 + 0.2 * random()))
  }

  function ended(finish: Finish): void {
    if (stopped) return
    if (more) gatherTimer.within(runner.count() <= concurrency / 2 ? 0 : GATHER)
    if (finish !== undefined && finish !== 'lost') wakeAt(finish)
  }

  void poll()
  return {
    nudge,
    ended,
    async stop() {
      stopped = true
      for (const timer of [dueTimer, gatherTimer, pollTimer]) timer.clear()
      await round
    },
  }
}

interface Timer {
  /** Rings after `wait`, or earlier when it is set to ring earlier; not at all when `wait` is over `limit`. */
  within(wait: Milliseconds, limit?: Milliseconds): void
  clear(): void
}

function createTimer(ring: () => void): Timer {
  let timer: NodeJS.Timeout | undefined
  let rings = Number.POSITIVE_INFINITY

  function clear(): void {
    clearTimeout(timer)
    rings = Number.POSITIVE_INFINITY
  }

  function within(wait: Milliseconds, limit = Number.POSITIVE_INFINITY): void {
    const at = performance.now() + wait
    if (wait > limit || at >= rings) return
    clear()
    rings = at
    timer = setTimeout(() => {
      rings = Number.POSITIVE_INFINITY
      ring()
    }, wait)
  }

  return { within, clear }
}
