/** Having a notice looked at again, signed. */
import type { TenantId } from '../../kit/ids.ts'
import type { MicrosoftNotice } from '../../microsoft/index.ts'
import { replayNotice } from '../../subscriptions/index.ts'
import type { OperatorDeps } from '../deps.ts'
import { type Operator, signedBy } from '../operator.ts'
import { theNotice } from './view.ts'

/**
 * Safe at any time: a notice only says where to look.
 * @param tenantId whose it has to be; left out, whoever it belongs to
 * @throws AppError `ERR_NOTICE_NOT_FOUND`, `ERR_NOTICE_UNREADABLE`
 */
export async function replay(
  { db, clock }: Pick<OperatorDeps, 'db' | 'clock'>,
  { id, tenantId, note }: { readonly id: string; readonly tenantId?: TenantId | undefined; readonly note?: string | undefined },
  operator: Operator,
): Promise<MicrosoftNotice> {
  const notice = await theNotice(db, id, tenantId)
  return replayNotice(db, notice.id, clock.now(), { tenantId: notice.tenantId, ...signedBy(operator, note) })
}
