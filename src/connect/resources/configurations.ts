/** Values of configuration parameters that belong to an item in a marketplace. */
import { z } from 'zod'
import { type ItemId, itemId, type MarketplaceId, type ProductId } from '../../kit/ids.ts'
import { assertGood, type Call, type ConnectApi, exchange, path } from '../api.ts'
import { idOf, part, text } from '../model/read.ts'
import { readAll } from '../paging.ts'
import { eq } from '../rql.ts'

/** Longer values are refused. */
export const LONGEST_CONFIGURATION = 2000

export interface ItemConfiguration {
  /** `PRM-…`. */
  readonly parameterId: string
  readonly itemId: ItemId
  readonly value: string
}

const wire = z
  .object({ value: text, parameter: part(z.object({ id: idOf(z.string()) })), item: part(z.object({ id: idOf(itemId) })) })
  .transform(
    ({ value, parameter, item }): Partial<ItemConfiguration> => ({
      value: value ?? '',
      ...(parameter?.id === undefined ? {} : { parameterId: parameter.id }),
      ...(item?.id === undefined ? {} : { itemId: item.id }),
    }),
  )

export const createConfigurations = (api: ConnectApi) => ({
  /** Every value an item has in the marketplace. */
  list: async (productId: ProductId, marketplaceId: MarketplaceId, signal?: AbortSignal): Promise<readonly ItemConfiguration[]> => {
    const collection = {
      path: path`/products/${productId}/configurations`,
      reader: wire,
      idOf: (one: Partial<ItemConfiguration>) => `${one.parameterId} ${one.itemId}`,
    }
    const all = await readAll(api, collection, { where: [eq('marketplace.id', marketplaceId)] }, signal)
    return all.flatMap(({ parameterId, itemId, value = '' }) =>
      parameterId === undefined || itemId === undefined ? [] : [{ parameterId, itemId, value }],
    )
  },

  /**
   * Sets one value; the same again changes nothing. @param value at most `LONGEST_CONFIGURATION` characters
   * @throws ApiError `ERR_CONNECT_FORBIDDEN` where the parameter is not shared for editing or the token may not; `ERR_CONNECT_INVALID`
   */
  set: async (
    productId: ProductId,
    marketplaceId: MarketplaceId,
    { parameterId, itemId, value }: ItemConfiguration,
    signal?: AbortSignal,
  ): Promise<void> => {
    const body = { parameter: { id: parameterId }, item: { id: itemId }, marketplace: { id: marketplaceId }, value }
    const call: Call = { method: 'POST', path: path`/products/${productId}/configurations`, body, signal }
    assertGood(call, await exchange(api, call))
  },
})
