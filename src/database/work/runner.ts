/** Claims objects and runs their looks, and keeps their leases alive meanwhile. When to claim is decided elsewhere (loop.ts, run-due.ts). */
import type { Clock, Milliseconds } from '../../kit/time.ts'
import type { Db } from '../types.ts'
import { type Claimed, claim } from './claim.ts'
import { type Finish, giveBack } from './finish.ts'
import type { Held } from './held.ts'
import { registerKinds } from './kinds.ts'
import type { Look } from './look.ts'
import { type RunDeps, runLook } from './run-look.ts'
import { type Room, renewAll } from './running.ts'

export interface Runner {
  /** Looks running now. */
  count(): number
  /** Claims what is due, as far as there is room, and starts its looks. Returns how many. */
  claimInto(room: Room): Promise<number>
  /** Resolves when the looks running now have ended. */
  settled(): Promise<void>
  /** Claims no more. Looks get `grace` to end, then are aborted, and given up after a little more. */
  stop(grace: Milliseconds): Promise<void>
}

export interface RunnerOptions extends RunDeps {
  readonly looks: readonly Look[]
  /** Called after each look. */
  readonly ended: (finish: Finish) => void
}

/** For looks that were aborted to end by themselves. */
const AFTER_ABORT: Milliseconds = 2000

export function createRunner(options: RunnerOptions): Runner {
  const { db, log, looks, leaseLength } = options
  const byKind = lookByKind(looks)
  const running = new Map<Held, Promise<void>>()
  let stopped = false
  let registered: Promise<void> | undefined

  async function claimInto(room: Room): Promise<number> {
    await ensureRegistered()
    if (stopped || room.limit <= 0) return 0
    const sent = performance.now()
    const claimed = await claim(db, { looks, now: options.clock.now(), lease: leaseLength, ...room })
    if (stopped) await giveAllBack(db, claimed, options.clock)
    else for (const one of claimed) begin(one, sent + leaseLength)
    return claimed.length
  }

  function ensureRegistered(): Promise<void> {
    registered ??= registerKinds(db, looks).catch((error: unknown) => {
      registered = undefined
      throw error
    })
    return registered
  }

  function begin(claimed: Claimed, deadline: number): void {
    const look = byKind.get(claimed.kind)
    if (!look) throw new TypeError(`no look for ${claimed.kind}`)
    const held: Held = { claimed, longestCall: look.longestCall, abort: new AbortController(), deadline, provedAt: deadline - leaseLength }
    options.crashPoint?.('work.claimed')
    running.set(
      held,
      runLook(options, look, held).then((finish) => {
        running.delete(held)
        options.ended(finish)
      }),
    )
  }

  const settled = async (): Promise<void> => void (await Promise.all(running.values()))
  const stopRenewing = every(leaseLength / 3, async () => {
    await renewAll(db, new Set(running.keys()), leaseLength).catch((error: unknown) => log.warn({ err: error }, 'leases not renewed'))
  })

  async function stop(grace: Milliseconds): Promise<void> {
    stopped = true
    await within(grace, settled())
    for (const held of running.keys()) held.abort.abort(new DOMException('the process stops', 'AbortError'))
    await within(AFTER_ABORT, settled())
    stopRenewing()
    if (running.size > 0) log.warn({ looks: running.size }, 'looks did not end; others take over when their leases have ended')
  }

  return { count: () => running.size, claimInto, settled, stop }
}

function lookByKind(looks: readonly Look[]): ReadonlyMap<string, Look> {
  const byKind = new Map(looks.map((look) => [look.kind, look]))
  if (byKind.size !== looks.length) throw new RangeError('two looks of the same kind')
  return byKind
}

const giveAllBack = (db: Db, claimed: readonly Claimed[], clock: Clock): Promise<unknown> =>
  Promise.all(claimed.map((one) => giveBack(db, one, clock.now())))

/** Runs `work` again and again, never twice at once. Does not keep the process alive. Returns how to end it. */
function every(period: Milliseconds, work: () => Promise<void>): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    void work().finally(() => {
      busy = false
    })
  }, period)
  timer.unref()
  return () => clearInterval(timer)
}

async function within(length: Milliseconds, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, length)
  })
  await Promise.race([work, over])
  clearTimeout(timer)
}
