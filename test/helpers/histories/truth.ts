/** What is so on both sides, whatever the bridge believes: read from the worlds themselves. */
import type { AssetRecord, RequestRecord } from '../../../sandbox/connect/index.ts'
import { products } from '../../../sandbox/seed.ts'
import type { Sandbox } from '../../../sandbox/start.ts'

export type MicrosoftTruth = NonNullable<ReturnType<Sandbox['worlds']['marketplace']['subscription']>>

export interface Truth {
  readonly microsoft: MicrosoftTruth
  readonly assets: readonly AssetRecord[]
  /** The one that counts: not terminated, or the last. */
  readonly asset: AssetRecord | undefined
  /** Oldest first, drafts left out. */
  readonly requests: readonly RequestRecord[]
  readonly open: readonly RequestRecord[]
}

const UNLIMITED = -1
const FINISHED = new Set(['approved', 'failed', 'revoked'])

export function truthOf({ worlds: { marketplace, connect } }: Sandbox, id: string): Truth {
  const microsoft = marketplace.subscription(id)
  if (!microsoft) throw new Error('never bought')
  const assets = connect.assets({ externalUid: id }).filter(({ status }) => status !== 'draft')
  const requests = connect.requests({ externalUid: id }).filter(({ status }) => status !== 'draft')
  const asset = assets.find(({ status }) => status !== 'terminated') ?? assets.at(-1)
  return { microsoft, assets, asset, requests, open: requests.filter(({ status }) => !FINISHED.has(status)) }
}

export const productOf = (offerId: string) => {
  const product = products.find(({ offers }) => offers.some((offer) => offer.offerId === offerId))
  if (!product) throw new Error(`nothing is sold as ${offerId}`)
  return product
}

/** The vendor delivers exactly what Microsoft bills: the plan's items, and none of another plan's. */
export function itemsAgree({ microsoft, asset }: Truth): boolean {
  const { items } = productOf(microsoft.offer.offerId)
  return items.every((item) => {
    const has = asset?.quantities.get(item.id) ?? 0
    if (item.planId !== microsoft.planId) return has === 0 || !microsoft.offer.plans.some(({ planId }) => planId === item.planId)
    return item.type === 'PPU' ? has === UNLIMITED : has === microsoft.quantity
  })
}

export function agree(truth: Truth, confirmed: boolean): boolean {
  const { microsoft, asset, open } = truth
  if (open.length > 0) return false
  switch (microsoft.status) {
    case 'PendingFulfillmentStart':
      return asset === undefined && !confirmed
    case 'Subscribed':
      return asset?.status === 'active' && itemsAgree(truth)
    case 'Suspended':
      return asset?.status === 'suspended' || (asset?.status === 'active' && !productOf(microsoft.offer.offerId).capabilities.hold)
    case 'Unsubscribed':
      return asset === undefined || asset.status === 'terminated'
  }
}
