/** The brakes in PostgreSQL. The tenant's row is locked while one more is counted. */
import { type Selectable, sql } from 'kysely'
import { type AttentionNote, raiseAttention } from '../../attention/index.ts'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import type { TenantBrakesRow } from '../../database/tables/brakes.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { together } from '../../kit/together.ts'
import type { SubscriptionKey } from '../record.ts'
import { type BrakeCounts, type BrakeState, brakeLimit, countedFrom, isBraked, isReleased, mayEndOneMore } from '../rules/brakes/rate.ts'
import { type Brakes, endsPaused } from './brakes.ts'

export function postgresBrakes(db: Db): Brakes<Tx> {
  const brakesOf = together({ run: (tenants: readonly TenantId[]) => readAllBrakes(db, tenants), most: 100, atOnce: 1 })
  return {
    async of(key, now) {
      const { confirmedAt, ...state } = await brakesOf(key.tenantId)
      const paused = state.pausedSince !== undefined && !isReleased(state, now) && !(await wasCounted(db, key, countedFrom(state, now)))
      return { confirmed: confirmedAt !== undefined, paused }
    },

    async admit(tx, key, step, now) {
      if (!isBraked(step)) return
      const state = await lockBrakes(tx, key.tenantId)
      const from = countedFrom(state, now)
      if (!mayEndOneMore(state, await countsOf(tx, key, from), now)) throw endsPaused(key.tenantId)
      await count(tx, key, from, now)
    },

    pause: (tenantId, now) =>
      inTransaction(db, async (tx) => {
        const state = await lockBrakes(tx, tenantId)
        if (state.pausedSince || isReleased(state, now)) return
        await tx
          .updateTable('tenant_brakes')
          .set({ paused_since: dateOf(now) })
          .where('tenant_id', '=', tenantId)
          .execute()
        const note = { code: 'ENDS_PAUSED', facts: await pausedAt(tx, tenantId, now) } as const
        await raiseAttention(tx, tenantId, { kind: 'tenant', id: tenantId }, note, now)
      }),
  }
}

export interface TenantBrakes extends BrakeState {
  /** When an operator, or the first reconcile itself for want of anything to confirm, let converging begin. */
  readonly confirmedAt: Instant | undefined
  readonly confirmedBy: string | undefined
}

export async function readBrakes(db: Db | Tx, tenantId: TenantId): Promise<TenantBrakes> {
  const [brakes = NONE] = await readAllBrakes(db, [tenantId])
  return brakes
}

/** Of several tenants by one query. @returns one entry for each */
async function readAllBrakes(db: Db | Tx, tenants: readonly TenantId[]): Promise<readonly TenantBrakes[]> {
  const rows = await db
    .selectFrom('tenant_brakes')
    .selectAll()
    .where('tenant_id', 'in', [...new Set(tenants)])
    .execute()
  const found = new Map(rows.map((row) => [row.tenant_id, toBrakes(row)]))
  return tenants.map((id) => found.get(id) ?? NONE)
}

const NONE: TenantBrakes = { confirmedAt: undefined, confirmedBy: undefined, pausedSince: undefined, releasedUntil: undefined }

const toBrakes = (row: Selectable<TenantBrakesRow>): TenantBrakes => ({
  confirmedAt: row.confirmed_at ?? undefined,
  confirmedBy: row.confirmed_by ?? undefined,
  pausedSince: row.paused_since ?? undefined,
  releasedUntil: row.released_until ?? undefined,
})

/** The tenant's row, made when absent: others that want it wait until this transaction is over. */
export async function lockBrakes(tx: Tx, tenantId: TenantId): Promise<TenantBrakes> {
  await tx
    .insertInto('tenant_brakes')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.selectFrom('tenant_brakes').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().execute()
  return readBrakes(tx, tenantId)
}

async function pausedAt(tx: Tx, tenantId: TenantId, now: Instant): Promise<AttentionNote['facts']> {
  const subscriptions = await inCare(tx, tenantId)
  return { since: now.toISOString(), limitInAnHour: brakeLimit(subscriptions), subscriptions }
}

/** Every statement sees what was committed before it: after the lock nobody else counts. */
async function countsOf(tx: Tx, key: SubscriptionKey, from: Instant): Promise<BrakeCounts> {
  const { others } = await tx
    .selectFrom('ended_subscriptions')
    .select(({ fn }) => fn.countAll<string>().as('others'))
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '<>', key.subscriptionId)
    .where('counted_at', '>=', dateOf(from))
    .executeTakeFirstOrThrow()
  return { others: Number(others), isRepeat: await wasCounted(tx, key, from), subscriptions: await inCare(tx, key.tenantId) }
}

async function wasCounted(db: Db | Tx, key: SubscriptionKey, from: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('ended_subscriptions')
    .select('counted_at')
    .where('tenant_id', '=', key.tenantId)
    .where('subscription_id', '=', key.subscriptionId)
    .where('counted_at', '>=', dateOf(from))
    .executeTakeFirst()
  return row !== undefined
}

/** Those with something in Connect: what ended long ago must not raise the limit. */
async function inCare(tx: Tx, tenantId: TenantId): Promise<number> {
  const { total } = await tx
    .selectFrom('subscriptions')
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`connect #>> '{asset,status}' <> 'terminated'`)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** A repeat within the window keeps its first time: retries do not count again. */
const count = (tx: Tx, key: SubscriptionKey, from: Instant, now: Instant) =>
  tx
    .insertInto('ended_subscriptions')
    .values({ tenant_id: key.tenantId, subscription_id: key.subscriptionId, counted_at: dateOf(now) })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'subscription_id'])
        .doUpdateSet({ counted_at: dateOf(now) })
        .where('ended_subscriptions.counted_at', '<', dateOf(from)),
    )
    .execute()

const dateOf = (at: Instant): Date => new Date(at.getTime())
