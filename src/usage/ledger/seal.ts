/**
 * Sealing: an hour takes nothing more, what is due in it is fixed and stored, and only then may it be sent. All slots that are due of a tenant,
 * oldest first, some hundred in a transaction under the ledger's lock.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../../database/index.ts'
import { wake } from '../../database/work/index.ts'
import { offerId, productId, type SubscriptionId } from '../../kit/ids.ts'
import { printQuantity } from '../../kit/quantity.ts'
import type { Instant } from '../../kit/time.ts'
import { SEND_WORK } from '../work-kinds.ts'
import { type DueSlot, openBooks } from './books.ts'
import type { Intake } from './intake.ts'
import { inLedger } from './lock.ts'
import { type SlotShare, saveShares } from './meters.ts'
import { moveOnAfterPlanChange, type SlotKey, slotKeyOf } from './plan-changes.ts'
import { type SealedSlot, sealAll, type WantedTerms } from './seal-all.ts'
import { readStreams } from './streams.ts'
import { wakeFilesOf } from './wake-files.ts'

const AT_ONCE = 500

export interface SealedSome {
  readonly sealed: number
  /** There may be more that is due. */
  readonly more: boolean
  readonly wanted: readonly WantedTerms[]
}

/** @param guard throws when the lease is lost: nothing is sealed then */
export function sealDue(db: Db, intake: Intake, guard: (tx: Tx) => Promise<void>): Promise<SealedSome> {
  return inLedger(db, intake.tenantId, async (tx) => {
    await guard(tx)
    const due = await readDue(tx, intake)
    if (due.length === 0) return { sealed: 0, more: false, wanted: [] }
    const streams = await readStreams(tx, intake.tenantId, subscriptionsOf(due), intake.now)
    await moveOnAfterPlanChange(tx, intake, streams, due)
    const books = await openBooks(tx, intake, streams, due)
    const { sealed, wanted } = sealAll(books, due)
    await save(tx, intake, sealed)
    return { sealed: sealed.length, more: due.length === AT_ONCE && sealed.length > 0, wanted }
  })
}

const subscriptionsOf = (slots: readonly SlotKey[]): readonly SubscriptionId[] => [...new Set(slots.map((slot) => slot.subscriptionId))]

async function readDue(tx: Tx, { tenantId, now }: Intake): Promise<readonly DueSlot[]> {
  const rows = await tx
    .selectFrom('usage_slots')
    .select(['subscription_id', 'dimension', 'hour', 'offer_id', 'product_id'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .where('seal_at', '<=', new Date(now.getTime()))
    .orderBy('hour')
    .orderBy('subscription_id')
    .orderBy('dimension')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) => ({ ...slotKeyOf(row), offerId: offerId.parse(row.offer_id), productId: productId.parse(row.product_id) }))
}

async function save(tx: Tx, { tenantId, now }: Intake, slots: readonly SealedSlot[]): Promise<void> {
  if (slots.length === 0) return
  const column = <T>(read: (one: SealedSlot) => T): T[] => slots.map(read)
  await sql`
    update usage_slots slot
    set state = told.state, because = told.because, quantity = told.quantity, carried = told.carried, sealed_at = ${now}::timestamptz,
      updated_at = ${now}::timestamptz
    from unnest(
      ${column((one) => one.subscriptionId)}::uuid[], ${column((one) => one.dimension)}::text[], ${column((one) => one.hour.toISOString())}::timestamptz[],
      ${column((one) => (one.because === null ? 'sealed' : 'nothingDue'))}::text[], ${column((one) => one.because)}::text[],
      ${column((one) => printQuantity(one.sealing.quantity))}::numeric[], ${column((one) => printQuantity(one.sealing.carried))}::numeric[]
    ) as told (subscription_id, dimension, hour, state, because, quantity, carried)
    where slot.tenant_id = ${tenantId} and slot.subscription_id = told.subscription_id and slot.dimension = told.dimension and slot.hour = told.hour`.execute(
    tx,
  )
  const shares = slots.flatMap(({ subscriptionId, dimension, hour, sealing }): readonly SlotShare[] =>
    sealing.shares.map((share) => ({ subscriptionId, dimension, hour, share })),
  )
  if (shares.length > 0) await saveShares(tx, tenantId, shares, now)
  await wakeFilesOf(
    tx,
    tenantId,
    slots.filter(({ because }) => because !== null),
    now,
  )
  if (slots.some(({ because }) => because === null)) await wake(tx, { tenantId, kind: SEND_WORK, key: tenantId }, now)
}

/** What a plan includes cannot be told now: its hours are looked at again then, and hold up no others. */
export async function postpone(
  db: Db | Tx,
  { tenantId }: Pick<Intake, 'tenantId'>,
  subscription: SubscriptionId,
  until: Instant,
): Promise<void> {
  await db
    .updateTable('usage_slots')
    .set({ seal_at: new Date(until.getTime()) })
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', subscription)
    .where('state', '=', 'open')
    .where('seal_at', '<', new Date(until.getTime()))
    .execute()
}

/** When the next hour of the tenant is to be sealed; undefined when none is open. */
export async function nextSealAt(db: Db, { tenantId }: Pick<Intake, 'tenantId'>): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('usage_slots')
    .select(({ fn }) => fn.min('seal_at').as('at'))
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row?.at ?? undefined
}
