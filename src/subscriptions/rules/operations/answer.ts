/**
 * How an operation of Microsoft's is answered: one total table, read from the top; the first row that fits decides. Pure.
 * Source of the rules: Partner Center docs, "Implementing a webhook on the SaaS service" and "Operations APIs" (2018-08-31).
 */
import { type Milliseconds, seconds } from '../../../kit/time.ts'
import type { NoticeAction, NoticeSource, OperationState, PlanAndSeats } from '../notice.ts'
import { type OperationPolicy, type PolicyReason, ruleOn } from './policy.ts'

/** Microsoft takes silence for a yes so long after the notice. */
export const ANSWER_WINDOW: Milliseconds = seconds(10)
/** So long a new operation is looked for before the notice alone is believed: Microsoft shows it late now and then. */
const LOOKED_FOR: Milliseconds = seconds(4)

export interface OperationFacts {
  readonly action: NoticeAction
  readonly source: NoticeSource
  readonly state: OperationState
  readonly target: PlanAndSeats
  /** Microsoft's present plan and seats; absent when neither it nor the notice tells. */
  readonly present: PlanAndSeats | undefined
  /** Since the notice came, the last time it came. */
  readonly age: Milliseconds
  /** The offer is one of ours. */
  readonly managed: boolean
  /** The target plan is in the plan map and still sold. */
  readonly targetPlanMapped: boolean
  readonly policy: OperationPolicy
  /** What we have answered before, and whether Microsoft took it. */
  readonly answered: { readonly answer: 'Success' | 'Failure'; readonly taken: boolean } | undefined
}

export type Reason =
  | PolicyReason
  /** Nobody may say no to these. */
  | 'informsOnly'
  | 'reinstatement'
  | 'startedByPublisher'
  | 'alreadyFinal'
  | 'alreadyAnswered'
  | 'offerNotOurs'
  /** It asks for what is there: Microsoft's way back after a refusal. */
  | 'revert'
  | 'planNotMapped'
  /** It would have been refused, but Microsoft has taken our silence for a yes. */
  | 'tooLateToRefuse'
  | 'validationPassed'
  | 'validationFailed'
  | 'validationNotPossible'

export type Decision =
  | { readonly kind: 'observe'; readonly because: Reason }
  | { readonly kind: 'answer'; readonly answer: 'Success' | 'Failure'; readonly because: Reason }
  /** The vendor is to say. */
  | { readonly kind: 'ask' }
  /** Microsoft does not show the operation yet: look again soon. */
  | { readonly kind: 'lookAgain' }

export function decide(facts: OperationFacts): Decision {
  const { action, state, answered } = facts
  if (action !== 'ChangePlan' && action !== 'ChangeQuantity' && action !== 'Reinstate') return observe('informsOnly')
  if (facts.source === 'Partner') return observe('startedByPublisher')
  if (state === 'Succeeded' || state === 'Failed' || state === 'Conflict') return observe('alreadyFinal')
  if (answered?.taken) return observe('alreadyAnswered')
  if (isUnseen(state) && facts.age < LOOKED_FOR) return { kind: 'lookAgain' }
  if (action === 'Reinstate') return success('reinstatement')
  if (!facts.managed) return observe('offerNotOurs')
  return inTime(verdictOn(action, facts), facts.age)
}

const isUnseen = (state: OperationState): boolean => state === 'notFound' || state === 'unread'

function verdictOn(action: 'ChangePlan' | 'ChangeQuantity', facts: OperationFacts): Decision {
  if (isThere(action, facts)) return success('revert')
  if (action === 'ChangePlan' && !facts.targetPlanMapped) return failure('planNotMapped')
  const ruling = ruleOn({ action, target: facts.target, present: facts.present }, facts.policy)
  switch (ruling.ruling) {
    case 'accept':
      return success(ruling.because)
    case 'refuse':
      return failure(ruling.because)
    case 'ask':
      return { kind: 'ask' }
  }
}

function isThere(action: 'ChangePlan' | 'ChangeQuantity', { target, present }: OperationFacts): boolean {
  if (action === 'ChangePlan') return target.planId !== undefined && target.planId === present?.planId
  return target.quantity !== undefined && target.quantity === present?.quantity
}

export type ValidationOutcome = 'passed' | 'failed' | 'notPossible'

/** Broken or late validation never stands in the way of a change. */
export function afterValidation(outcome: ValidationOutcome, age: Milliseconds): Decision {
  switch (outcome) {
    case 'passed':
      return success('validationPassed')
    case 'failed':
      return inTime(failure('validationFailed'), age)
    case 'notPossible':
      return success('validationNotPossible')
  }
}

/** Nothing is refused, and the vendor is not asked, when the ten seconds are over. */
function inTime(decision: Decision, age: Milliseconds): Decision {
  if (age < ANSWER_WINDOW) return decision
  if (decision.kind === 'ask') return success('validationNotPossible')
  return decision.kind === 'answer' && decision.answer === 'Failure' ? observe('tooLateToRefuse') : decision
}

const observe = (because: Reason): Decision => ({ kind: 'observe', because })
const success = (because: Reason): Decision => ({ kind: 'answer', answer: 'Success', because })
const failure = (because: Reason): Decision => ({ kind: 'answer', answer: 'Failure', because })
