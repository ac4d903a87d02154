/**
 * Sends a tenant's sealed hours to Microsoft: at most 25 a call, oldest first, some calls at once. Safe to run twice and to be stopped anywhere:
 * what was sealed is stored before the call, the answer is joined by slot, and Microsoft keeps the first of a slot.
 */
import { inTransaction } from '../database/index.ts'
import { defineLook, type Lease, type Look, type LookResult, priorities, wake } from '../database/work/index.ts'
import { ApiError } from '../kit/errors/index.ts'
import type { TenantId } from '../kit/ids.ts'
import { earliest, type Instant, type Milliseconds, minutes, plus, seconds } from '../kit/time.ts'
import { joinVerdicts, type MicrosoftMetering, type UsageEvent, type UsageVerdict } from '../microsoft/index.ts'
import { settleUsageAttention } from './attention.ts'
import type { UsageDeps } from './deps.ts'
import { markExpired, markSent, readToSend, recordSettlements, type Settled, type SlotToSend } from './ledger/sending.ts'
import { wakeFilesOf } from './ledger/wake-files.ts'
import { tellOutside } from './out/results.ts'
import { nextReadBack } from './read-back/compare.ts'
import { WINDOW } from './rules/place.ts'
import { planSubmission } from './rules/submission.ts'
import { settle, type Verdict } from './rules/verdict.ts'
import { READ_BACK_WORK, SEND_WORK } from './work-kinds.ts'

/** One call, its repeats included. */
const LONGEST_REPORT: Milliseconds = seconds(30)
/** Calls of one tenant at once. */
export const LANES = 4
/** After a call without an answer. */
const AGAIN_AFTER: Milliseconds = minutes(1)

export const sendLook = (deps: UsageDeps): Look =>
  defineLook({
    kind: SEND_WORK,
    priority: priorities.routine,
    longestCall: LONGEST_REPORT,
    look: ({ tenantId }, lease) => sendUsage(deps, tenantId, lease),
  })

export async function sendUsage(deps: UsageDeps, tenantId: TenantId, lease: Lease): Promise<LookResult> {
  for (;;) {
    const now = deps.clock.now()
    const slots = await readToSend(deps.db, tenantId)
    const { batches, expired } = planSubmission(slots, now)
    await expire(deps, tenantId, expired, lease)
    if (batches.length === 0)
      return {
        lookAgainAt: nextLook(
          slots.filter((slot) => !expired.includes(slot)),
          now,
        ),
      }
    const metering = await deps.meteringFor(tenantId)
    await inLanes(batches, (batch) => sendBatch(deps, tenantId, metering, batch, lease))
  }
}

/** What waits is looked at when it may be sent again, or when Microsoft's window closes. */
function nextLook(waiting: readonly SlotToSend[], now: Instant): Instant | undefined {
  const times = waiting.map(({ notBefore, hour, stopped, status }) =>
    notBefore === undefined || stopped || status === 'Suspended' ? plus(hour, WINDOW) : earliest(notBefore, plus(hour, WINDOW)),
  )
  const [first, ...rest] = times.map((at) => (at.getTime() <= now.getTime() ? plus(now, AGAIN_AFTER) : at))
  return first && earliest(first, ...rest)
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

async function expire({ db, clock, crashPoint }: UsageDeps, tenantId: TenantId, slots: readonly SlotToSend[], lease: Lease): Promise<void> {
  if (slots.length === 0) return
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await markExpired(tx, tenantId, slots, clock.now())
    await tellOutside(tx, tenantId, slots, clock.now())
    await settleUsageAttention(tx, tenantId, slots, clock.now())
  })
  crashPoint('usage.expired')
}

async function sendBatch(
  deps: UsageDeps,
  tenantId: TenantId,
  metering: MicrosoftMetering,
  batch: readonly SlotToSend[],
  lease: Lease,
): Promise<void> {
  const { db, clock, crashPoint } = deps
  const marked = await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    return markSent(tx, tenantId, batch, clock.now())
  })
  if (marked.length === 0) return
  crashPoint('usage.send.intended')
  await lease.assertTimeFor(LONGEST_REPORT)
  const settled = await report(metering, marked, clock.now(), lease.signal)
  crashPoint('usage.send.called')
  await inTransaction(db, async (tx) => {
    await lease.assertHeld(tx)
    await recordSettlements(tx, tenantId, settled, clock.now())
    await tellOutside(tx, tenantId, marked, clock.now())
    await wake(tx, { tenantId, kind: READ_BACK_WORK, key: tenantId }, nextReadBack(clock.now()))
    await settleUsageAttention(tx, tenantId, marked, clock.now())
    const accepted = settled.filter(({ settlement }) => settlement.to === 'accepted')
    await wakeFilesOf(
      tx,
      tenantId,
      accepted.map(({ slot }) => slot),
      clock.now(),
    )
  })
  crashPoint('usage.send.stored')
}

/** A call that failed as a whole says nothing about any slot: all are kept, and sent again. */
async function report(
  metering: MicrosoftMetering,
  slots: readonly SlotToSend[],
  now: Instant,
  signal: AbortSignal,
): Promise<readonly Settled[]> {
  const limit = AbortSignal.timeout(LONGEST_REPORT)
  try {
    const verdicts = await metering.reportUsage(slots.map(eventOf), AbortSignal.any([signal, limit]))
    return joined(slots, verdicts, now)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ApiError) && !limit.aborted) throw error
    const because = error instanceof ApiError && error.code === 'ERR_MS_FORBIDDEN' ? 'notAuthorized' : 'microsoftError'
    return slots.map((slot) => ({ slot, settlement: { to: 'sealed', because, until: plus(now, AGAIN_AFTER) }, verdict: undefined }))
  }
}

function joined(slots: readonly SlotToSend[], verdicts: readonly UsageVerdict[], now: Instant): readonly Settled[] {
  const events = slots.map(eventOf)
  return joinVerdicts(events, verdicts).map(({ verdict: said }, index) => {
    const slot = slots[index]
    if (!slot) throw new TypeError('a verdict for each event')
    if (!said) return { slot, settlement: { to: 'sealed', because: 'microsoftError', until: plus(now, AGAIN_AFTER) }, verdict: undefined }
    const verdict = verdictOf(said)
    return { slot, settlement: settle(slot, verdict, now), verdict }
  })
}

const eventOf = ({ subscriptionId, dimension, hour, planId, quantity }: SlotToSend): UsageEvent => ({
  ...{ subscriptionId, dimension, planId, quantity },
  slotHour: hour,
})

/** Of a duplicate, what counts is what Microsoft had taken before. */
function verdictOf({ status, rawStatus, usageEventId, messageTime, quantity, accepted, error }: UsageVerdict): Verdict {
  const taken = status === 'Duplicate' ? accepted : { usageEventId, messageTime, quantity }
  const isTaken = status === 'Duplicate' || status === 'Accepted'
  return {
    status,
    rawStatus,
    usageEventId: taken?.usageEventId,
    acceptedQuantity: isTaken ? taken?.quantity : undefined,
    acceptedAt: taken?.messageTime,
    message: error?.message ?? error?.code,
  }
}
