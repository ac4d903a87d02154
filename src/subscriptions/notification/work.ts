/** Who is woken by a notice: the operation that wants an answer, and the subscription it is about. */
import type { DueObject, WorkObject } from '../../database/work/index.ts'
import type { TenantId } from '../../kit/ids.ts'
import { type Instant, type Milliseconds, plus } from '../../kit/time.ts'
import type { MicrosoftNotice } from '../../microsoft/index.ts'
import { OPERATION_WORK, SUBSCRIPTION_WORK } from '../work-kinds.ts'
import { wantsAnswer } from './reading.ts'

/** Our 200 leaves first: no answer of ours may overtake it. Pulled forward once it has left. */
const AFTER_OUR_REPLY: Milliseconds = 300
/** The answer wakes the subscription itself; this is for the case that it cannot be given. */
const WITHOUT_AN_ANSWER: Milliseconds = 3_000

/** The objects to look at first; the rest follows by itself. */
export function firstLook(tenantId: TenantId, notice: MicrosoftNotice): WorkObject {
  return notice.operationId !== undefined && wantsAnswer(notice)
    ? { tenantId, kind: OPERATION_WORK, key: notice.operationId }
    : { tenantId, kind: SUBSCRIPTION_WORK, key: notice.subscriptionId }
}

export interface Wake {
  readonly object: WorkObject
  readonly dueAt: Instant
}

export function wakesFor(tenantId: TenantId, notice: MicrosoftNotice, now: Instant): readonly Wake[] {
  const first = { object: firstLook(tenantId, notice), dueAt: plus(now, AFTER_OUR_REPLY) }
  if (!wantsAnswer(notice)) return [first]
  return [first, { object: { tenantId, kind: SUBSCRIPTION_WORK, key: notice.subscriptionId }, dueAt: plus(now, WITHOUT_AN_ANSWER) }]
}

/** The same, as one statement takes them. */
export const wokenBy = (tenantId: TenantId, notice: MicrosoftNotice, now: Instant): readonly DueObject[] =>
  wakesFor(tenantId, notice, now).map(({ object, dueAt }) => ({ ...object, dueAt }))
