/** Active and billed at Microsoft: Connect's items follow its plan and seats. */
import { type Instant, minutes } from '../../kit/time.ts'
import { changeItems, sameItems, wantedItems } from './items.ts'
import { attempt, attentionUntil, type Next, note, refusedByConnect, settled, waitFor } from './next.ts'
import { billRenewal } from './renewal.ts'
import { resume } from './resume.ts'
import { finishedToward, itemsNotChanged } from './toward.ts'
import { afterTermination, purchaseFailed } from './vendor-ended.ts'
import type { MicrosoftSide, SubscriptionView } from './view.ts'
import { waitForVendor } from './waiting.ts'

type Seen = Extract<MicrosoftSide, { kind: 'seen' }>
type Asset = NonNullable<SubscriptionView['connect']['asset']>

export function nextWhenSubscribed(view: SubscriptionView, microsoft: Seen, now: Instant): Next {
  const { asset, openRequest } = view.connect
  if (openRequest) return waitForVendor(openRequest, now)
  switch (asset?.status) {
    case undefined:
      return attentionUntil(view.connect.lastPurchase ? purchaseFailed(view) : missing(view), now, minutes(15))
    case 'terminated':
      return afterTermination(view, microsoft, now)
    case 'suspended':
      return resume(view, asset.id, now)
    case 'active':
      return keepItems(view, microsoft, asset, now)
    case 'processing':
    case 'terminating':
    case 'unknown':
      return waitFor('vendor', new Date(now.getTime() + minutes(1)))
  }
}

function keepItems(view: SubscriptionView, microsoft: Seen, asset: Asset, now: Instant): Next {
  if (!view.plan) return attentionUntil(note('PLAN_NOT_MAPPED', { plan: microsoft.planId }), now, minutes(1))
  const wanted = wantedItems(view.plan, microsoft.quantity)
  if (sameItems(wanted, asset.items, view.mappedItems)) return billRenewal(view, asset.id, microsoft.quantity, now) ?? settled
  const items = changeItems(wanted, asset.items, view.mappedItems)
  if (finishedToward(items, view)) return itemsNotChanged(view, wanted, now)
  return attempt(view, { kind: 'change', assetId: asset.id, items }, now, refusedByConnect('STEP_REFUSED'))
}

const missing = ({ proposedAsset }: SubscriptionView) =>
  note('ASSET_MISSING', proposedAsset ? { proposedAsset: proposedAsset.assetId, because: proposedAsset.because } : {})
