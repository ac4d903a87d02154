/** Having a notice looked at again. Safe at any time: a notice only says "look". */
import { type Db, inTransaction } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { type TenantId, tenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type MicrosoftNotice, readNotice } from '../../microsoft/index.ts'
import { addToTimelineIfKnown } from '../store/timeline.ts'
import { findNotice } from './read.ts'
import { wantsAnswer } from './reading.ts'
import { readingColumns, rememberOperation } from './store.ts'
import { wakeFor } from './work.ts'

/**
 * Reads the body anew, as this version understands it, and wakes what it is about. The ten seconds do not begin again.
 * @throws AppError `ERR_NOTICE_NOT_FOUND`, `ERR_NOTICE_UNREADABLE`
 */
export async function replayNotice(db: Db, id: string, now: Instant, tenant?: TenantId): Promise<MicrosoftNotice> {
  const row = await findNotice(db, id, tenant)
  if (!row) throw new AppError('ERR_NOTICE_NOT_FOUND')
  const reading = readNotice(row.body)
  if (!reading.readable) throw new AppError('ERR_NOTICE_UNREADABLE', { facts: { reason: reading.reason } })
  const { notice } = reading
  const owner = tenantId.parse(row.tenant_id)
  await inTransaction(db, async (tx) => {
    const columns = { ...readingColumns(reading, row.received_at), unreadable_because: null }
    await tx.updateTable('notices').set(columns).where('tenant_id', '=', owner).where('id', '=', id).execute()
    if (wantsAnswer(notice))
      await rememberOperation(tx, { tenantId: owner, productId: row.product_id, receivedAt: row.received_at }, notice)
    const event = { actor: 'operator', event: 'notice.replayed', facts: { notice: id, action: notice.action } } as const
    await addToTimelineIfKnown(tx, { tenantId: owner, subscriptionId: notice.subscriptionId }, [event], now)
    await wakeFor(tx, owner, notice, now)
  })
  return notice
}
