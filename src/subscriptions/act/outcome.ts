/** How a step ended, in the words of an attempt. */
import type { CreationOutcome } from '../../connect/index.ts'
import { ApiError } from '../../kit/errors/index.ts'
import type { AttemptOutcome } from '../rules/attempts.ts'
import type { RequestType } from '../rules/view.ts'
import type { TimelineEvent } from '../timeline.ts'

export interface ActOutcome {
  readonly outcome: Exclude<AttemptOutcome, 'intended'>
  /** Why it was refused, in the other side's words. */
  readonly messages: readonly string[]
  /** For the timeline: ids of the other side. */
  readonly facts: TimelineEvent['facts']
}

export const accepted = (facts: TimelineEvent['facts'] = {}): ActOutcome => ({ outcome: 'accepted', messages: [], facts })

/** A conflict is fine when what is there is an open request of the same type; everything else is seen at the next look, or a person's. */
export function ofCreation(type: RequestType, created: CreationOutcome): ActOutcome {
  switch (created.outcome) {
    case 'created':
      return accepted({ request: created.request.id, status: created.request.status })
    case 'nothingToChange':
      return { outcome: 'nothingChanged', messages: ['Connect says that nothing would change.'], facts: {} }
    case 'refused':
      return { outcome: 'refused', messages: created.messages, facts: { code: created.code } }
    case 'conflict':
      return ofConflict(type, created.conflict)
  }
}

function ofConflict(type: RequestType, conflict: (CreationOutcome & { outcome: 'conflict' })['conflict']): ActOutcome {
  const { requestId, requestStatus, requestType, messages } = conflict
  const finished = requestStatus === 'approved' || requestStatus === 'failed' || requestStatus === 'revoked'
  const sameType = requestType === undefined || requestType === type
  const facts = { conflict: requestId ?? 'unnamed', ...(requestStatus ? { status: requestStatus } : {}) }
  if (requestId !== undefined && sameType && !finished) return accepted(facts)
  return { outcome: 'refused', messages: messages.length > 0 ? messages : ['Connect says that such a request is already there.'], facts }
}

/** Turns a failed call into an outcome. What is no answer of the other side (abort, lost lease, our own fault) is thrown on. */
export function ofFailure(error: unknown): ActOutcome {
  if (!(error instanceof ApiError)) throw error
  const facts = {
    code: error.code,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  }
  if (error.outcomeUnknown) return { outcome: 'unknown', messages: [], facts }
  if (error.retryable) return { outcome: 'notTaken', messages: [], facts }
  return { outcome: 'refused', messages: reasonsOf(error), facts }
}

function reasonsOf(error: ApiError): readonly string[] {
  const messages = error.facts['messages']
  const given = Array.isArray(messages) ? messages.filter((one): one is string => typeof one === 'string') : []
  return given.length > 0 ? given : [error.message]
}
