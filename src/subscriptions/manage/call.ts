/** The one changing call of an action, and how it ended. */
import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { OperationId, SubscriptionId } from '../../kit/ids.ts'
import { type Milliseconds, seconds } from '../../kit/time.ts'
import { type AcceptedRequest, type MicrosoftFulfilment, microsoftsWords } from '../../microsoft/index.ts'
import type { SendOutcome } from '../rules/manage/progress.ts'
import type { WantedAction } from '../rules/manage/wanted.ts'
import type { TimelineEvent } from '../timeline.ts'

/** The longest it may take: what it did by then is seen by looking. The lease has to outlast it. */
export const LONGEST_ACTION_CALL: Milliseconds = seconds(12)

export interface CallEnd {
  readonly outcome: Exclude<SendOutcome, 'intended'>
  readonly operationId: OperationId | undefined
  /** Microsoft's own, where it refused. */
  readonly words: readonly string[]
  readonly facts: TimelineEvent['facts']
}

/** @throws what is no answer of Microsoft's: an abort, a fault of ours. */
export async function callMicrosoft(
  microsoft: MicrosoftFulfilment,
  id: SubscriptionId,
  wanted: WantedAction,
  held: AbortSignal,
): Promise<CallEnd> {
  const limit = AbortSignal.timeout(LONGEST_ACTION_CALL)
  try {
    const { operationId } = await requestOf(microsoft, id, wanted, AbortSignal.any([held, limit]))
    return { outcome: 'accepted', operationId, words: [], facts: operationId === undefined ? {} : { operation: operationId } }
  } catch (error) {
    if (limit.aborted && !held.aborted) return { ...nothing, outcome: 'unknown', facts: { after: `${LONGEST_ACTION_CALL} ms` } }
    if (!(error instanceof ApiError)) throw error
    return ofFailure(error)
  }
}

function requestOf(
  microsoft: MicrosoftFulfilment,
  id: SubscriptionId,
  wanted: WantedAction,
  signal: AbortSignal,
): Promise<AcceptedRequest> {
  switch (wanted.kind) {
    case 'changePlan':
      return microsoft.changePlan(id, wanted.planId, signal)
    case 'changeSeats':
      return microsoft.changeQuantity(id, wanted.seats, signal)
    case 'cancel':
      return microsoft.cancel(id, signal)
  }
}

const nothing = { operationId: undefined, words: [], facts: {} } as const

function ofFailure(error: ApiError): CallEnd {
  const words = microsoftsWords(error)
  const facts = {
    code: error.code,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
  }
  return { outcome: outcomeOf(error), operationId: undefined, words: words === undefined ? [] : [words], facts }
}

function outcomeOf(error: ApiError): CallEnd['outcome'] {
  if (error.outcomeUnknown) return 'unknown'
  if (hasCode(error, 'ERR_MS_CONFLICT')) return 'locked'
  if (hasCode(error, 'ERR_MS_FORBIDDEN')) return 'forbidden'
  return hasCode(error, 'ERR_MS_BAD_REQUEST', 'ERR_MS_NOT_FOUND', 'ERR_MS_UNEXPECTED_ANSWER') ? 'refused' : 'notTaken'
}
