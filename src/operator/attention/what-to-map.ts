/** What to write into the set-up file so that a plan is mapped. */
import type { AttentionItem } from '../../attention/index.ts'
import { notPossible, type Preview } from '../actions/action.ts'
import type { OperatorDeps } from '../deps.ts'
import { theSubscription } from '../subscriptions/find.ts'

export async function whatToMap({ db }: OperatorDeps, item: AttentionItem): Promise<Preview> {
  const { offerId, productId } = await theSubscription(db, item.subject.id, item.tenantId)
  const where = `tenant ${item.tenantId}, product ${productId ?? 'of the offer'}, offer ${offerId}`
  return notPossible('FOR_A_PERSON', `Which items the plan means is for a person to say, in the set-up file (${where}):`, [
    ...plansOf(item).flatMap((plan) => [
      `  - id: ${JSON.stringify(plan)}`,
      '    items: [{ id: ITEM_ID_IN_CONNECT, kind: reservation }] # or payAsYouGo',
    ]),
    'Then: bridge apply FILE. It is looked at within a minute; docs/setup-file.md tells of every key.',
  ])
}

function plansOf({ facts }: AttentionItem): readonly string[] {
  const { plan, plans } = facts
  if (typeof plan === 'string') return [plan]
  return Array.isArray(plans) ? plans : []
}
