/** What an operator may do to a subscription. */
import type { StoredSubscription, WantedAction } from '../../subscriptions/index.ts'
import type { OperatorDeps } from '../deps.ts'
import { nameOf, type Operator } from '../operator.ts'
import type { OperatorAction } from './action.ts'
import { managed } from './manage.ts'
import { previewRetry, retryNow } from './retry.ts'

export type SubscriptionAction = WantedAction | { readonly kind: 'retry' }

export function subscriptionAction(
  deps: OperatorDeps,
  one: StoredSubscription,
  wanted: SubscriptionAction,
  operator: Operator,
): OperatorAction {
  if (wanted.kind !== 'retry') return managed(deps, one, wanted, operator)
  return {
    preview: async () => previewRetry(one),
    carryOut: async () => {
      await retryNow(deps.db, one, nameOf(operator), deps.clock.now())
      return { outcome: 'done', said: ['It is looked at now.'] }
    },
  }
}
