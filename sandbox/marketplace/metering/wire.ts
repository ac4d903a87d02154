/** How the metering service reads and writes. Shapes: Metering API 2018-08-31. */
import { z } from 'zod'
import { type Instant, instant } from '../../../src/kit/time.ts'
import { longTime, wireOfferId } from '../wire.ts'
import type { DailySum } from './books.ts'
import type { RecordedUsage, SentUsage, Verdict } from './types.ts'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NO_EVENT = '00000000-0000-0000-0000-000000000000'
/** .NET's first moment: "none". */
const NO_TIME = '0001-01-01T00:00:00'

const text = z.string().min(1)
const guid = text.regex(GUID).toLowerCase()

/** Every field that is of the right kind; a body that is no event has none. */
export function readUsage(body: unknown): SentUsage {
  const fields = z.record(z.string(), z.unknown()).catch({}).parse(body)
  return {
    resourceId: guid.safeParse(fields['resourceId']).data,
    quantity: z.number().safeParse(fields['quantity']).data,
    dimension: text.safeParse(fields['dimension']).data,
    effectiveStartTime: time(text.safeParse(fields['effectiveStartTime']).data ?? ''),
    planId: text.safeParse(fields['planId']).data,
  }
}

/** ISO 8601; without a zone it is UTC. */
export function time(text: string): Instant | undefined {
  try {
    return /^\d{4}-\d\d-\d\d(T|$)/.test(text) ? instant(text) : undefined
  } catch {
    return undefined
  }
}

export const wireEvent = (event: RecordedUsage, status: string): Record<string, unknown> => ({
  usageEventId: event.usageEventId,
  status,
  messageTime: longTime(event.messageTime),
  resourceId: event.subscriptionId,
  quantity: event.quantity,
  dimension: event.dimension,
  effectiveStartTime: longTime(event.effectiveStartTime),
  planId: event.planId,
})

/** A batch's word about one event: its own fields again, so that the caller finds it. */
export function wireVerdict(verdict: Verdict): Record<string, unknown> {
  const { sent, status, recorded } = verdict
  if (status === 'Accepted' && recorded) return wireEvent(recorded, status)
  return {
    usageEventId: NO_EVENT,
    status,
    messageTime: NO_TIME,
    resourceId: sent.resourceId ?? NO_EVENT,
    quantity: sent.quantity ?? 0,
    dimension: sent.dimension ?? null,
    effectiveStartTime: sent.effectiveStartTime ? longTime(sent.effectiveStartTime) : NO_TIME,
    planId: sent.planId ?? null,
    error: status === 'Duplicate' ? wireConflict(verdict) : { code: status, message: verdict.message },
  }
}

/** What has the slot. */
export const wireConflict = ({ message, recorded }: Verdict): Record<string, unknown> => ({
  additionalInfo: recorded ? { acceptedMessage: wireEvent(recorded, 'Duplicate') } : {},
  message,
  code: 'Conflict',
})

export const wireSum = ({ day, subscription, planId, dimension, reconStatus, submitted, processed, count }: DailySum) => ({
  usageDate: day.toISOString().replace('.000Z', 'Z'),
  usageResourceId: subscription.id,
  dimension,
  planId,
  planName: subscription.offer.plans.find((plan) => plan.planId === planId)?.name ?? planId,
  offerId: wireOfferId(subscription),
  offerName: subscription.offer.name,
  offerType: 'SaaS',
  azureSubscriptionId: NO_EVENT,
  reconStatus,
  submittedQuantity: submitted,
  processedQuantity: processed,
  submittedCount: count,
})
