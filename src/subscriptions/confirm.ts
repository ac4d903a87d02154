/** The buyer confirms: the order is kept, once, and the subscription woken. */
import type { ConvergeDeps } from './deps.ts'
import type { Order } from './order.ts'
import type { SubscriptionKey, Visitor } from './record.ts'

export type Confirmation = { readonly outcome: 'confirmed' | 'alreadyConfirmed' | 'notPending' }

/** The first confirmation wins: two tabs, two colleagues or a double click make one purchase. */
export async function confirmOrder<Transaction>(
  deps: Pick<ConvergeDeps<Transaction>, 'store' | 'clock'>,
  key: SubscriptionKey,
  order: Order,
  visitor: Visitor,
): Promise<Confirmation> {
  const stored = await deps.store.load(key)
  if (!stored) return { outcome: 'notPending' }
  if (stored.confirmed) return { outcome: 'alreadyConfirmed' }
  if (stored.microsoft.status !== 'PendingFulfillmentStart') return { outcome: 'notPending' }
  const event = { actor: 'buyer', event: 'order.confirmed', facts: { plan: stored.planId, seats: stored.quantity ?? 'flat rate' } } as const
  const first = await deps.store.confirm(key, order, visitor, event, deps.clock.now())
  return { outcome: first ? 'confirmed' : 'alreadyConfirmed' }
}
