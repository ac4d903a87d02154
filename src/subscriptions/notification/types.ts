/** What a look is told, and what it tells of it. */
import type { OperationId, PlanId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import type { MicrosoftOperation } from '../../microsoft/index.ts'
import type { OpenNotice } from '../rules/notice.ts'
import type { Explanation } from '../rules/notices.ts'

export interface RefusedPlan {
  readonly planId: PlanId
  readonly at: Instant
}

export interface Told {
  /** Oldest first; repeats are not among them. */
  readonly open: readonly OpenNotice[]
  /** Plans refused lately because they were not mapped. */
  readonly refusedPlans: readonly RefusedPlan[]
}

/** What a look found out about one open notice. */
export interface NoticeProgress {
  readonly id: string
  readonly operation: { readonly id: OperationId; readonly answer: MicrosoftOperation | 'notFound' } | undefined
  /** Present when it is waited for no longer. */
  readonly explained: Explanation | undefined
}
