/** One look from claim to finish. Never throws: what cannot be stored now is done again when the lease has ended. */
import { type CrashPoint, noCrash } from '../../kit/crash-point.ts'
import { AppError } from '../../kit/errors/index.ts'
import { tenantId as tenantIdSchema } from '../../kit/ids.ts'
import type { Log } from '../../kit/log.ts'
import { type Clock, type Milliseconds, plus } from '../../kit/time.ts'
import type { Db } from '../types.ts'
import { type Failure, type Finish, fail, giveBack, settle } from './finish.ts'
import { type Held, leaseOf } from './held.ts'
import type { Lease, Look, LookResult } from './look.ts'
import { pauseAfterFailure } from './pause.ts'

export interface RunDeps {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly leaseLength: Milliseconds
  readonly random: () => number
  readonly crashPoint?: CrashPoint | undefined
}

/** Runs the look and stores how it ended. Returns when the object is due again, as far as known. */
export async function runLook(deps: RunDeps, look: Look, held: Held): Promise<Finish> {
  const { claimed } = held
  const log = deps.log.child({ kind: claimed.kind, tenantId: claimed.tenantId, key: claimed.key })
  try {
    const finish = await lookAndStore(deps, look, held, log)
    if (finish === 'lost') log.info('the lease was lost; another look follows')
    return finish
  } catch (error) {
    log.warn({ err: error }, 'the end of a look could not be stored; it is done again when its lease has ended')
    return 'lost'
  }
}

async function lookAndStore(deps: RunDeps, look: Look, held: Held, log: Log): Promise<Finish> {
  const { db, crashPoint = noCrash } = deps
  try {
    const { lookAgainAt } = await callLook(look, held, leaseOf(db, held, deps.leaseLength))
    crashPoint('work.looked')
    return await settle(db, held.claimed, lookAgainAt)
  } catch (error) {
    if (held.abort.signal.aborted) return giveBack(db, held.claimed, deps.clock.now())
    return store(deps, held, error, log)
  }
}

const callLook = async (look: Look, { claimed: { tenantId, key } }: Held, lease: Lease): Promise<LookResult> =>
  look.of === 'tenant' ? look.look({ tenantId: tenantIdSchema.parse(tenantId), key }, lease) : look.look({ key }, lease)

function store({ db, clock, random }: RunDeps, { claimed }: Held, error: unknown, log: Log): Promise<Finish> {
  const failure: Failure = { ...describe(error), at: clock.now() }
  const pause = pauseAfterFailure(claimed.attempts, random())
  const facts = { code: failure.code, attempts: claimed.attempts, pause }
  if (error instanceof AppError) log.warn({ ...facts, reason: failure.message }, 'look failed')
  else log.error({ ...facts, err: error }, 'look failed unexpectedly')
  return fail(db, claimed, failure, plus(failure.at, pause))
}

const LONGEST_MESSAGE = 300

/** An unexpected error's own words may hold somebody's data: they go to the redacted log, the table keeps its name. */
const describe = (error: unknown): Pick<Failure, 'code' | 'message'> =>
  error instanceof AppError
    ? { code: error.code, message: error.message.slice(0, LONGEST_MESSAGE) }
    : { code: 'ERR_INTERNAL', message: error instanceof Error ? error.name : 'not an error' }
