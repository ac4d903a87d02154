/** What is remembered of Microsoft's notices as they come in. Two makers: PostgreSQL, and memory for tests of thousands of histories. */
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { together } from '../../kit/together.ts'
import type { MicrosoftNotice } from '../../microsoft/index.ts'
import { replayNotice } from './replay.ts'
import { type Reply, repliesHaveLeft } from './reply.ts'
import type { Delivery } from './row.ts'
import { type Arrival, addNotices } from './store.ts'

export interface NoticeStore {
  /**
   * Keeps the delivery and wakes what it is about, together.
   * @param now the wakes are counted from here.
   * @returns the notice's id. @throws when it could not be stored: the sender must not hear a 200 then.
   */
  add(delivery: Delivery, now: Instant): Promise<string>
  /** What waited for our reply to leave is due now; what we answered is kept. */
  replyHasLeft(reply: Reply): Promise<void>
  /** Has it looked at again. @throws AppError `ERR_NOTICE_NOT_FOUND`, `ERR_NOTICE_UNREADABLE` */
  replay(id: string, now: Instant, tenantId?: TenantId): Promise<MicrosoftNotice>
}

/** Under load many are kept by one commit; each is answered after its own. Two at once: while one waits for the disk, the other works. */
const KEPT_TOGETHER = { most: 50, atOnce: 2 }
/** Nobody waits for it. */
const AFTER_THE_REPLY = { most: 100, atOnce: 1, gatherFor: 10 }

/** One for the process: it gathers what comes at the same time. */
export function postgresNoticeStore(db: Db): NoticeStore {
  const add = together({ run: (arrivals: readonly Arrival[]) => addNotices(db, arrivals), ...KEPT_TOGETHER })
  const replied = together({ run: (replies: readonly Reply[]) => repliesHaveLeft(db, replies), ...AFTER_THE_REPLY })
  return {
    add: (delivery, now) => add({ delivery, now }),
    replyHasLeft: replied,
    replay: (id, now, tenantId) => replayNotice(db, id, now, tenantId === undefined ? {} : { tenantId }),
  }
}
