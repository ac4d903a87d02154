/** What the judge may ask about, read at once for a part of a file: whose assets they are, what their plans are made of, what we exported. */
import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { type SubscriptionId, subscriptionId, type TenantId } from '../../kit/ids.ts'
import { quantityOf } from '../../kit/quantity.ts'
import { readPhases, type SubscriptionPhase } from '../../subscriptions/index.ts'
import { dimensionPolicy, listSoldPlans, type PlanItem, type UsagePolicy } from '../../tenants/index.ts'
import type { Knowledge, KnownSubscription } from '../rules/files/judge.ts'
import { phaseAt } from '../rules/phases.ts'
import type { ReadRecord } from './rows.ts'

export interface Knowing {
  readonly of: (record: ReadRecord) => Knowledge
  /** The one the record's asset belongs to. */
  readonly subscriptionOf: (record: ReadRecord) => SubscriptionId | undefined
}

type Items = ReadonlyMap<string, readonly PlanItem[]>

/** The plan map, once for a file. */
export async function readPlans(db: Db, tenantId: TenantId): Promise<Items> {
  return new Map((await listSoldPlans(db, tenantId)).map(({ offerId, planId, items }) => [`${offerId} ${planId}`, items]))
}

export async function know(
  db: Db,
  tenantId: TenantId,
  plans: Items,
  policy: UsagePolicy,
  records: readonly ReadRecord[],
): Promise<Knowing> {
  const found = await findSubscriptions(db, tenantId, records)
  const phases = await readPhases(
    db,
    tenantId,
    [...found.byId.keys()].map((id) => subscriptionId.parse(id)),
  )
  const exported = await readExported(db, tenantId, records)
  const phasesOf = (id: string): readonly SubscriptionPhase[] => phases.get(subscriptionId.parse(id)) ?? []
  return {
    subscriptionOf: (record) => {
      const [id] = found.idsOf(record)
      return id === undefined ? undefined : subscriptionId.parse(id)
    },
    of(record) {
      const ids = found.idsOf(record)
      const [only = ''] = ids
      return {
        subscriptions: ids.map((id): KnownSubscription => ({ ...sideOf(found.byId.get(id)), phases: phasesOf(id) })),
        itemAt(at, item) {
          const phase = phaseAt(phasesOf(only), at)
          return phase && plans.get(`${phase.offerId} ${phase.planId}`)?.find(({ itemId }) => itemId === item)
        },
        dimension: (id) => {
          const { source, currency } = dimensionPolicy(policy, id)
          return { source, currency }
        },
        exported: (key, dimension, quantity) => {
          const one = exported.get(key)
          return one !== undefined && one.subscription === only && one.dimension === dimension && one.quantity === quantity
        },
      }
    },
  }
}

interface Side {
  readonly productId: string | undefined
  readonly environment: 'production' | 'test'
}

const sideOf = (side: Side | undefined): Side => side ?? { productId: undefined, environment: 'production' }

interface Found {
  readonly byId: ReadonlyMap<string, Side>
  readonly idsOf: (record: ReadRecord) => readonly string[]
}

interface SubscriptionRow {
  readonly id: string
  readonly product_id: string | null
  readonly environment: 'production' | 'test'
  readonly linked_asset: string | null
  readonly asset: string | null
}

/** By the subscription's id, which our assets carry, or the asset an operator matched; else by the asset Connect last told of. */
async function findSubscriptions(db: Db, tenantId: TenantId, records: readonly ReadRecord[]): Promise<Found> {
  const uids = [...new Set(records.flatMap(uidsOf))]
  const assets = [...new Set(records.flatMap(({ assetId }) => assetId ?? []))]
  const named = await readSubscriptions(db, tenantId, sql`id = any(${uids}::uuid[]) or linked_asset = any(${assets}::text[])`)
  const known = new Set(named.flatMap(({ linked_asset, asset }) => [linked_asset, asset]))
  const left = assets.filter((asset) => !known.has(asset))
  const told = left.length === 0 ? [] : await readSubscriptions(db, tenantId, sql`connect -> 'asset' ->> 'id' = any(${left}::text[])`)
  const rows = [...named, ...told]
  const byAsset = (asset: string | undefined): readonly string[] => {
    const linked = rows.filter((row) => row.linked_asset === asset)
    return (linked.length > 0 ? linked : rows.filter((row) => row.linked_asset === null && row.asset === asset)).map(({ id }) => id)
  }
  const ids = new Set(rows.map(({ id }) => id))
  const assetsOf = new Map(assets.map((asset) => [asset, byAsset(asset)]))
  return {
    byId: new Map(rows.map((row) => [row.id, { productId: row.product_id ?? undefined, environment: row.environment }])),
    idsOf: (record) => [...new Set([...uidsOf(record).filter((id) => ids.has(id)), ...(assetsOf.get(record.assetId ?? '') ?? [])])],
  }
}

/** `external_uid` is the subscription's id; `external_id` says it once more, with a word before it. */
const uidsOf = ({ assetExternalUid, assetExternalId }: ReadRecord): readonly string[] => {
  const uid = subscriptionId.safeParse(assetExternalUid)
  const id = subscriptionId.safeParse(assetExternalId?.replace(/^ms-/i, ''))
  return [...new Set([...(uid.success ? [uid.data] : []), ...(id.success ? [id.data] : [])])]
}

async function readSubscriptions(db: Db, tenantId: TenantId, where: ReturnType<typeof sql>): Promise<readonly SubscriptionRow[]> {
  const { rows } = await sql<SubscriptionRow>`
    select id, product_id, environment, linked_asset, connect -> 'asset' ->> 'id' as asset from subscriptions
    where tenant_id = ${tenantId} and (${where})`.execute(db)
  return rows
}

interface Exported {
  readonly subscription: string
  readonly dimension: string | null
  readonly quantity: bigint
}

async function readExported(db: Db, tenantId: TenantId, records: readonly ReadRecord[]): Promise<ReadonlyMap<string, Exported>> {
  const keys = records.flatMap(({ ownKey }) => ownKey ?? [])
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('usage_records')
    .select(['key', 'subscription_id', 'dimension', 'quantity'])
    .where('tenant_id', '=', tenantId)
    .where('source', '=', 'api')
    .where('key', '=', sql<string>`any(${keys}::text[])`)
    .execute()
  return new Map(
    rows.map((row) => [row.key, { subscription: row.subscription_id, dimension: row.dimension, quantity: quantityOf(row.quantity) }]),
  )
}
