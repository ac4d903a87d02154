/** The history of products and offers as stored: written in the transaction of what it tells, never changed. */
import type { Db, Tx } from '../../database/index.ts'
import type { OfferId, ProductId, TenantId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { type HistoryEvent, historyEvent } from './event.ts'

/** One of the two at least. */
export interface HistorySubject {
  readonly tenantId: TenantId
  readonly productId?: ProductId
  readonly offerId?: OfferId
}

export interface Signed {
  /** A person's name, that of an API key, or `bridge`. */
  readonly by: string
  readonly at: Instant
  readonly note?: string | undefined
}

export interface HistoryEntry extends Signed {
  /** Grows from entry to entry. */
  readonly id: bigint
  readonly event: HistoryEvent
}

export async function addHistory(tx: Tx, subject: HistorySubject, signed: Signed, ...events: readonly HistoryEvent[]): Promise<void> {
  if (events.length === 0) return
  const { tenantId, productId, offerId } = subject
  const { by, at, note } = signed
  const rows = events.map((event) => ({
    ...{ tenant_id: tenantId, product_id: productId ?? null, offer_id: offerId ?? null },
    ...{ at: new Date(at.getTime()), by, event: JSON.stringify(event), note: note ?? null },
  }))
  await tx.insertInto('catalogue_history').values(rows).execute()
}

/** Oldest first. @param after only what came later; with `newest` only so many of the last */
export async function readHistory(
  db: Db,
  { tenantId, productId, offerId }: HistorySubject,
  { after = 0n, newest = 1000 }: { readonly after?: bigint; readonly newest?: number } = {},
): Promise<readonly HistoryEntry[]> {
  let query = db.selectFrom('catalogue_history').selectAll().where('tenant_id', '=', tenantId).where('id', '>', String(after))
  if (productId !== undefined) query = query.where('product_id', '=', productId)
  if (offerId !== undefined) query = query.where('offer_id', '=', offerId)
  const rows = await query.orderBy('id', 'desc').limit(newest).execute()
  return rows
    .map(({ id, at, by, event, note }) => ({
      ...{ id: BigInt(id), at: instant(at), by, event: historyEvent.parse(event) },
      ...(note === null ? {} : { note }),
    }))
    .reverse()
}
