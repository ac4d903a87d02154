/** Asking Microsoft once more for a change whose outcome is not known. */
import type { AttentionItem } from '../../attention/index.ts'
import { actionId } from '../../kit/ids.ts'
import { loadAction } from '../../subscriptions/index.ts'
import { notPossible, type OperatorAction, refusedAs } from '../actions/action.ts'
import { managed } from '../actions/manage.ts'
import type { OperatorDeps } from '../deps.ts'
import type { Operator } from '../operator.ts'

/** Judged anew: where Microsoft shows the change by now, it is a no with that reason. */
export async function askAgain(deps: OperatorDeps, { tenantId, facts }: AttentionItem, operator: Operator): Promise<OperatorAction> {
  const id = actionId.safeParse(facts['id'])
  const asked = id.success ? await loadAction(deps.db, { tenantId, id: id.data }) : undefined
  if (asked) return managed(deps, asked, asked.wanted, operator)
  const no = notPossible('NO_ACTION', 'The item names no change that was asked for.')
  return { preview: async () => no, carryOut: async () => refusedAs(no) }
}
