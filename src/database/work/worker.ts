/** Looks at what is due, in this process. Any number of processes may do so on one database. */
import type { CrashPoint } from '../../kit/crash-point.ts'
import type { Log } from '../../kit/log.ts'
import { type Clock, type Milliseconds, seconds } from '../../kit/time.ts'
import type { Database } from '../open.ts'
import type { Finish } from './finish.ts'
import { takeBack } from './leases.ts'
import { listen } from './listen.ts'
import type { Look } from './look.ts'
import { type Loop, startLoop } from './loop.ts'
import { createRunner, type Runner } from './runner.ts'

export interface WorkerOptions {
  readonly database: Pick<Database, 'db' | 'url' | 'wakes'>
  readonly looks: readonly Look[]
  /** What due times are compared with. When it is moved, nudge the worker. */
  readonly clock: Clock
  readonly log: Log
  /** Looks at the same time; as many again for answers to Microsoft. Default 20. */
  readonly concurrency?: number
  /** How long a dead process keeps its objects, the kind's longest call not counted. Renewed while working. Default 15 s. */
  readonly leaseLength?: Milliseconds
  /** How late a wake may be noticed at worst. Default 1 s. */
  readonly pollEvery?: Milliseconds
  /** Claimed at once, at most. Default 25. */
  readonly batch?: number
  /** Looks only when `runDue` is called: for tests and one-off commands. */
  readonly onlyWhenAsked?: boolean
  /** Between 0 and 1. */
  readonly random?: () => number
  /** Points `work.claimed` and `work.looked`. */
  readonly crashPoint?: CrashPoint | undefined
}

export interface Worker {
  /** Something may be due now: a wake from this process tells by itself, a moved clock does not. */
  nudge(): void
  /** Looks at everything due by the clock, until nothing is. Returns how many looks that took. Meant for workers started with `onlyWhenAsked`. */
  runDue(): Promise<number>
  /** Claims no more, lets running looks end within `grace` (10 s when left out), then aborts them; what was not finished is due for others. */
  stop(grace?: Milliseconds): Promise<void>
}

const GRACE: Milliseconds = seconds(10)
/** More looks than this in one `runDue` mean that an object asks to be looked at again at once, for ever. */
const TOO_MANY = 100_000

export function startWorker(options: WorkerOptions): Worker {
  const { database, clock, log, concurrency = 20, leaseLength = seconds(15), batch = 25, random = Math.random } = options
  if (!(concurrency >= 1 && batch >= 1 && leaseLength >= 100)) throw new RangeError('concurrency and batch from 1, leaseLength from 100 ms')
  const { db } = database
  const ended = (finish: Finish): void => loop?.ended(finish)
  const { looks, crashPoint, pollEvery = seconds(1) } = options
  const runner = createRunner({ db, clock, log, looks, leaseLength, random, crashPoint, ended })
  const loop = options.onlyWhenAsked ? undefined : startLoop({ db, clock, log, runner, concurrency, batch, pollEvery, random })
  const stopHearing = loop ? hear(database, loop, log) : async () => {}

  return {
    nudge: () => loop?.nudge(),
    async runDue() {
      await takeBack(db, clock.now())
      return runUntilNothingIsDue(runner, Math.min(concurrency, batch))
    },
    async stop(grace = GRACE) {
      await loop?.stop()
      await runner.stop(grace)
      await stopHearing()
    },
  }
}

function hear(database: WorkerOptions['database'], loop: Loop, log: Log): () => Promise<void> {
  const stopOwn = database.wakes.onWake(loop.nudge)
  const stopOthers = listen(database, loop.nudge, log)
  return async () => {
    stopOwn()
    await stopOthers()
  }
}

async function runUntilNothingIsDue(runner: Runner, limit: number): Promise<number> {
  for (let looks = 0; looks < TOO_MANY; ) {
    const claimed = await runner.claimInto({ limit, upTo: 32_767 })
    if (claimed === 0 && runner.count() === 0) return looks
    looks += claimed
    await runner.settled()
  }
  throw new RangeError(`more than ${TOO_MANY} looks: something asks to be looked at again at once, for ever`)
}
