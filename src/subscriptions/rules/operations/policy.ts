/** What a publisher has decided about changes the buyer makes at Microsoft. Pure. */
import type { PlanId } from '../../../kit/ids.ts'
import type { NoticeAction, PlanAndSeats } from '../notice.ts'

/** `rules`: the limits and moves given beside it. `validate`: the vendor is asked; when it cannot be, that is a yes. */
export type Verdict = 'accept' | 'refuse' | 'rules' | 'validate'

export interface OperationPolicy {
  readonly changePlan: Verdict
  readonly addSeats: Verdict
  readonly removeSeats: Verdict
  /** For seats under `rules`. */
  readonly minSeats?: number | undefined
  readonly maxSeats?: number | undefined
  /** For plans under `rules`: only these. */
  readonly planMoves: readonly { readonly from: PlanId; readonly to: PlanId }[]
}

export type PolicyReason =
  | 'policyAccepts'
  | 'policyRefuses'
  | 'moveListed'
  | 'moveNotListed'
  | 'seatsWithinLimits'
  | 'tooFewSeats'
  | 'tooManySeats'

export type Ruling = { readonly ruling: 'accept' | 'refuse'; readonly because: PolicyReason } | { readonly ruling: 'ask' }

export interface ChangeAsked {
  readonly action: Extract<NoticeAction, 'ChangePlan' | 'ChangeQuantity'>
  readonly target: PlanAndSeats
  /** Absent when it cannot be read now. */
  readonly present: PlanAndSeats | undefined
}

export function ruleOn(change: ChangeAsked, policy: OperationPolicy): Ruling {
  switch (verdictFor(change, policy)) {
    case 'accept':
      return { ruling: 'accept', because: 'policyAccepts' }
    case 'refuse':
      return { ruling: 'refuse', because: 'policyRefuses' }
    case 'validate':
      return { ruling: 'ask' }
    case 'rules':
      return change.action === 'ChangePlan' ? ruleOnMove(change, policy) : ruleOnSeats(change, policy)
  }
}

function verdictFor({ action, target, present }: ChangeAsked, policy: OperationPolicy): Verdict {
  if (action === 'ChangePlan') return policy.changePlan
  const [wanted, had] = [target.quantity, present?.quantity]
  if (wanted === undefined || had === undefined) return stricter(policy.addSeats, policy.removeSeats)
  return wanted < had ? policy.removeSeats : policy.addSeats
}

const STRICTEST: readonly Verdict[] = ['refuse', 'rules', 'validate', 'accept']
const stricter = (a: Verdict, b: Verdict): Verdict => (STRICTEST.indexOf(a) <= STRICTEST.indexOf(b) ? a : b)

function ruleOnMove({ target, present }: ChangeAsked, { planMoves }: OperationPolicy): Ruling {
  const listed = planMoves.some(({ from, to }) => from === present?.planId && to === target.planId)
  return listed ? { ruling: 'accept', because: 'moveListed' } : { ruling: 'refuse', because: 'moveNotListed' }
}

function ruleOnSeats(
  { target: { quantity } }: ChangeAsked,
  { minSeats = 1, maxSeats = Number.POSITIVE_INFINITY }: OperationPolicy,
): Ruling {
  if (quantity !== undefined && quantity < minSeats) return { ruling: 'refuse', because: 'tooFewSeats' }
  if (quantity !== undefined && quantity > maxSeats) return { ruling: 'refuse', because: 'tooManySeats' }
  return { ruling: 'accept', because: 'seatsWithinLimits' }
}
