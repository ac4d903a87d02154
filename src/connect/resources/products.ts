/** Products and what belongs to one: items, parameters, actions, connections. */
import { z } from 'zod'
import type { AssetId, ProductId } from '../../kit/ids.ts'
import { type ConnectApi, path, send } from '../api.ts'
import { type ProductAction, productAction } from '../model/account.ts'
import { type ConnectItem, connectItem } from '../model/item.ts'
import { type ConnectParameter, connectParameter, type ParameterPhase, type ParameterScope } from '../model/parameter.ts'
import { type Connection, connection } from '../model/places.ts'
import { type ConnectProduct, connectProduct } from '../model/product.ts'
import { readAll } from '../paging.ts'
import { eq, oneOf } from '../rql.ts'
import { fetchIcon } from './icons.ts'

/** Every product the account sees; see `isVisibleToDistributor`. */
export const createProducts = (api: ConnectApi) => ({
  get: (id: ProductId, signal?: AbortSignal): Promise<ConnectProduct> =>
    send(api, { method: 'GET', path: path`/products/${id}`, signal }, connectProduct),
  list: async (signal?: AbortSignal): Promise<readonly ConnectProduct[]> => {
    const collection = { path: path`/products`, reader: connectProduct, idOf: (product: ConnectProduct) => product.id }
    return readAll(api, collection, {}, signal)
  },
  /** Its picture. @param iconPath `iconPath` of the product @returns undefined when it is not where Connect says @throws as `fetchIcon` */
  icon: (iconPath: string, signal?: AbortSignal): Promise<Uint8Array | undefined> => fetchIcon(api, iconPath, signal),
})

export const createItems = (api: ConnectApi) => ({
  /** Every item but those made up by usage; see `isSellable` for new purchases. */
  list: (productId: ProductId, signal?: AbortSignal): Promise<readonly ConnectItem[]> =>
    readAll(
      api,
      { path: path`/products/${productId}/items`, reader: connectItem, idOf: (item) => item.id },
      { where: [eq('dynamic', false)] },
      signal,
    ),
})

export interface ParameterFilter {
  readonly phases?: readonly Exclude<ParameterPhase, 'unknown'>[]
  readonly scopes?: readonly Exclude<ParameterScope, 'unknown'>[]
}

export const createParameters = (api: ConnectApi) => ({
  /** In the order the vendor gave them. Those shared with nobody are not shown to a distributor. */
  list: async (productId: ProductId, filter: ParameterFilter = {}, signal?: AbortSignal): Promise<readonly ConnectParameter[]> => {
    const where = [...(filter.phases ? [oneOf('phase', filter.phases)] : []), ...(filter.scopes ? [oneOf('scope', filter.scopes)] : [])]
    const collection = {
      path: path`/products/${productId}/parameters`,
      reader: connectParameter,
      idOf: (parameter: ConnectParameter) => parameter.id,
    }
    const parameters = await readAll(api, collection, { where }, signal)
    return parameters.toSorted((a, b) => a.position - b.position)
  },
})

const actionLink = z.object({ link: z.url({ protocol: /^https?$/ }) }).transform(({ link }) => link)

export const createActions = (api: ConnectApi) => ({
  list: (productId: ProductId, signal?: AbortSignal): Promise<readonly ProductAction[]> =>
    readAll(api, { path: path`/products/${productId}/actions`, reader: productAction, idOf: (action) => action.id }, {}, signal),
  /** A freshly signed address at the vendor's, for one click. Never store it. */
  link: (productId: ProductId, actionId: string, assetId: AssetId, signal?: AbortSignal): Promise<string> =>
    send(
      api,
      { method: 'GET', path: path`/products/${productId}/actions/${actionId}/actionLink`, query: { plain: { asset_id: assetId } }, signal },
      actionLink,
    ),
})

export const createConnections = (api: ConnectApi) => ({
  list: (productId: ProductId, signal?: AbortSignal): Promise<readonly Connection[]> =>
    readAll(api, { path: path`/products/${productId}/connections`, reader: connection, idOf: (one) => one.id }, {}, signal),
})
