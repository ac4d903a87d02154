/** What was understood of a notice, in the form it is kept. A hint, never the truth: the body is not signed. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { planId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { isRevert, type MicrosoftNotice, type NoticeReading } from '../../microsoft/index.ts'

const instantText = z.string().transform((text): Instant => instant(text))

const planAndSeats = z.object({ planId: planId.optional(), quantity: z.number().optional() })

export const noticeAction = z.enum(['ChangePlan', 'ChangeQuantity', 'Renew', 'Suspend', 'Unsubscribe', 'Reinstate', 'Subscribe', 'Unknown'])
export const noticeSource = z.enum(['Azure', 'Partner', 'Unknown'])

/** Instants are ISO text, UTC. */
export const told = z.object({
  action: noticeAction,
  /** Microsoft's word. */
  rawAction: z.string(),
  source: noticeSource,
  rawStatus: z.string(),
  offerId: z.string().optional(),
  target: planAndSeats,
  before: planAndSeats.extend({ termEndDate: instantText.optional() }).optional(),
  revert: z.boolean(),
})
/** A type of its own: `undefined` for what is left out. */
export type Told = z.infer<typeof told>

export const toldOf = (notice: MicrosoftNotice): Told => {
  const { subscription: before } = notice
  return {
    action: notice.action,
    rawAction: notice.rawAction,
    source: notice.source,
    rawStatus: notice.rawStatus,
    offerId: notice.offerId,
    target: { planId: notice.planId, quantity: notice.quantity },
    before: before && { planId: before.planId, quantity: before.quantity, termEndDate: before.term.endDate },
    revert: isRevert(notice),
  }
}

/** The same for each delivery of one notice: its operation and action; without an operation what it says. Of one length, whatever came. */
export const deliveryKey = (reading: NoticeReading, body: string): string =>
  createHash('sha256')
    .update(reading.readable ? sayingOf(reading.notice, body) : body)
    .digest('base64url')

function sayingOf({ operationId, subscriptionId, action, rawAction, timeStamp }: MicrosoftNotice, body: string): string {
  const what = action === 'Unknown' ? rawAction.toLowerCase() : action
  if (operationId !== undefined) return `${operationId} ${what}`
  return timeStamp ? `${subscriptionId} ${what} ${timeStamp.toISOString()}` : body
}

/** Plan and seat changes and reinstatements are operations somebody answers; the rest only informs. */
export const wantsAnswer = ({ action, operationId }: Pick<MicrosoftNotice, 'action' | 'operationId'>): boolean =>
  operationId !== undefined && (action === 'ChangePlan' || action === 'ChangeQuantity' || action === 'Reinstate')
