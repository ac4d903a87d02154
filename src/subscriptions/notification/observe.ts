/** Open notices with what Get Operation says of them now: read before the subscription, so that the subscription is read after it. */
import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { OperationId, SubscriptionId } from '../../kit/ids.ts'
import type { MicrosoftFulfilment, MicrosoftOperation } from '../../microsoft/index.ts'
import type { NoticeView, OpenNotice } from '../rules/notice.ts'

export interface SeenNotice {
  readonly view: NoticeView
  readonly operation: { readonly id: OperationId; readonly answer: MicrosoftOperation | 'notFound' } | undefined
}

export type OperationObservation = MicrosoftOperation | 'notFound' | 'unread'

/**
 * Get Operation. Microsoft does not know every operation it tells of, and one that cannot be read must not stand in the way: only an
 * abort is thrown.
 */
export async function observeOperation(
  microsoft: MicrosoftFulfilment,
  subscriptionId: SubscriptionId,
  id: OperationId,
  signal: AbortSignal,
): Promise<OperationObservation> {
  try {
    return await microsoft.getOperation(subscriptionId, id, signal)
  } catch (error) {
    if (hasCode(error, 'ERR_MS_NOT_FOUND')) return 'notFound'
    if (error instanceof ApiError) return 'unread'
    throw error
  }
}

type Observe = (id: OperationId) => Promise<OperationObservation>

export async function observeNotices(
  microsoft: MicrosoftFulfilment,
  subscriptionId: SubscriptionId,
  open: readonly OpenNotice[],
  signal: AbortSignal,
): Promise<readonly SeenNotice[]> {
  const asked = new Map<OperationId, Promise<OperationObservation>>()
  const once: Observe = (id) => {
    const answer = asked.get(id) ?? observeOperation(microsoft, subscriptionId, id, signal)
    asked.set(id, answer)
    return answer
  }
  return Promise.all(open.map((notice) => observe(notice, once)))
}

async function observe(notice: OpenNotice, ask: Observe): Promise<SeenNotice> {
  const id = notice.operationId
  const answer = id === undefined || notice.overtaken ? 'unread' : await ask(id)
  if (id === undefined || answer === 'unread') return { view: { ...notice, operation: 'unread' }, operation: undefined }
  if (answer === 'notFound') return { view: { ...notice, operation: 'notFound' }, operation: { id, answer } }
  // The body is not signed: where the operation tells the target, that one counts.
  const target = { planId: answer.planId ?? notice.target.planId, quantity: answer.quantity ?? notice.target.quantity }
  return { view: { ...notice, target, operation: answer.status }, operation: { id, answer } }
}
