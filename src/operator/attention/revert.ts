/** Going back at Microsoft to what the vendor delivers. */
import type { AttentionItem } from '../../attention/index.ts'
import { readDelivered } from '../../subscriptions/index.ts'
import { notPossible, type OperatorAction, refusedAs } from '../actions/action.ts'
import { managed } from '../actions/manage.ts'
import type { OperatorDeps } from '../deps.ts'
import type { Operator } from '../operator.ts'
import { theSubscription } from '../subscriptions/find.ts'

/** Microsoft takes plan or seats, not both at once: the plan first; seats that still differ ask for attention again. */
export async function revert(deps: OperatorDeps, item: AttentionItem, operator: Operator): Promise<OperatorAction> {
  const one = await theSubscription(deps.db, item.subject.id, item.tenantId)
  const delivered = await readDelivered(deps.db, one)
  if (!delivered) return never('NOTHING_TO_REVERT_TO', 'No plan of the offer means the items the vendor delivers.')
  if (delivered.planId !== one.planId) return managed(deps, one, { kind: 'changePlan', planId: delivered.planId }, operator)
  if (delivered.quantity === undefined || delivered.quantity === one.quantity)
    return never('NOTHING_TO_REVERT', 'Microsoft has what the vendor delivers.')
  return managed(deps, one, { kind: 'changeSeats', seats: delivered.quantity }, operator)
}

function never(reason: string, because: string): OperatorAction {
  const no = notPossible(reason, because)
  return { preview: async () => no, carryOut: async () => refusedAs(no) }
}
