/** Payment failed at Microsoft: suspend at the vendor where the product can; other differences wait for the reinstatement. */
import type { Instant } from '../../kit/time.ts'
import { attempt, type Next, refusedByConnect, settled, settledWith } from './next.ts'
import { afterTermination } from './vendor-ended.ts'
import type { MicrosoftSide, SubscriptionView } from './view.ts'
import { waitForVendor } from './waiting.ts'

export function nextWhenSuspended(view: SubscriptionView, microsoft: Extract<MicrosoftSide, { kind: 'seen' }>, now: Instant): Next {
  const { asset, openRequest, finishedRequests } = view.connect
  if (openRequest) return waitForVendor(openRequest, now)
  if (asset?.status === 'terminated') return afterTermination(view, microsoft, now)
  if (!asset) return settledWith(nothingThere(view))
  if (asset.status !== 'active' || !view.supportsHold) return settled
  const failed = finishedRequests.find((request) => request.type === 'suspend' && request.status === 'failed')
  if (failed) return settledWith(`The vendor did not suspend: ${failed.reason ?? 'no reason given'}`)
  return attempt(view, { kind: 'suspend', assetId: asset.id }, now, refusedByConnect('STEP_REFUSED'))
}

/** Neither ordered nor cancelled for somebody who does not pay: what becomes of it is asked when Microsoft reinstates it. */
function nothingThere({ connect: { lastPurchase } }: SubscriptionView): string {
  if (!lastPurchase) return 'There is nothing in Connect to suspend'
  return `There is nothing in Connect to suspend: the vendor did not accept the order (${lastPurchase.reason ?? 'no reason given'})`
}
