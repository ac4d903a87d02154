/** Finding an item for an operator. */
import { type AttentionItem, findAttention, stateAt } from '../../attention/index.ts'
import type { Db } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import { attentionItemId, type TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'

/** @throws AppError `ERR_ATTENTION_NOT_FOUND`, also for another tenant's */
export async function theItem(db: Db, id: string, tenantId?: TenantId): Promise<AttentionItem> {
  const asked = attentionItemId.safeParse(id)
  const found = asked.success ? await findAttention(db, asked.data, tenantId) : undefined
  if (!found) throw new AppError('ERR_ATTENTION_NOT_FOUND')
  return found
}

/** @throws AppError `ERR_ATTENTION_RESOLVED` */
export function assertUnresolved(item: AttentionItem, now: Instant): void {
  if (stateAt(item, now) === 'resolved') throw new AppError('ERR_ATTENTION_RESOLVED')
}
