/** One thing that is otherwise than wanted, as a person reads it. */
import type { PlanId } from '../../../kit/ids.ts'
import type { DesiredResource } from '../resources/wanted.ts'

export interface Difference {
  /** Of one plan; undefined: of the offer as a whole. */
  readonly planId: PlanId | undefined
  /** Which part of it: the language of a page, the number of a screenshot; empty for most. */
  readonly about: string
  /** In the publisher's words. */
  readonly field: string
  /** What Partner Center has; undefined: nothing. */
  readonly before: string | undefined
  readonly after: string | undefined
  /** `api`: `offer apply` changes it. `portal`: only a person in Partner Center can. `nobody`: Microsoft does not allow it any more. */
  readonly by: 'api' | 'portal' | 'nobody'
  /** Why it cannot be taken back, or why not by the bridge. */
  readonly because: string | undefined
}

export type Place = Pick<DesiredResource, 'planId' | 'about'>
