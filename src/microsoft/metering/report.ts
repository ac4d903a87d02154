import { ApiError } from '../../kit/errors/index.ts'
import { toDouble } from '../../kit/quantity.ts'
import { hours } from '../../kit/time.ts'
import { read } from '../read.ts'
import { type MicrosoftApi, send } from '../request.ts'
import { batchReply, conflictVerdict, verdict } from '../wire/metering.ts'
import { slotKey } from './slots.ts'
import type { UsageEvent, UsageVerdict } from './types.ts'

/** Source: Metering API 2018-08-31, schema BatchUsageEvent. */
export const MAX_BATCH_EVENTS = 25

/**
 * Reports usage for up to 25 slots in one call, of any of the publisher's subscriptions.
 *
 * A 200 does not mean billed, even if every event failed: read each verdict's `status`. `Duplicate` means that the slot was taken before
 * (the first one wins): compare `accepted.quantity`; equal is done, other is a difference for people. So repeating this call is safe, and
 * lost answers are repeated within the call.
 *
 * @param events 1 to 25, each slot once. `quantity` above zero and of at most fifteen significant digits; `slotHour` the start of an hour,
 *   not in the future, at most 24 hours ago.
 * @returns Microsoft's verdicts in no promised order, maybe not one for each: join them with `joinVerdicts`.
 * @throws RangeError for events that must not be sent. ApiError `ERR_MS_BAD_REQUEST` (400), `ERR_MS_FORBIDDEN`: nothing was recorded;
 *   `ERR_MS_UNAVAILABLE` (429 with `facts.retryAfter`, 5xx, no answer) once repeats are spent: anything may have been recorded.
 * @see Metering API 2018-08-31, POST /batchUsageEvent
 */
export async function reportUsage(
  api: MicrosoftApi,
  events: readonly UsageEvent[],
  signal?: AbortSignal,
): Promise<readonly UsageVerdict[]> {
  if (events.length < 1 || events.length > MAX_BATCH_EVENTS) throw new RangeError(`1 to ${MAX_BATCH_EVENTS} events, got ${events.length}`)
  if (new Set(events.map(slotKey)).size < events.length) throw new RangeError('each slot once in a call')
  const body = { request: events.map(toWire) }
  const reply = await send(api, { call: 'reportUsage', method: 'POST', path: '/batchUsageEvent', body, repeatable: true, signal })
  return read(reply, batchReply)
}

/**
 * Reports one slot: for single events a person approved. What the batch says as `Duplicate`, this call says with 409; both are a verdict
 * here. May be repeated.
 *
 * @throws RangeError as `reportUsage`. ApiError `ERR_MS_BAD_REQUEST` Microsoft will not record it: older than 24 hours, not Subscribed,
 *   another plan, unknown dimension; its words are kept with the error. `ERR_MS_FORBIDDEN` not a subscription of this publisher's app.
 * @see Metering API 2018-08-31, POST /usageEvent
 */
export async function reportOne(api: MicrosoftApi, event: UsageEvent, signal?: AbortSignal): Promise<UsageVerdict> {
  try {
    const body = toWire(event)
    const reply = await send(api, { call: 'reportOne', method: 'POST', path: '/usageEvent', body, repeatable: true, signal })
    return read(reply, verdict)
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return conflictVerdict(error.body)
    throw error
  }
}

function toWire({ subscriptionId, dimension, planId, slotHour, quantity }: UsageEvent) {
  if (quantity <= 0n) throw new RangeError('a quantity above zero')
  if (slotHour.getTime() % hours(1) !== 0) throw new RangeError('the start of an hour')
  return { resourceId: subscriptionId, quantity: toDouble(quantity), dimension, effectiveStartTime: slotHour.toISOString(), planId }
}
