/** An operation at Microsoft that does what an action asked for: how a call whose answer was lost is recognized. */
import type { Db } from '../../database/index.ts'
import { type OperationId, operationId } from '../../kit/ids.ts'
import { isFinal, type MicrosoftOperation } from '../../microsoft/index.ts'
import { told } from '../notification/reading.ts'
import type { WantedAction } from '../rules/manage/wanted.ts'
import type { NoticeAction, PlanAndSeats } from '../rules/notice.ts'
import { dateOf } from '../store/update.ts'
import type { ManagementAction } from './store.ts'

const ACTIONS: Readonly<Record<WantedAction['kind'], NoticeAction>> = {
  changePlan: 'ChangePlan',
  changeSeats: 'ChangeQuantity',
  cancel: 'Unsubscribe',
}

const isMeant = (wanted: WantedAction, action: NoticeAction, target: PlanAndSeats): boolean =>
  action === ACTIONS[wanted.kind] &&
  (wanted.kind !== 'changePlan' || target.planId === wanted.planId) &&
  (wanted.kind !== 'changeSeats' || target.quantity === wanted.seats)

/** In Microsoft's list of what is in progress, or in a notice since it was asked for; the list shows new ones late. */
export async function findOperation(
  db: Db,
  action: ManagementAction,
  operations: readonly MicrosoftOperation[],
): Promise<OperationId | undefined> {
  const listed = operations.find((one) => !isFinal(one) && isMeant(action.wanted, one.action, one))
  return listed?.id ?? toldOperation(db, action)
}

async function toldOperation(db: Db, { tenantId, subscriptionId, wanted, askedAt }: ManagementAction): Promise<OperationId | undefined> {
  const rows = await db
    .selectFrom('notices')
    .select(['operation_id', 'reading'])
    .where('tenant_id', '=', tenantId)
    .where('subscription_id', '=', subscriptionId)
    .where('action', '=', ACTIONS[wanted.kind])
    .where('operation_id', 'is not', null)
    .where('received_at', '>=', dateOf(askedAt))
    .orderBy('seq', 'desc')
    .limit(20)
    .execute()
  const ours = rows.find(({ reading }) => {
    const { action, source, target } = told.parse(reading)
    return source === 'Partner' && isMeant(wanted, action, { planId: target.planId, quantity: target.quantity })
  })
  return operationId.safeParse(ours?.operation_id).data
}
