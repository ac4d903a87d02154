/** What the rules about actions judge: facts as read, without judgment. */
import type { PlanId } from '../../../kit/ids.ts'
import type { OperationPolicy } from '../operations/policy.ts'
import type { ActionReason, ReasonFacts } from './reasons.ts'
import type { PresentState } from './wanted.ts'

/** A plan Microsoft offers to this very subscription. */
export interface OfferedPlan {
  readonly planId: PlanId
  readonly name: string
  /** Not sold any more: nobody can change to it. */
  readonly isStopSell: boolean
  readonly minSeats: number | undefined
  readonly maxSeats: number | undefined
}

export interface ManageFacts {
  /** The offer is one of ours. */
  readonly managed: boolean
  /** `undefined`: Microsoft answers 403 or 404. */
  readonly microsoft: (PresentState & Allowed) | undefined
  readonly offered: readonly OfferedPlan[]
  /** In the plan map and still sold. */
  readonly mappedPlans: ReadonlySet<PlanId>
  readonly policy: OperationPolicy
  /** What is under way: an action of ours, an operation at Microsoft, a request at the vendor. */
  readonly pending: { readonly action: boolean; readonly microsoft: boolean; readonly vendor: boolean }
}

/** Of Microsoft's `allowedCustomerOperations`. */
export interface Allowed {
  readonly mayUpdate: boolean
  readonly mayDelete: boolean
}

export interface Refused {
  readonly may: false
  readonly reason: ActionReason
  readonly facts: ReasonFacts
}
export type May = { readonly may: true } | Refused

export const no = (reason: ActionReason, facts: ReasonFacts = {}): Refused => ({ may: false, reason, facts })
