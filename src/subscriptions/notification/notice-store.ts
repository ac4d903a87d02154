/** What is remembered of Microsoft's notices as they come in. Two makers: PostgreSQL, and memory for tests of thousands of histories. */
import type { Db } from '../../database/index.ts'
import type { WorkObject } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { MicrosoftNotice } from '../../microsoft/index.ts'
import { replayNotice } from './replay.ts'
import { addNotice, type Delivery, recordReply } from './store.ts'
import { replyHasLeft } from './work.ts'

export interface NoticeStore {
  /**
   * Keeps the delivery and wakes what it is about, together.
   * @param now the wakes are counted from here.
   * @returns the notice's id. @throws when it could not be stored: the sender must not hear a 200 then.
   */
  add(delivery: Delivery, now: Instant): Promise<string>
  /** What waited for our reply to leave is due now. */
  replyHasLeft(object: WorkObject, now: Instant): Promise<void>
  recordReply(tenantId: TenantId, id: string, status: number, took: number): Promise<void>
  /** Has it looked at again. @throws AppError `ERR_NOTICE_NOT_FOUND`, `ERR_NOTICE_UNREADABLE` */
  replay(id: string, now: Instant, tenantId?: TenantId): Promise<MicrosoftNotice>
}

export const postgresNoticeStore = (db: Db): NoticeStore => ({
  add: (delivery, now) => addNotice(db, delivery, now),
  replyHasLeft: (object, now) => replyHasLeft(db, object, now),
  recordReply: (tenantId, id, status, took) => recordReply(db, tenantId, id, status, took),
  replay: (id, now, tenantId) => replayNotice(db, id, now, tenantId),
})
