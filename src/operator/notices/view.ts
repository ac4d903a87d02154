/** A notice as operators read it, as JSON: mail addresses are not shown. */
import type { Db } from '../../database/index.ts'
import { AppError } from '../../kit/errors/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type Notice, readNoticeRecord, tell, withoutMailAddresses } from '../../subscriptions/index.ts'

/** @throws AppError `ERR_NOTICE_NOT_FOUND`, also for another tenant's */
export async function theNotice(db: Db, id: string, tenantId?: TenantId): Promise<Notice> {
  const found = await readNoticeRecord(db, id)
  if (!found || (tenantId !== undefined && found.tenantId !== tenantId)) throw new AppError('ERR_NOTICE_NOT_FOUND')
  return found
}

export const noticeRecord = (notice: Notice) => ({
  ...notice,
  body: withoutMailAddresses(notice.body),
  caused: notice.caused.map((entry) => ({ ...entry, sentence: tell(entry).sentence })),
})
