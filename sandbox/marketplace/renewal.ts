/** What happens when a term is over: the next one, or the end. */
import { type Answer, no, yes } from './answer.ts'
import type { Context } from './context.ts'
import { end, inform } from './ending.ts'
import { whyNotIn } from './rules.ts'
import { updateSubscription } from './state.ts'
import { endOf, termFrom } from './term.ts'
import type { Operation, Subscription } from './types.ts'

/** Plans the end of the present term. A suspended subscription waits; its reinstatement plans anew. */
export function planRenewal(context: Context, subscription: Subscription): void {
  const { term } = subscription
  if (!term) return
  context.timers.at(endOf(term), () => {
    const current = context.state.subscriptions.get(subscription.id)
    if (current?.status !== 'Subscribed' || current.term?.endDate.getTime() !== term.endDate.getTime()) return
    if (current.autoRenew) renew(context, current)
    else end(context, current)
  })
}

export function renew(context: Context, subscription: Subscription): Answer<Operation> {
  const refusal = whyNotIn(subscription, 'Subscribed')
  if (refusal) return no(refusal)
  const from = subscription.term ? endOf(subscription.term) : context.clock.now()
  const term = termFrom(from, subscription.termUnit)
  planRenewal(context, updateSubscription(context.state, context.clock, subscription.id, { term }))
  return yes(inform(context, subscription, 'Renew'))
}
