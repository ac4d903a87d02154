/** How a step ended, in the words of an attempt. */
import type { CreationOutcome, RefusalCode } from '../../connect/index.ts'
import { ApiError } from '../../kit/errors/index.ts'
import type { AttemptOutcome } from '../rules/attempts.ts'
import type { RefusalReason } from '../rules/refusal.ts'
import type { TimelineEvent } from '../timeline.ts'

export interface ActOutcome {
  readonly outcome: Exclude<AttemptOutcome, 'intended'>
  /** Why it was refused, in the other side's words. */
  readonly messages: readonly string[]
  readonly because?: RefusalReason | undefined
  /** For the timeline: ids of the other side. */
  readonly facts: TimelineEvent['facts']
}

export const accepted = (facts: TimelineEvent['facts'] = {}): ActOutcome => ({ outcome: 'accepted', messages: [], facts })

/** A conflict is looked into first (`conflict.ts`); everything else says what came of it by itself. */
export function ofCreation(created: Exclude<CreationOutcome, { outcome: 'conflict' }>): ActOutcome {
  switch (created.outcome) {
    case 'created':
      return accepted({ request: created.request.id, status: created.request.status })
    case 'nothingToChange':
      return { outcome: 'nothingChanged', messages: ['Connect says that nothing would change.'], facts: {} }
    case 'refused':
      return { outcome: 'refused', messages: created.messages, because: REASONS[created.code], facts: { code: created.code } }
  }
}

const REASONS: Readonly<Record<RefusalCode, RefusalReason>> = {
  emptyOrder: 'emptyOrder',
  marketplaceRequired: 'marketplace',
  marketplaceUnknown: 'marketplace',
  connectionUnknown: 'connection',
  notListed: 'notListed',
  notSold: 'notSold',
  buyerDataIncomplete: 'buyerData',
  wrongAssetStatus: 'assetStatus',
  holdUnsupported: 'other',
  invalid: 'other',
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
