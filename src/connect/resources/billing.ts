/** Billing requests: who owes what for which period. Connect makes the vendor's by itself; the distributor may add its own. */
import { ApiError } from '../../kit/errors/index.ts'
import type { AssetId, ItemId } from '../../kit/ids.ts'
import type { Instant } from '../../kit/time.ts'
import { type ConnectApi, path, send } from '../api.ts'
import { type BillingRequest, type BillingUnit, billingRequest } from '../model/billing.ts'
import { readAll } from '../paging.ts'
import { eq } from '../rql.ts'

export interface ProviderBilling {
  readonly assetId: AssetId
  readonly items: readonly { readonly itemId: ItemId; readonly quantity: number }[]
  /** The first moment of the period. */
  readonly from: Instant
  /** The first moment after it. */
  readonly to: Instant
  readonly delta: number
  readonly unit: BillingUnit
}

export const createBillingRequests = (api: ConnectApi) => ({
  /** The distributor's own of one asset, oldest first. */
  ofProvider: (assetId: AssetId, signal?: AbortSignal): Promise<readonly BillingRequest[]> =>
    readAll(
      api,
      { path: path`/subscriptions/requests`, reader: billingRequest, idOf: (request) => request.id },
      {
        where: [eq('asset.id', assetId), eq('type', 'provider')],
        ordering: ['events.created.at'],
      },
      signal,
    ),
  /** Not repeatable, and Connect is not known to refuse a second one: look it up first. @throws ApiError as every call */
  createOfProvider: async (billing: ProviderBilling, signal?: AbortSignal): Promise<BillingRequest> => {
    if (billing.items.length === 0) throw new ApiError('ERR_CONNECT_INVALID', { message: 'A billing request needs an item.' })
    return send(api, { method: 'POST', path: path`/subscriptions/requests`, body: bodyOf(billing), signal }, billingRequest)
  },
})

const bodyOf = ({ assetId, items, from, to, delta, unit }: ProviderBilling) => ({
  type: 'provider',
  asset_id: assetId,
  items: items.map(({ itemId, quantity }) => ({ id: itemId, global_id: itemId, quantity })),
  period_from: wireTime(from),
  period_to: wireTime(to),
  period_delta: delta,
  period_uom: unit,
})

/** ISO 8601 with `+00:00`, as Connect writes it. */
const wireTime = (at: Instant): string => at.toISOString().replace(/\.\d{3}Z$/, '+00:00')
