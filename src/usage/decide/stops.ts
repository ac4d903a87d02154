/** The kill switch: while sending is stopped nothing goes to Microsoft, of one product or of all. Checked in the transaction that sends. */
import type { Db, Tx } from '../../database/index.ts'
import { inTransaction } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import { type ProductId, productId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { SEND_WORK } from '../work-kinds.ts'
import type { Signature } from './signed.ts'

export interface Stop {
  /** Absent: all products of the tenant. */
  readonly productId: ProductId | undefined
  readonly since: Instant
  readonly by: string
  readonly note: string | undefined
}

const ALL = ''

export async function listStops(db: Db, tenantId: TenantId): Promise<readonly Stop[]> {
  const rows = await db.selectFrom('usage_stops').selectAll().where('tenant_id', '=', tenantId).orderBy('product_id').execute()
  return rows.map((row) => ({
    productId: productOf(row.product_id),
    since: row.since,
    by: row.by,
    note: row.note ?? undefined,
  }))
}

/** One use of the switch. */
export interface StopAct extends Signature {
  readonly productId: ProductId | undefined
  readonly act: 'stopped' | 'resumed'
  readonly at: Instant
}

/** Newest first. */
export async function listStopActs(db: Db, tenantId: TenantId, limit = 20): Promise<readonly StopAct[]> {
  const rows = await db
    .selectFrom('usage_stop_acts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ product_id, act, at, by, note }) => ({ productId: productOf(product_id), act, at, by, note: note ?? undefined }))
}

const productOf = (kept: string): ProductId | undefined => (kept === ALL ? undefined : productId.parse(kept))

/** Of one product, or of all. */
export interface Switched extends Signature {
  readonly productId: ProductId | undefined
}

const remember = (tx: Tx, tenantId: TenantId, act: StopAct['act'], { productId: product, by, note }: Switched, now: Instant) =>
  tx
    .insertInto('usage_stop_acts')
    .values({ tenant_id: tenantId, product_id: product ?? ALL, act, at: new Date(now.getTime()), by, note: note ?? null })
    .execute()

/** Safe to repeat: the first stop counts. A call to Microsoft that has begun is not taken back. */
export const stopSending = (db: Db, tenantId: TenantId, stop: Switched, now: Instant): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { productId: product, by, note } = stop
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('usage_stops')
      .values({ tenant_id: tenantId, product_id: product ?? ALL, since: new Date(now.getTime()), by, note: note ?? null })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'product_id']).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) await remember(tx, tenantId, 'stopped', stop, now)
  })

/** What is still inside Microsoft's 24 hours goes out now. @returns whether it was stopped */
export const resumeSending = (db: Db, tenantId: TenantId, resumed: Switched, now: Instant): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('usage_stops')
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', resumed.productId ?? ALL)
      .executeTakeFirst()
    await wake(tx, { tenantId, kind: SEND_WORK, key: tenantId }, now)
    if (numDeletedRows > 0n) await remember(tx, tenantId, 'resumed', resumed, now)
    return numDeletedRows > 0n
  })
