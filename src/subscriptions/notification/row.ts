/** One delivery of one notice, and what is kept of it. */
import { randomUUID } from 'node:crypto'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { MicrosoftNotice, NoticeReading, TokenClaims, TokenVersion } from '../../microsoft/index.ts'
import type { TimelineEvent } from '../timeline.ts'
import type { ReceivedBody } from './body.ts'
import { deliveryKey, toldOf, wantsAnswer } from './reading.ts'
import { storableText } from './storable.ts'
import { keptClaims, shapeOf } from './token-shape.ts'

export interface Delivery {
  readonly tenantId: TenantId
  /** As in the address: it need not be one of ours. */
  readonly productId: string
  readonly receivedAt: Instant
  readonly headers: Readonly<Record<string, string>>
  readonly body: ReceivedBody
  readonly reading: NoticeReading
  readonly claims: TokenClaims
  readonly version: TokenVersion
}

const LONGEST_PRODUCT_ID = 255

/** Columns by their names, and what the statement needs besides. */
export function entryOf({ tenantId, productId, receivedAt, headers, body, reading, claims, version }: Delivery) {
  const id = randomUUID()
  return {
    tenant_id: tenantId,
    id,
    product_id: storableProductId(productId),
    received_at: receivedAt,
    headers,
    body: body.text,
    body_bytes: body.bytes,
    body_truncated: body.truncated,
    claims: keptClaims(claims),
    delivery_key: deliveryKey(reading, body.text),
    token_shape: shapeOf(claims, version),
    ...(reading.readable ? readableColumns(reading.notice, receivedAt) : { unreadable_because: reading.reason, happened_at: receivedAt }),
    ...(reading.readable ? followed(reading.notice, id) : {}),
  }
}

const followed = (notice: MicrosoftNotice, id: string) => ({
  wants_answer: wantsAnswer(notice),
  source: notice.source,
  event: receivedEvent(notice, id),
})

export const readableColumns = (notice: MicrosoftNotice, receivedAt: Instant) => ({
  subscription_id: notice.subscriptionId,
  operation_id: notice.operationId ?? null,
  action: notice.action,
  reading: toldOf(notice),
  happened_at: dateOf(happenedAt(notice, receivedAt)),
})

/** Microsoft's time stamp; when there is none to believe, that of the receipt. */
export const happenedAt = (notice: MicrosoftNotice, receivedAt: Instant): Instant => plausible(notice.timeStamp) ?? receivedAt

/** Years a database and a reader can make something of. */
const plausible = (at: Instant | undefined): Instant | undefined =>
  at && at.getUTCFullYear() >= 2015 && at.getUTCFullYear() <= 9999 ? at : undefined

export const storableProductId = (productId: string): string => storableText(productId).slice(0, LONGEST_PRODUCT_ID)

/** For the timeline. */
export const receivedEvent = (notice: MicrosoftNotice, id: string): TimelineEvent => ({
  actor: 'microsoft',
  event: 'notice.received',
  facts: {
    action: notice.action === 'Unknown' ? notice.rawAction.slice(0, 100) : notice.action,
    notice: id,
    ...(notice.operationId === undefined ? {} : { operation: notice.operationId }),
    ...(notice.action === 'ChangePlan' && notice.planId !== undefined ? { plan: notice.planId } : {}),
    ...(notice.action === 'ChangeQuantity' && notice.quantity !== undefined ? { seats: notice.quantity } : {}),
  },
})

export const dateOf = (at: Instant): Date => new Date(at.getTime())
