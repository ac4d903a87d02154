/** The two lists while a run compares them: rows in the database, so that a tenant of any size fits into little memory. */
import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, inTransaction } from '../../database/index.ts'
import { assetId, connectionId, itemId, productId, requestId, type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type MicrosoftSnapshot, microsoftSnapshot } from '../snapshots.ts'

export interface RunKey {
  readonly tenantId: TenantId
  readonly runId: string
}

const listedRow = z.object({ environment: z.enum(['production', 'test']), mayCancel: z.boolean(), snapshot: microsoftSnapshot })
export type ListedRow = z.infer<typeof listedRow>

const assetRow = z.object({
  id: assetId,
  productId,
  connectionId: connectionId.optional(),
  environment: z.enum(['production', 'test']).optional(),
  status: z.enum(['processing', 'active', 'suspended', 'terminating', 'terminated', 'unknown']),
  items: z.array(z.object({ itemId, quantity: z.union([z.number(), z.literal('unlimited')]) })),
  openRequest: z
    .object({
      id: requestId,
      type: z.enum(['purchase', 'change', 'suspend', 'resume', 'cancel', 'adjustment', 'unknown']),
      status: z.enum(['pending', 'tiers_setup', 'inquiring', 'scheduled', 'revoking', 'approved', 'failed', 'revoked', 'unknown']),
    })
    .optional(),
})
export type AssetRow = z.infer<typeof assetRow>

export interface StoredAsset extends AssetRow {
  readonly externalUid: string
  readonly madeAt: Instant | undefined
  readonly matchKeys: readonly string[]
}

/** A row that comes twice counts as it was last. */
export async function keepListed(
  db: Db,
  { tenantId, runId }: RunKey,
  rows: readonly {
    readonly id: SubscriptionId
    readonly environment: ListedRow['environment']
    readonly mayCancel: boolean
    readonly snapshot: MicrosoftSnapshot
  }[],
): Promise<void> {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()]
  if (unique.length === 0) return
  await db
    .insertInto('reconcile_listed')
    .values(
      unique.map(({ id, ...listed }) => ({ tenant_id: tenantId, run_id: runId, subscription_id: id, listed: JSON.stringify(listed) })),
    )
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'run_id', 'subscription_id']).doUpdateSet(({ ref }) => ({ listed: ref('excluded.listed') })),
    )
    .execute()
}

export async function keepAssets(db: Db, { tenantId, runId }: RunKey, assets: readonly StoredAsset[]): Promise<void> {
  const rows = assets.map(({ externalUid, madeAt, matchKeys, ...asset }) => ({
    tenant_id: tenantId,
    run_id: runId,
    asset_id: asset.id,
    external_uid: externalUid.toLowerCase(),
    made_at: madeAt ? new Date(madeAt.getTime()) : null,
    asset: JSON.stringify(asset),
    match_keys: [...matchKeys],
  }))
  if (rows.length === 0) return
  await db
    .insertInto('reconcile_assets')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'run_id', 'asset_id']).doUpdateSet(({ ref }) => ({ asset: ref('excluded.asset') })),
    )
    .execute()
}

/** The next subscriptions in the order of their ids, of Microsoft's list and of our records. */
export async function nextSubscriptions(
  db: Db,
  { tenantId, runId }: RunKey,
  after: string,
  most: number,
): Promise<readonly SubscriptionId[]> {
  const { rows } = await sql<{ id: string }>`
    (select subscription_id as id from reconcile_listed
      where tenant_id = ${tenantId} and run_id = ${runId} and subscription_id > ${after}::uuid order by subscription_id limit ${most})
    union
    (select id from subscriptions where tenant_id = ${tenantId} and id > ${after}::uuid order by id limit ${most})
    order by id limit ${most}`.execute(db)
  return rows.map(({ id }) => subscriptionId.parse(id))
}

export async function listedOf(
  db: Db,
  { tenantId, runId }: RunKey,
  ids: readonly SubscriptionId[],
): Promise<ReadonlyMap<string, ListedRow>> {
  const rows = await db
    .selectFrom('reconcile_listed')
    .select(['subscription_id', 'listed'])
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .where(sql<boolean>`subscription_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.subscription_id, listedRow.parse(row.listed)]))
}

/** Those with one of these ids as their `external_uid`, and those that operators matched. */
export async function assetsOf(db: Db, run: RunKey, uids: readonly string[], links: readonly string[]): Promise<readonly StoredAsset[]> {
  const rows = await assetsOfRun(db, run)
    .where(sql<boolean>`(external_uid = any(${[...uids]}::text[]) or asset_id = any(${[...links]}::text[]))`)
    .execute()
  return rows.map(toAsset)
}

/** The next assets no subscription has claimed. */
export async function nextUnclaimed(db: Db, run: RunKey, after: string, most: number): Promise<readonly StoredAsset[]> {
  const rows = await assetsOfRun(db, run)
    .where('claimed', '=', false)
    .where('asset_id', '>', after)
    .orderBy('asset_id')
    .limit(most)
    .execute()
  return rows.map(toAsset)
}

/** Unclaimed assets of the product that have anything in common with a subscription. */
export async function candidatesFor(
  db: Db,
  run: RunKey,
  product: string,
  keys: readonly string[],
  most: number,
): Promise<readonly StoredAsset[]> {
  const rows = await assetsOfRun(db, run)
    .where('claimed', '=', false)
    .where(sql<boolean>`asset ->> 'productId' = ${product} and match_keys && ${[...keys]}::text[]`)
    .orderBy('asset_id')
    .limit(most)
    .execute()
  return rows.map(toAsset)
}

export async function claimAssets(db: Db, { tenantId, runId }: RunKey, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('reconcile_assets')
    .set({ claimed: true })
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .where(sql<boolean>`asset_id = any(${[...ids]}::text[])`)
    .execute()
}

/** Which of these ids are subscriptions, of the list or of our records. */
export async function knownAmong(db: Db, { tenantId, runId }: RunKey, uids: readonly string[]): Promise<ReadonlySet<string>> {
  const guids = uids.filter((uid) => subscriptionId.safeParse(uid).success)
  const { rows } = await sql<{ id: string }>`
    select subscription_id as id from reconcile_listed
      where tenant_id = ${tenantId} and run_id = ${runId} and subscription_id = any(${guids}::uuid[])
    union
    select id from subscriptions where tenant_id = ${tenantId} and id = any(${guids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** The lists hold personal data, and have done their work. */
export const emptyLists = (db: Db, { tenantId, runId }: RunKey): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx.deleteFrom('reconcile_listed').where('tenant_id', '=', tenantId).where('run_id', '=', runId).execute()
    await tx.deleteFrom('reconcile_assets').where('tenant_id', '=', tenantId).where('run_id', '=', runId).execute()
  })

const assetsOfRun = (db: Db, { tenantId, runId }: RunKey) =>
  db
    .selectFrom('reconcile_assets')
    .select(['external_uid', 'made_at', 'asset', 'match_keys'])
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)

const toAsset = (row: { external_uid: string; made_at: Date | null; asset: unknown; match_keys: string[] }): StoredAsset => ({
  ...assetRow.parse(row.asset),
  externalUid: row.external_uid,
  madeAt: row.made_at ?? undefined,
  matchKeys: row.match_keys,
})
