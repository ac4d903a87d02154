/** Reads the metering API's answers. Source: Metering API 2018-08-31, schemas UsageBatchEventOkMessage, UsageEventConflictResponse, GetUsageEvent. */
import { z } from 'zod'
import { dimensionId, offerId, planId, subscriptionId, usageEventId } from '../../kit/ids.ts'
import { type ExactQuantity, fromDouble } from '../../kit/quantity.ts'
import { hours, type Instant, instant } from '../../kit/time.ts'
import {
  type AcceptedUsage,
  RECON_STATUSES,
  USAGE_STATUSES,
  type UsageFault,
  type UsageTotal,
  type UsageVerdict,
} from '../metering/types.ts'
import { readErrorBody } from './error-body.ts'
import { isRecord, openWords, optionalId, optionalInstant, optionalNumber, recordOrEmpty, textOf, textOrEmpty } from './primitives.ts'
import { withoutPreview } from './subscription.ts'

const readStatus = openWords(USAGE_STATUSES)
const readReconStatus = openWords(RECON_STATUSES)

/** A double, also as text; undefined when there is none. */
const amount = optionalNumber.transform((value): ExactQuantity | undefined => (value === undefined ? undefined : fromDouble(value)))

/** The all-zero id stands for none. */
const eventId = optionalId(usageEventId).transform((id) => (id !== undefined && /[1-9a-f]/.test(id) ? id : undefined))

const wireMessage = z.object({
  usageEventId: eventId,
  status: textOrEmpty,
  messageTime: optionalInstant,
  resourceId: optionalId(subscriptionId),
  quantity: amount,
  dimension: optionalId(dimensionId),
  effectiveStartTime: optionalInstant,
  planId: optionalId(planId),
  error: recordOrEmpty,
})

/** One message of a batch's result, or the answer about a single event. */
export const verdict = recordOrEmpty.pipe(wireMessage).transform(
  ({ status, error, resourceId, effectiveStartTime, ...wire }): UsageVerdict => ({
    ...wire,
    status: readStatus(status),
    rawStatus: status,
    subscriptionId: resourceId,
    slotHour: effectiveStartTime && hourOf(effectiveStartTime),
    accepted: acceptedIn(error),
    error: faultIn(error),
  }),
)

/** `{ result: […] }`, or the bare list. An entry that is no object says nothing about any slot. */
export const batchReply = z
  .unknown()
  .transform((body) => (isRecord(body) ? body['result'] : body))
  .pipe(z.array(verdict))

/** The 409 of a single event: the slot is taken. */
export function conflictVerdict(body: unknown): UsageVerdict {
  const error = isRecord(body) ? body : {}
  const message = recordOrEmpty.pipe(wireMessage).parse(acceptedMessageIn(error))
  return {
    status: 'Duplicate',
    rawStatus: 'Duplicate',
    usageEventId: undefined,
    messageTime: undefined,
    subscriptionId: message.resourceId,
    dimension: message.dimension,
    slotHour: message.effectiveStartTime && hourOf(message.effectiveStartTime),
    planId: message.planId,
    quantity: undefined,
    accepted: acceptedIn(error),
    error: faultIn(error),
  }
}

function acceptedIn(error: Readonly<Record<string, unknown>>): AcceptedUsage | undefined {
  const told = acceptedMessageIn(error)
  if (told === undefined) return undefined
  const { usageEventId: id, messageTime, quantity, planId: plan } = recordOrEmpty.pipe(wireMessage).parse(told)
  return { usageEventId: id, messageTime, quantity, planId: plan }
}

function acceptedMessageIn(error: Readonly<Record<string, unknown>>): unknown {
  const more = error['additionalInfo']
  const told = isRecord(more) ? more['acceptedMessage'] : undefined
  return isRecord(told) ? told : undefined
}

function faultIn(error: Readonly<Record<string, unknown>>): UsageFault | undefined {
  const { code, message } = readErrorBody(error)
  return code === undefined && message === undefined ? undefined : { code, message }
}

const hourOf = (at: Instant): Instant => instant(Math.floor(at.getTime() / hours(1)) * hours(1))

const requiredAmount = amount.transform((value, context) => {
  if (value !== undefined) return value
  context.addIssue({ code: 'custom', message: 'expected a number' })
  return z.NEVER
})

const day = optionalInstant.transform((at, context) => {
  if (at !== undefined) return at.toISOString().slice(0, 10)
  context.addIssue({ code: 'custom', message: 'expected a day' })
  return z.NEVER
})

const total = z
  .object({
    usageDate: day,
    usageResourceId: subscriptionId,
    dimension: dimensionId,
    planId: optionalId(planId),
    offerId: textOrEmpty,
    reconStatus: textOrEmpty,
    submittedQuantity: requiredAmount,
    processedQuantity: amount,
    submittedCount: optionalNumber,
  })
  .transform(
    (wire): UsageTotal => ({
      day: wire.usageDate,
      subscriptionId: wire.usageResourceId,
      dimension: wire.dimension,
      planId: wire.planId,
      offerId: offerId.safeParse(withoutPreview(wire.offerId)).data,
      reconStatus: readReconStatus(wire.reconStatus),
      rawReconStatus: wire.reconStatus,
      submitted: wire.submittedQuantity,
      processed: wire.processedQuantity,
      submittedCount: wire.submittedCount,
    }),
  )

/** Only SaaS subscriptions have an id here: the resource of a managed application has an address, and is none of ours. */
const ofSubscription = (row: unknown): boolean => !isRecord(row) || textOf(row['usageResourceId']) !== undefined

/** A bare list; nothing at all is an empty one. One row that cannot be read spoils it: a short list would look like usage not billed. */
export const usageTotals = z
  .unknown()
  .transform((body) => (Array.isArray(body) ? body.filter(ofSubscription) : (body ?? [])))
  .pipe(z.array(total))
