/** Reads of Connect what modeling a product needs. */
import type { ConnectClient, ConnectItem, ConnectProduct } from '../connect/index.ts'
import type { ProductId } from '../kit/ids.ts'
import { htmlOf } from './markdown.ts'
import type { ItemFacts, ProductFacts } from './rules/facts.ts'
import { plainText } from './rules/html.ts'

/** @throws ApiError as Connect's calls do: ERR_CONNECT_NOT_FOUND for a product the account does not see */
export async function readProductFacts(
  connect: Pick<ConnectClient, 'products' | 'items'>,
  productId: ProductId,
  signal?: AbortSignal,
): Promise<ProductFacts> {
  const [product, items] = await Promise.all([connect.products.get(productId, signal), connect.items.list(productId, signal)])
  return factsOf(product, items)
}

export const factsOf = (product: ConnectProduct, items: readonly ConnectItem[]): ProductFacts => ({
  id: product.id,
  name: product.name,
  version: product.version,
  vendor: product.ownerName,
  iconPath: product.iconPath,
  summary: product.shortDescription === undefined ? undefined : plainText(htmlOf(product.shortDescription)),
  descriptionHtml: product.detailedDescription === undefined ? undefined : htmlOf(product.detailedDescription),
  gettingStartedHtml: product.gettingStarted === undefined ? undefined : htmlOf(product.gettingStarted),
  links: product.documents.map(({ title, url }) => ({ text: title, url })),
  items: items.map(itemFacts),
})

const itemFacts = (item: ConnectItem): ItemFacts => ({
  id: item.id,
  localId: item.localId,
  mpn: item.mpn,
  name: item.name,
  description: item.description === undefined ? undefined : plainText(htmlOf(item.description)),
  type: item.type,
  status: item.status,
  unit: item.unit,
  period: item.period,
  precision: item.precision,
  commitment: item.commitment,
  dynamic: item.dynamic,
  position: item.position,
  groupId: item.groupId,
})
