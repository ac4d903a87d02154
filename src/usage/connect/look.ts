/**
 * One usage file: looked at in Connect before each step, as far as it gets. Each call is told as intended before it and stored after it; a
 * process that dies anywhere repeats the step, which changes nothing that is done.
 */
import { CONNECT_CALL_TIMEOUT, type ConnectClient, type UsageFile } from '../../connect/index.ts'
import { inTransaction } from '../../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities } from '../../database/work/index.ts'
import { ApiError, hasCode } from '../../kit/errors/index.ts'
import { usageFileId } from '../../kit/ids.ts'
import { between, earliest, hours, type Instant, type Milliseconds, minutes, plus } from '../../kit/time.ts'
import type { UsageDeps } from '../deps.ts'
import { policiesOf } from '../policies.ts'
import { decideFile } from '../rules/files/decide.ts'
import type { FileFacts } from '../rules/files/judge.ts'
import { type NextOfFile, nextOfFile, type Told } from '../rules/files/states.ts'
import { FILE_WORK } from '../work-kinds.ts'
import { settleFileAttention } from './attention.ts'
import { approve, closeRecords } from './close.ts'
import { countOpen } from './fates.ts'
import { beginRound, type FileKey, loadFile, type StoredFile, saveFile, saveTrouble } from './file.ts'
import { judgeFile, tally } from './judge.ts'
import { readRecords } from './read.ts'
import { countRead } from './rows.ts'
import { takeFile } from './take.ts'

/** What waits for its hours is looked at this often although nobody woke it. */
const WAIT: Milliseconds = minutes(15)
/** Verdicts older than this are not acted on: what could be billed then may be too late now. */
const STALE: Milliseconds = minutes(10)
const LONGEST_PAUSE: Milliseconds = hours(1)

export const fileLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: FILE_WORK,
    priority: priorities.routine,
    longestCall: CONNECT_CALL_TIMEOUT,
    look: ({ tenantId, key }, lease) => lookAtFile(deps, { tenantId, fileId: usageFileId.parse(key) }, lease),
  })

async function lookAtFile(deps: UsageDeps, key: FileKey, lease: Lease): Promise<LookResult> {
  try {
    const connect = await deps.connectFor(key.tenantId)
    for (;;) {
      const again = await oneStep(deps, connect, key, lease)
      if (again !== 'goOn') return again
    }
  } catch (error) {
    lease.signal.throwIfAborted()
    if (!(error instanceof ApiError)) throw error
    return troubled(deps, key, error, lease)
  }
}

/** @returns `goOn` when there may be more to do at once */
async function oneStep(deps: UsageDeps, connect: ConnectClient, key: FileKey, lease: Lease): Promise<LookResult | 'goOn'> {
  const stored = await loadFile(deps.db, key)
  if (!stored) return {}
  const seen = await seenAtConnect(connect, key, lease)
  const told = toldOf(seen)
  const now = deps.clock.now()
  const next = nextOfFile({
    state: stored.state,
    told,
    isNewRound: seen !== undefined && stored.submittedAt?.getTime() !== seen.submittedAt?.getTime(),
    isStale: stored.judgedAt === undefined || between(stored.judgedAt, now) > STALE,
  })
  const work = { deps, connect, file: { ...stored, state: next.as ?? stored.state }, seen, told, lease }
  if (next.step === 'over') return over(work, next)
  if (!seen) throw new TypeError('what is not there is over')
  return carryOut({ ...work, seen }, next.step)
}

interface Work {
  readonly deps: UsageDeps
  readonly connect: ConnectClient
  readonly file: StoredFile
  readonly seen: UsageFile
  readonly told: Told
  readonly lease: Lease
}

async function carryOut(work: Work, step: Exclude<NextOfFile['step'], 'over'>): Promise<LookResult | 'goOn'> {
  switch (step) {
    case 'read':
      return read(work)
    case 'judge':
      return judge(work)
    case 'accept':
    case 'reject':
      return tell(work, step)
    case 'take':
      return take(work)
    case 'bill':
      return bill(work)
    case 'wait': // Connect took our yes, and does not show it yet
      return { lookAgainAt: plus(work.deps.clock.now(), minutes(1)) }
  }
}

const seenAtConnect = (connect: ConnectClient, { fileId }: FileKey, lease: Lease): Promise<UsageFile | undefined> =>
  connect.usageFiles.get(fileId, lease.signal).catch((error: unknown) => {
    if (hasCode(error, 'ERR_CONNECT_NOT_FOUND')) return undefined
    throw error
  })

function toldOf(seen: UsageFile | undefined): Told {
  switch (seen?.status) {
    case 'pending':
    case 'accepted':
    case 'rejected':
    case 'closed':
      return seen.status
    case 'unknown':
      throw new ApiError('ERR_CONNECT_UNEXPECTED_ANSWER', {
        message: `Connect tells a status of the file that is not known: ${seen.rawStatus}.`,
      })
    default:
      return 'elsewhere'
  }
}

/** Stores what a step came to, under the lease, and what it means for operators. */
async function store({ deps, file, lease }: Omit<Work, 'seen'>, change: Parameters<typeof saveFile>[2], point: string): Promise<void> {
  const now = deps.clock.now()
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await saveFile(tx, file, change, now)
    await settleFileAttention(tx, file, now)
  })
  deps.crashPoint(point)
}

async function over(work: Omit<Work, 'seen'>, { as }: Extract<NextOfFile, { step: 'over' }>): Promise<LookResult> {
  const { clock } = work.deps
  await store(work, { state: as, ...(as === 'closed' ? { closedAt: clock.now() } : {}) }, 'usage.file.over')
  return {}
}

/** Files made from our own export say so in their external id. */
const isOwn = ({ externalId }: UsageFile): boolean => externalId?.startsWith('bridge-') ?? false

async function read(work: Work): Promise<'goOn'> {
  const { deps, connect, file, seen, lease } = work
  await inTransaction(deps.db, async (tx) => {
    await lease.assertHeld(tx)
    await beginRound(tx, file, seen, deps.clock.now())
  })
  deps.crashPoint('usage.file.begun')
  const readBy = await readRecords(deps, connect, file, { isOwn: isOwn(seen), productId: file.productId }, lease)
  await store(work, { state: 'read', readBy, records: await countRead(deps.db, file) }, 'usage.file.read')
  return 'goOn'
}

const factsOf = ({ productId }: StoredFile, { schema, environment, currency, period }: UsageFile): FileFacts => ({
  ...{ schema, environment, currency, period, productId },
})

/** Of a file that waits: a decision. One that is accepted already is billed as far as it goes. */
async function judge(work: Work): Promise<'goOn'> {
  const { deps, file, seen, told } = work
  await judgeFile(deps, { ...file, facts: factsOf(file, seen) }, work.lease)
  const { records, bad, reasons } = await inTransaction(deps.db, (tx) => tally(tx, file))
  const judged = { bad, reasons, judgedAt: deps.clock.now() }
  if (told === 'accepted') {
    await store(work, { ...judged, state: 'taking', acceptedBy: 'connect' }, 'usage.file.judged')
    return 'goOn'
  }
  const policy = (await policiesOf(deps.db, file.tenantId))(file.productId)
  const decision = decideFile({ records, bad, reasons }, policy.acceptPartly)
  await store(work, { ...judged, decision, state: decision.kind === 'reject' ? 'rejecting' : 'accepting' }, 'usage.file.judged')
  return 'goOn'
}

/** Said once: whatever the answer was, the next step begins by looking. */
async function tell(work: Work, what: 'accept' | 'reject'): Promise<'goOn'> {
  const { deps, connect, file, lease } = work
  await store(work, { intent: what }, 'usage.file.tellIntended')
  await lease.assertTimeFor(CONNECT_CALL_TIMEOUT)
  await connect.usageFiles[what](file.fileId, file.note ?? '', lease.signal)
  deps.crashPoint('usage.file.told')
  await store(work, what === 'accept' ? { state: 'taking', acceptedBy: 'bridge' } : { state: 'rejected' }, 'usage.file.tellStored')
  return 'goOn'
}

async function take(work: Work): Promise<'goOn'> {
  const { deps, connect, file, lease } = work
  const acceptedBy = file.acceptedBy ?? 'bridge'
  const valid = await connect.usageRecords.count({ fileId: file.fileId, statuses: ['valid'] }, lease.signal)
  if (valid !== undefined && valid > 0) await approve(connect, file, lease)
  await takeFile(deps, { ...file, acceptedBy }, lease)
  await store(work, { state: 'billing', acceptedBy, takenAt: deps.clock.now() }, 'usage.file.taken')
  return 'goOn'
}

async function bill(work: Work): Promise<LookResult | 'goOn'> {
  const { deps, connect, file, lease } = work
  await closeRecords(deps, connect, file, lease)
  const { open, nextTry } = await countOpen(deps.db, file)
  if (open > 0) {
    await store(work, { isWell: true }, 'usage.file.recordsClosed')
    const wait = plus(deps.clock.now(), WAIT)
    return { lookAgainAt: nextTry ? earliest(wait, nextTry) : wait }
  }
  const seen = await seenAtConnect(connect, file, lease) // the last record's closing may have closed it
  if (toldOf(seen) !== 'accepted') return 'goOn'
  await store(work, { intent: 'close' }, 'usage.file.closeIntended')
  await lease.assertTimeFor(CONNECT_CALL_TIMEOUT)
  const { status } = await connect.usageFiles.close(file.fileId, lease.signal)
  deps.crashPoint('usage.file.closeCalled')
  return status === 'closed' ? over(work, { step: 'over', as: 'closed' }) : { lookAgainAt: plus(deps.clock.now(), minutes(1)) }
}

/** It is tried again; when it goes on like this somebody is told. */
async function troubled({ db, clock }: UsageDeps, key: FileKey, error: ApiError, lease: Lease): Promise<LookResult> {
  const now = clock.now()
  const tries = await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    const tried = await saveTrouble(tx, key, `${error.code}: ${error.message}`, now)
    await settleFileAttention(tx, key, now)
    return tried
  })
  return { lookAgainAt: pauseAfter(tries, now) }
}

const pauseAfter = (tries: number, now: Instant): Instant => plus(now, Math.min(LONGEST_PAUSE, minutes(1) * 2 ** Math.min(tries - 1, 10)))
