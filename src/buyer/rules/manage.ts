/** What the pages of managing show. Pure. */
import type { PlanId } from '../../kit/ids.ts'
import type { ActionReason, ReasonFacts } from '../../subscriptions/rules/manage/reasons.ts'
import type { WantedAction } from '../../subscriptions/rules/manage/wanted.ts'
import type { PurchaseSummary } from './buyer-stage.ts'
import type { UsedInTerm } from './usage.ts'

/** Why not: a code and what its sentence names. */
export interface WhyNot {
  readonly reason: ActionReason
  readonly facts: ReasonFacts
}

export interface ManageView {
  readonly purchase: PurchaseSummary
  readonly usage: UsedInTerm | undefined
  readonly seats: WhyNot | { readonly present: number; readonly least: number; readonly most: number }
  readonly plan: WhyNot | { readonly plans: readonly PlanOption[] }
  readonly cancel: WhyNot | undefined
  /** What was sent and is not possible. */
  readonly problem: (WhyNot & { readonly about: WantedAction['kind']; readonly entered: string | undefined }) | undefined
}

export interface PlanOption {
  readonly planId: PlanId
  readonly name: string
  readonly isPresent: boolean
  readonly whyNot: WhyNot | undefined
}

/** What will happen, before it is confirmed. */
export interface ReviewView {
  readonly purchase: PurchaseSummary
  readonly wanted: WantedAction
  /** Sent back with the confirmation: nothing else is changed than was shown. */
  readonly from: { readonly planId: PlanId; readonly seats: number | undefined }
  /** Names of the present plan and of the one wanted. */
  readonly names: { readonly from: string; readonly to: string }
}

export const isWhyNot = (part: object): part is WhyNot => 'reason' in part
