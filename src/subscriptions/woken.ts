/** An operator had something of a subscription looked at: told in its timeline. */
import type { Tx } from '../database/index.ts'
import { actionId, operationId, type SubscriptionId, subscriptionId, type TenantId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import { addToTimelineIfKnown } from './store/timeline.ts'
import { ACTION_WORK, OPERATION_WORK, PHASE_WORK, SUBSCRIPTION_WORK } from './work-kinds.ts'

interface Woken {
  readonly tenantId: TenantId
  readonly kind: string
  readonly key: string
}

/** Objects that belong to no single subscription have no timeline: nothing is told. */
export async function tellWoken(tx: Tx, woken: Woken, facts: { readonly by: string; readonly note?: string }, now: Instant): Promise<void> {
  const about = await subscriptionOf(tx, woken)
  if (about === undefined) return
  const told = { actor: 'operator', event: 'work.woken', facts: { ...facts, kind: woken.kind } } as const
  await addToTimelineIfKnown(tx, { tenantId: woken.tenantId, subscriptionId: about }, [told], now)
}

async function subscriptionOf(tx: Tx, { tenantId, kind, key }: Woken): Promise<SubscriptionId | undefined> {
  switch (kind) {
    case SUBSCRIPTION_WORK:
    case PHASE_WORK:
      return subscriptionId.safeParse(key).data
    case OPERATION_WORK:
      return operationId.safeParse(key).success ? ownerIn(tx, 'operations', tenantId, key) : undefined
    case ACTION_WORK:
      return actionId.safeParse(key).success ? ownerIn(tx, 'management_actions', tenantId, key) : undefined
    default:
      return undefined
  }
}

async function ownerIn(tx: Tx, table: 'operations' | 'management_actions', tenantId: TenantId, id: string) {
  const row = await tx.selectFrom(table).select('subscription_id').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()
  return subscriptionId.safeParse(row?.subscription_id).data
}
