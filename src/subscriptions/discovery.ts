/**
 * Discovery: walks Microsoft's list of subscriptions of a tenant, so that purchases whose buyer never came, and changes whose notice
 * was lost, are found all the same. List pages only insert what is absent and wake what looks different; they decide nothing.
 */
import type { TenantId } from '../kit/ids.ts'
import type { MicrosoftSubscription } from '../microsoft/index.ts'
import type { ConvergeDeps } from './deps.ts'
import type { StoredSubscription } from './store/store.ts'
import { environmentOf, microsoftSnapshotOf } from './view.ts'

export interface Discovered {
  readonly listed: number
  readonly inserted: number
  readonly woken: number
}

/** @throws ApiError of the `ERR_MS_` family: what was read so far is stored, the rest is read next time. */
export async function discover<Transaction>(
  deps: ConvergeDeps<Transaction>,
  tenantId: TenantId,
  signal?: AbortSignal,
): Promise<Discovered> {
  const { microsoft } = await deps.clientsFor(tenantId)
  let [listed, inserted, woken] = [0, 0, 0]
  for await (const page of microsoft.listSubscriptions(signal)) {
    for (const subscription of page) {
      listed++
      const what = await meet(deps, tenantId, subscription)
      if (what === 'inserted') inserted++
      if (what === 'woken') woken++
    }
  }
  return { listed, inserted, woken }
}

export async function meet<Transaction>(
  deps: ConvergeDeps<Transaction>,
  tenantId: TenantId,
  subscription: MicrosoftSubscription,
): Promise<'inserted' | 'woken' | 'known'> {
  const key = { tenantId, subscriptionId: subscription.id }
  const stored = await deps.store.load(key)
  const setup = stored?.productId ? undefined : await deps.findSetup(tenantId, subscription.offerId)
  if (stored && !looksDifferent(stored, subscription) && !(stored.productId === undefined && setup)) return 'known'
  const now = deps.clock.now()
  const isNew = await deps.store.insertIfAbsent(
    {
      ...key,
      productId: setup?.productId,
      environment: environmentOf(subscription),
      microsoft: microsoftSnapshotOf(stored, subscription),
      observedAt: now,
    },
    [
      {
        actor: 'bridge',
        event: 'purchase.discovered',
        facts: { status: subscription.status, offer: subscription.offerId, plan: subscription.planId },
      },
    ],
    now,
  )
  return isNew ? 'inserted' : 'woken'
}

const looksDifferent = ({ microsoft }: StoredSubscription, seen: MicrosoftSubscription): boolean =>
  microsoft.rawStatus !== seen.rawStatus ||
  microsoft.planId !== seen.planId ||
  microsoft.quantity !== seen.quantity ||
  microsoft.term.endDate?.getTime() !== seen.term.endDate?.getTime()
