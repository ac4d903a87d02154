/** Why an action is not done, or did not come through: stable codes, and plain words for each. Pure. */
import type { PlanId } from '../../../kit/ids.ts'

export interface ReasonFacts {
  readonly planId?: PlanId
  readonly least?: number
  readonly most?: number
}

type Words = string | ((facts: ReasonFacts) => string)

/** One sentence, for operators and buyers alike. */
const reasons = {
  NOT_MANAGED: 'The offer is not one of those managed here.',
  NOT_READABLE: 'Microsoft does not let us read this subscription.',
  NOT_ACTIVE_YET: 'The subscription is not active yet.',
  SUSPENDED: 'Microsoft has suspended the subscription: plan and seats can be changed again once it is active.',
  ENDED: 'The subscription has ended at Microsoft.',
  BOUGHT_BY_PARTNER: 'The subscription was bought through a partner: only the partner can change or cancel it.',
  NOT_ALLOWED: 'Microsoft does not allow this for the subscription.',
  ACTION_OPEN: 'Another change asked for here is still under way.',
  OPERATION_PENDING: 'Microsoft is still busy with another change of this subscription.',
  VENDOR_PENDING: 'The vendor is still busy with the last change of this subscription.',
  CHANGED_MEANWHILE: 'Plan or seats have changed in the meantime.',
  POLICY_REFUSES: 'The publisher does not allow this change.',
  SAME_PLAN: 'The subscription is on this plan already.',
  PLAN_NOT_OFFERED: ({ planId }: ReasonFacts) => `Microsoft does not offer the plan ${planId} to this subscription.`,
  PLAN_NOT_MAPPED: ({ planId }: ReasonFacts) => `The plan ${planId} is not set up here: nothing could be delivered for it.`,
  MOVE_NOT_LISTED: 'The publisher does not allow the change from the present plan to this one.',
  FLAT_RATE: 'The plan has one price, not a price per seat.',
  NOT_A_NUMBER_OF_SEATS: 'The number of seats must be a whole number, 1 or more.',
  SAME_SEATS: 'The subscription has this number of seats already.',
  TOO_FEW_SEATS: ({ least = 1 }: ReasonFacts) =>
    `At least ${least.toLocaleString('en-US')} ${least === 1 ? 'seat is' : 'seats are'} needed.`,
  TOO_MANY_SEATS: ({ most = 1_000_000 }: ReasonFacts) =>
    `At most ${most.toLocaleString('en-US')} ${most === 1 ? 'seat is' : 'seats are'} possible.`,
  // Only of an action that was under way:
  MICROSOFT_REFUSED: 'Microsoft refused the change.',
  MICROSOFT_FORBIDDEN: 'Microsoft does not let us change this subscription.',
  MICROSOFT_FAILED: 'Microsoft began the change and could not complete it.',
  NOTHING_TO_CHANGE: 'Microsoft says that this would change nothing.',
  STAYED_LOCKED: 'Another change at Microsoft stood in the way for too long: nothing was changed.',
  NOT_REACHED: 'Microsoft could not be reached in time: nothing was changed.',
  NEVER_SHOWN: 'Microsoft has shown nothing of the change for a day: it was not taken.',
  NO_WORD: 'Microsoft has not told what became of the change.',
} as const satisfies Record<string, Words>

export type ActionReason = keyof typeof reasons

/** Of a stored row, which another version may have written. */
export const isActionReason = (word: string): word is ActionReason => Object.hasOwn(reasons, word)

export function wordsOf(reason: ActionReason, facts: ReasonFacts = {}): string {
  const words: Words = reasons[reason]
  return typeof words === 'string' ? words : words(facts)
}
