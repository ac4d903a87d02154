/** Keeping notices: each delivery is a row, and what it wakes is woken in the same transaction. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { MicrosoftNotice, NoticeReading, TokenClaims, TokenVersion } from '../../microsoft/index.ts'
import { addToTimelineIfKnown } from '../store/timeline.ts'
import type { TimelineEvent } from '../timeline.ts'
import type { ReceivedBody } from './body.ts'
import { deliveryKey, toldOf, wantsAnswer } from './reading.ts'
import { storableJson, storableText } from './storable.ts'
import { keptClaims, shapeOf } from './token-shape.ts'
import { wakeFor } from './work.ts'

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

/**
 * @param now the wakes are counted from here: a body may take its time after the receipt.
 * @returns the notice's id. @throws when it could not be stored: the sender must not hear a 200 then.
 */
export const addNotice = (db: Db, delivery: Delivery, now: Instant): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = randomUUID()
    const key = deliveryKey(delivery.reading, delivery.body.text)
    const repeatOf = await firstOf(tx, delivery.tenantId, key)
    await insertNotice(tx, id, delivery, key, repeatOf)
    await rememberToken(tx, delivery)
    if (!delivery.reading.readable) return id
    const { notice } = delivery.reading
    if (repeatOf === undefined) await tell(tx, delivery, notice, id)
    if (wantsAnswer(notice)) await rememberOperation(tx, delivery, notice)
    await wakeFor(tx, delivery.tenantId, notice, now)
    return id
  })

async function firstOf(tx: Tx, tenantId: TenantId, key: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('notices')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('delivery_key', '=', key)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

async function insertNotice(tx: Tx, id: string, delivery: Delivery, key: string, repeatOf: string | undefined): Promise<void> {
  const { tenantId, productId, receivedAt, headers, body, reading, claims } = delivery
  await tx
    .insertInto('notices')
    .values({
      tenant_id: tenantId,
      id,
      product_id: storableText(productId).slice(0, LONGEST_PRODUCT_ID),
      ...readingColumns(reading, receivedAt),
      received_at: dateOf(receivedAt),
      headers: storableJson(headers),
      body: storableText(body.text),
      body_bytes: body.bytes,
      body_truncated: body.truncated,
      claims: storableJson(keptClaims(claims)),
      delivery_key: key,
      repeat_of: repeatOf ?? null,
      ...(repeatOf === undefined ? {} : { outcome: 'repeated', explained_at: dateOf(receivedAt) }),
    })
    .execute()
}

export function readingColumns(reading: NoticeReading, receivedAt: Instant) {
  if (!reading.readable) return { unreadable_because: reading.reason, happened_at: dateOf(receivedAt) }
  const { notice } = reading
  return {
    subscription_id: notice.subscriptionId,
    operation_id: notice.operationId ?? null,
    action: notice.action,
    reading: storableJson(toldOf(notice)),
    happened_at: dateOf(happenedAt(notice, receivedAt)),
  }
}

/** Microsoft's time stamp; when there is none to believe, that of the receipt. */
export const happenedAt = (notice: MicrosoftNotice, receivedAt: Instant): Instant => plausible(notice.timeStamp) ?? receivedAt

/** Years a database and a reader can make something of. */
const plausible = (at: Instant | undefined): Instant | undefined =>
  at && at.getUTCFullYear() >= 2015 && at.getUTCFullYear() <= 9999 ? at : undefined

/** The first token shape a tenant was sent stays: it tells which of the two formats its app gets. */
async function rememberToken(tx: Tx, { tenantId, receivedAt, claims, version }: Delivery): Promise<void> {
  await tx
    .insertInto('webhook_tokens')
    .values({ tenant_id: tenantId, first_accepted_at: dateOf(receivedAt), shape: storableJson(shapeOf(claims, version)) })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute()
}

async function tell(tx: Tx, { tenantId, receivedAt }: Delivery, notice: MicrosoftNotice, id: string): Promise<void> {
  await addToTimelineIfKnown(tx, { tenantId, subscriptionId: notice.subscriptionId }, [receivedEvent(notice, id)], receivedAt)
}

export function receivedEvent(notice: MicrosoftNotice, id: string): TimelineEvent {
  const facts = {
    action: storableText(notice.action === 'Unknown' ? notice.rawAction.slice(0, 100) : notice.action),
    notice: id,
    ...(notice.operationId === undefined ? {} : { operation: notice.operationId }),
    ...(notice.action === 'ChangePlan' && notice.planId !== undefined ? { plan: storableText(notice.planId) } : {}),
    ...(notice.action === 'ChangeQuantity' && notice.quantity !== undefined ? { seats: notice.quantity } : {}),
  }
  return { actor: 'microsoft', event: 'notice.received', facts }
}

/** Told again, the ten seconds begin anew: Microsoft has not heard our 200 yet. */
export async function rememberOperation(
  tx: Tx,
  { tenantId, productId, receivedAt }: Pick<Delivery, 'tenantId' | 'productId' | 'receivedAt'>,
  notice: MicrosoftNotice,
): Promise<void> {
  if (notice.operationId === undefined) return
  await tx
    .insertInto('operations')
    .values({
      tenant_id: tenantId,
      id: notice.operationId,
      subscription_id: notice.subscriptionId,
      product_id: storableText(productId).slice(0, LONGEST_PRODUCT_ID),
      action: notice.action,
      source: notice.source,
      told: storableJson(toldOf(notice)),
      first_told_at: dateOf(receivedAt),
      last_told_at: dateOf(receivedAt),
      updated_at: dateOf(receivedAt),
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet({ last_told_at: sql`greatest(operations.last_told_at, excluded.last_told_at)` }),
    )
    .execute()
}

/** What we answered and how fast: known only when the reply has left. */
export async function recordReply(db: Db, tenantId: TenantId, id: string, status: number, took: number): Promise<void> {
  await db
    .updateTable('notices')
    .set({ answered_status: status, answered_ms: Math.min(2_147_483_647, Math.round(took)) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

const dateOf = (at: Instant): Date => new Date(at.getTime())
