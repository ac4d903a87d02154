/** Microsoft's notice: a hint to look again, never the truth (its body is not signed). */
import { type OfferId, type OperationId, type PlanId, type SubscriptionId, subscriptionId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { OperationAction, OperationStatus } from '../operation.ts'
import type { MicrosoftSubscription } from '../subscription.ts'
import { wireNotice } from '../wire/notice.ts'
import { readAction, readOperationStatus } from '../wire/operation.ts'
import { isRecord, openWords } from '../wire/primitives.ts'
import { subscription } from '../wire/subscription.ts'

/** Who started it: Azure is the buyer or Microsoft, Partner is the publisher (us). */
export type NoticeSource = 'Azure' | 'Partner' | 'Unknown'

export interface MicrosoftNotice {
  readonly subscriptionId: SubscriptionId
  /** To read and answer the operation; undefined in early shapes. */
  readonly operationId: OperationId | undefined
  readonly activityId: string | undefined
  readonly publisherId: string | undefined
  /** Without the `-preview` suffix. */
  readonly offerId: OfferId | undefined
  /** The target plan of a ChangePlan, else the present one. */
  readonly planId: PlanId | undefined
  /** The target seats of a ChangeQuantity, else the present ones. */
  readonly quantity: number | undefined
  /** Unknown actions are kept: look at the subscription. */
  readonly action: OperationAction
  readonly rawAction: string
  readonly status: OperationStatus
  readonly rawStatus: string
  readonly source: NoticeSource
  readonly timeStamp: Instant | undefined
  /** With the values before the change; undefined when missing or unreadable. */
  readonly subscription: MicrosoftSubscription | undefined
}

export type NoticeReading =
  | { readonly readable: true; readonly notice: MicrosoftNotice }
  | { readonly readable: false; readonly reason: 'notJson' | 'notAnObject' | 'noSubscription' }

const readSource = openWords(['Azure', 'Partner'])

/**
 * Reads a body as it came: text, bytes or parsed JSON. Never throws; all it insists on is the subscription's id, since without it
 * there is nothing to look at.
 */
export function readNotice(body: unknown): NoticeReading {
  const parsed = parse(body)
  if (!parsed) return { readable: false, reason: 'notJson' }
  const wire = isRecord(parsed.json) ? wireNotice.safeParse(parsed.json).data : undefined
  if (!wire) return { readable: false, reason: 'notAnObject' }
  const embedded = subscription.safeParse(wire.subscription).data
  const about = wire.subscriptionId ?? idWithin(wire.subscription)
  if (!about) return { readable: false, reason: 'noSubscription' }
  const rawAction = wire.action ?? wire.operationType ?? ''
  const notice: MicrosoftNotice = {
    subscriptionId: about,
    operationId: wire.id ?? wire.operationId,
    activityId: wire.activityId,
    publisherId: wire.publisherId,
    offerId: wire.offerId,
    planId: wire.planId,
    quantity: wire.quantity,
    action: readAction(rawAction),
    rawAction,
    status: readOperationStatus(wire.status ?? ''),
    rawStatus: wire.status ?? '',
    source: readSource(wire.operationRequestSource ?? wire.operationRequestedSource ?? ''),
    timeStamp: wire.timeStamp,
    subscription: embedded?.id === about ? embedded : undefined,
  }
  return { readable: true, notice }
}

/** A revert after our refusal: Microsoft asks for what is there already. Say yes. */
export function isRevert(notice: MicrosoftNotice): boolean {
  if (!notice.subscription) return false
  if (notice.action === 'ChangePlan') return notice.planId === notice.subscription.planId
  return notice.action === 'ChangeQuantity' && notice.quantity !== undefined && notice.quantity === notice.subscription.quantity
}

const idWithin = (value: unknown): SubscriptionId | undefined => (isRecord(value) ? subscriptionId.safeParse(value['id']).data : undefined)

function parse(body: unknown): { readonly json: unknown } | undefined {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : body
  if (typeof text !== 'string') return { json: text }
  try {
    return { json: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch {
    return undefined // kept as it came by the caller; an operator can read it
  }
}
