/** Operations to answer, in memory: beside `src/subscriptions/operations/store.ts`, held to the same statements. */
import type { OperationChange, OperationKey, OperationStore, StoredOperation } from '../../../src/subscriptions/operations/store.ts'
import { addToTimelineIfKnown, type Memory } from './memory.ts'
import { wakeSubscription } from './subscription-store.ts'
import { inMemory, type MemoryTransaction } from './work-list.ts'

export const memoryOperationStore = (memory: Memory): OperationStore<MemoryTransaction> => ({
  load: async (key) => memory.operations.get(operationName(key)),
  async record(operation, change, guard) {
    await guard(inMemory)
    const kept = memory.operations.get(operationName(operation))
    if (kept) memory.operations.set(operationName(operation), changed(kept, change))
    addToTimelineIfKnown(memory, operation, change.events ?? [], change.at)
    if (change.wakes) wakeSubscription(memory, operation, change.at)
  },
})

export const operationName = ({ tenantId, operationId }: OperationKey): string => `${tenantId} ${operationId}`

const changed = (kept: StoredOperation, change: OperationChange): StoredOperation => ({
  ...kept,
  ...(change.decision === undefined || change.because === undefined ? {} : { decision: change.decision, because: change.because }),
  ...(change.reasons === undefined ? {} : { reasons: change.reasons }),
  answer: answerAfter(kept, change),
  ...(change.seen === undefined || change.seen === 'unread'
    ? {}
    : { microsoftStatus: change.seen === 'notFound' ? change.seen : change.seen.status }),
})

function answerAfter({ answer }: StoredOperation, change: OperationChange): StoredOperation['answer'] {
  const at = change.answeredAt ?? answer?.at
  if (change.answer === undefined || change.answerOutcome === undefined) return answer && { ...answer, at }
  return { answer: change.answer, outcome: change.answerOutcome, at }
}
