/** What was already asked of the vendor toward Microsoft's present plan and quantity, and how it ended. */
import { hours, type Instant } from '../../kit/time.ts'
import type { AttemptOutcome } from './attempts.ts'
import type { ItemQuantity } from './item-quantity.ts'
import { attentionUntil, type Next, note } from './next.ts'
import { changeKey } from './steps.ts'
import type { RequestView, SubscriptionView } from './view.ts'

/** A change request toward these items is finished, one way or the other: a person decides what comes next. */
export function finishedToward(items: readonly ItemQuantity[], view: SubscriptionView): boolean {
  const changes = view.connect.finishedRequests.filter((request) => request.type === 'change')
  const asked = changes.some((request) => asksFor(request, items)) || (changes.length > 0 && wasSent(items, view))
  return asked || view.attempts.some((attempt) => attempt.outcome === 'nothingChanged' && attempt.key.startsWith('change:'))
}

/** We asked for exactly these items: a vendor that delivers others writes them into the request, where ours can be read no longer. */
function wasSent(items: readonly ItemQuantity[], view: SubscriptionView): boolean {
  const key = changeKey(items)
  return view.attempts.some((attempt) => attempt.key === key && SENT.includes(attempt.outcome))
}

const SENT: readonly AttemptOutcome[] = ['intended', 'accepted', 'unknown']

/** A request lists all items of the asset, unchanged ones too: what it must contain are ours. */
const asksFor = (request: RequestView, items: readonly ItemQuantity[]): boolean =>
  items.every(({ itemId, quantity }) => (request.items.find((item) => item.itemId === itemId)?.quantity ?? 0) === quantity)

export const itemsNotChanged = (view: SubscriptionView, wanted: readonly ItemQuantity[], now: Instant): Next =>
  attentionUntil(
    note('VENDOR_DID_NOT_CHANGE', {
      wanted: wanted.map(inWords),
      actual: (view.connect.asset?.items ?? []).filter((item) => item.quantity !== 0).map(inWords),
      reason: view.connect.finishedRequests.find((request) => request.type === 'change')?.reason ?? '',
    }),
    now,
    hours(1),
  )

const inWords = ({ itemId, quantity }: ItemQuantity): string => `${itemId}: ${quantity}`
