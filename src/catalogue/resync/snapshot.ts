/** A product as it was last taken over from Connect. */
import { z } from 'zod'
import type { Db, Tx } from '../../database/index.ts'
import { itemId, type ProductId, type TenantId, productId as toProductId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { ProductFacts } from '../rules/facts.ts'

const optionalText = z.string().optional()

const item = z.object({
  id: itemId,
  localId: optionalText,
  mpn: optionalText,
  name: z.string(),
  description: optionalText,
  type: z.enum(['Reservation', 'PPU', 'unknown']),
  status: z.enum(['draft', 'published', 'endofsale', 'unknown']),
  unit: optionalText,
  period: z.string(),
  precision: z.string(),
  commitment: z.object({ multiplier: optionalText, count: z.number().optional() }),
  dynamic: z.boolean(),
  position: z.number(),
  groupId: optionalText,
})

const facts = z.object({
  id: toProductId,
  name: z.string(),
  version: z.number().optional(),
  vendor: optionalText,
  iconPath: optionalText,
  summary: optionalText,
  descriptionHtml: optionalText,
  gettingStartedHtml: optionalText,
  links: z.array(z.object({ text: z.string(), url: z.string() })),
  items: z.array(item),
})

export interface Snapshot {
  readonly facts: ProductFacts
  readonly takenAt: Instant
  /** A person's name, or what of the bridge took it. */
  readonly takenBy: string
}

/** One that cannot be read any more counts as none: the product is compared with its offers alone, until it is taken over again. */
export async function readSnapshot(db: Db | Tx, tenantId: TenantId, productId: ProductId): Promise<Snapshot | undefined> {
  const row = await db
    .selectFrom('product_snapshots')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('product_id', '=', productId)
    .executeTakeFirst()
  if (!row) return undefined
  const read = facts.safeParse(row.facts)
  return read.success ? { facts: read.data, takenAt: row.taken_at, takenBy: row.taken_by } : undefined
}

export async function saveSnapshot(tx: Db | Tx, tenantId: TenantId, taken: ProductFacts, by: string, now: Instant): Promise<void> {
  const values = { facts: JSON.stringify(taken), taken_at: new Date(now.getTime()), taken_by: by }
  await tx
    .insertInto('product_snapshots')
    .values({ tenant_id: tenantId, product_id: taken.id, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'product_id']).doUpdateSet(values))
    .execute()
}
