/** The kill switch: while sending is stopped nothing goes to Microsoft, of one product or of all. Checked in the transaction that sends. */
import type { Db } from '../../database/index.ts'
import { inTransaction } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import { type ProductId, productId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { SEND_WORK } from '../work-kinds.ts'

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
    productId: row.product_id === ALL ? undefined : productId.parse(row.product_id),
    since: row.since,
    by: row.by,
    note: row.note ?? undefined,
  }))
}

/** Safe to repeat: the first stop counts. A call to Microsoft that has begun is not taken back. */
export async function stopSending(
  db: Db,
  tenantId: TenantId,
  { productId: product, by, note }: Omit<Stop, 'since'>,
  now: Instant,
): Promise<void> {
  await db
    .insertInto('usage_stops')
    .values({ tenant_id: tenantId, product_id: product ?? ALL, since: new Date(now.getTime()), by, note: note ?? null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'product_id']).doNothing())
    .execute()
}

/** What is still inside Microsoft's 24 hours goes out now. @returns whether it was stopped */
export const resumeSending = (db: Db, tenantId: TenantId, product: ProductId | undefined, now: Instant): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('usage_stops')
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', product ?? ALL)
      .executeTakeFirst()
    await wake(tx, { tenantId, kind: SEND_WORK, key: tenantId }, now)
    return numDeletedRows > 0n
  })
