/** A sale without the bridge: what a distributor had before it. The order is placed and approved at once. */
import { connectSeed } from '../../seed.ts'
import type { AssetRecord } from '../records.ts'
import { assetOf, mustHave, type State } from '../state.ts'
import { createRequest } from './create.ts'
import { approveRequest } from './vendor.ts'

export interface Sale {
  readonly productId: string
  readonly environment?: 'production' | 'test' | undefined
  readonly externalUid: string
  readonly externalId?: string | undefined
  /** By global item id; -1 is unlimited. */
  readonly quantities: Readonly<Record<string, number>>
  readonly customer?:
    | {
        readonly name?: string | undefined
        readonly externalId?: string | undefined
        readonly externalUid?: string | undefined
        readonly email?: string | undefined
      }
    | undefined
}

/** @throws Refusal as `POST /requests` does; and for a product whose order the vendor would have to ask something about. */
export function sell(state: State, sale: Sale): AssetRecord {
  const { productId, environment = 'production', externalUid, externalId = `OLD-${externalUid.slice(0, 8)}` } = sale
  const product = mustHave(state.products.get(productId), productId)
  const request = createRequest(
    state,
    {
      type: 'purchase',
      asset: {
        product: { id: productId },
        connection: { id: product.seed.connections[environment] },
        external_id: externalId,
        external_uid: externalUid,
        items: Object.entries(sale.quantities).map(([id, quantity]) => ({ id, quantity })),
        params: [],
        tiers: { customer: customerOf(sale), tier1: { id: connectSeed.reseller.id } },
      },
      marketplace: { id: connectSeed.marketplace.id },
    },
    'provider',
  )
  approveRequest(state, request)
  return assetOf(state, request)
}

const customerOf = ({ externalUid, customer: { name = 'Old Customer Ltd', email = 'buyer@old.example', ...ids } = {} }: Sale) => ({
  name,
  external_id: ids.externalId ?? `old-${externalUid.slice(0, 8)}`,
  external_uid: ids.externalUid ?? externalUid,
  contact_info: {
    address_line1: '1 Old Road',
    city: 'Berlin',
    postal_code: '10115',
    country: 'DE',
    contact: { first_name: 'Old', last_name: 'Buyer', email },
  },
})
