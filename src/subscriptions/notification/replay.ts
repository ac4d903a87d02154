/** Having a notice looked at again. Safe at any time: a notice only says "look". */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../database/index.ts'
import { wakeAll } from '../../database/work/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type MicrosoftNotice, readNotice } from '../../microsoft/index.ts'
import { addToTimelineIfKnown } from '../store/timeline.ts'
import { findNotice } from './read.ts'
import { toldOf, wantsAnswer } from './reading.ts'
import { readableColumns } from './row.ts'
import { storableJson } from './storable.ts'
import { wokenBy } from './work.ts'

type Row = NonNullable<Awaited<ReturnType<typeof findNotice>>>

/**
 * Reads the body anew, as this version understands it, and wakes what it is about. The ten seconds do not begin again.
 * @param tenantId whose it has to be; @param by who asks, for the timeline; @param note what they said
 * @throws AppError `ERR_NOTICE_NOT_FOUND`, `ERR_NOTICE_UNREADABLE`
 */
export async function replayNotice(
  db: Db | Tx,
  id: string,
  now: Instant,
  { tenantId: tenant, by, note }: { readonly tenantId?: TenantId; readonly by?: string; readonly note?: string | undefined } = {},
): Promise<MicrosoftNotice> {
  const row = await findNotice(db, id, tenant)
  if (!row) throw new AppError('ERR_NOTICE_NOT_FOUND')
  const reading = readNotice(row.body)
  if (!reading.readable) throw new AppError('ERR_NOTICE_UNREADABLE', { facts: { reason: reading.reason } })
  const { notice } = reading
  const owner = tenantId.parse(row.tenant_id)
  await inTransaction(db, async (tx) => {
    await wakeAll(tx, wokenBy(owner, notice, now), now)
    await readAnew(tx, row, notice)
    if (wantsAnswer(notice)) await rememberOperation(tx, row, notice)
    const event = {
      actor: 'operator',
      event: 'notice.replayed',
      facts: { ...(by === undefined ? {} : { by }), ...(note === undefined ? {} : { note }), notice: id, action: notice.action },
    } as const
    await addToTimelineIfKnown(tx, { tenantId: owner, subscriptionId: notice.subscriptionId }, [event], now)
  })
  return notice
}

async function readAnew(tx: Tx, row: Row, notice: MicrosoftNotice): Promise<void> {
  const columns = readableColumns(notice, row.received_at)
  await tx
    .updateTable('notices')
    .set({ ...columns, reading: storableJson(columns.reading), unreadable_because: null })
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .execute()
}

/** An earlier version may not have understood that it wants an answer. */
async function rememberOperation(tx: Tx, row: Row, notice: MicrosoftNotice): Promise<void> {
  if (notice.operationId === undefined) return
  await tx
    .insertInto('operations')
    .values({
      tenant_id: row.tenant_id,
      id: notice.operationId,
      subscription_id: notice.subscriptionId,
      product_id: row.product_id,
      action: notice.action,
      source: notice.source,
      told: storableJson(toldOf(notice)),
      first_told_at: row.received_at,
      last_told_at: row.received_at,
      updated_at: row.received_at,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet({ last_told_at: sql`greatest(operations.last_told_at, excluded.last_told_at)` }),
    )
    .execute()
}
