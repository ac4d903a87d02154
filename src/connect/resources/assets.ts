/** Assets: what customers have. */
import type { AssetId, ConnectionId, ProductId } from '../../kit/ids.ts'
import { assertGood, type Call, type ConnectApi, exchange, path, send } from '../api.ts'
import { type ConnectAsset, connectAsset } from '../model/asset.ts'
import { type Collection, readPage, walk } from '../paging.ts'
import { eq, noneOf } from '../rql.ts'

const assets: Collection<ConnectAsset> = { path: path`/assets`, reader: connectAsset, idOf: (asset) => asset.id }

const SLIM = ['-configuration']
/** A tenant may have tens of thousands. */
const WALKED_AT_ONCE = 500

export const createAssets = (api: ConnectApi) => {
  const get = (id: AssetId, signal?: AbortSignal): Promise<ConnectAsset> =>
    send(api, { method: 'GET', path: path`/assets/${id}`, signal }, connectAsset)

  return {
    get,

    /** The newest asset for an `external_uid`, drafts left out. The uid alone is not documented to be unique: product and connection are part of the key. */
    findByExternalUid: async (
      productId: ProductId,
      connectionId: ConnectionId,
      externalUid: string,
      signal?: AbortSignal,
    ): Promise<ConnectAsset | undefined> => {
      const where = [
        eq('external_uid', externalUid),
        eq('product.id', productId),
        eq('connection.id', connectionId),
        noneOf('status', ['draft']),
      ]
      const { items } = await readPage(api, assets, { where, select: SLIM, ordering: ['-created'], limit: 1 }, signal)
      const [newest] = items
      return newest && !newest.itemsKnown ? get(newest.id, signal) : newest
    },

    /** Every asset of a product at a connection once, oldest first, each with its open request. */
    walk: (productId: ProductId, connectionId: ConnectionId, signal?: AbortSignal): AsyncGenerator<ConnectAsset> =>
      walk(
        api,
        assets,
        {
          where: [eq('product.id', productId), eq('connection.id', connectionId), noneOf('status', ['draft'])],
          select: [...SLIM, 'pending_request'],
          ordering: ['created'],
          limit: WALKED_AT_ONCE,
        },
        signal,
      ),

    /**
     * The vendor's text for the customer as Markdown, not sanitised.
     * @param locale e.g. `de`; one that Connect does not know is asked for again without.
     */
    render: async (id: AssetId, locale?: string, signal?: AbortSignal): Promise<string> => {
      const call: Call = { method: 'GET', path: path`/assets/${id}/render`, headers: { accept: 'text/markdown' }, signal }
      const localised = { ...call, headers: { ...call.headers, 'connect-localization': locale?.toUpperCase() ?? '' } }
      const first = await exchange(api, locale === undefined ? call : localised)
      const reply = first.status === 400 && locale !== undefined ? await exchange(api, call) : first
      assertGood(call, reply)
      return reply.text
    },
  }
}
