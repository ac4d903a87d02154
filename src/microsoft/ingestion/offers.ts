import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { OfferId, PartnerCenterProductId } from '../../kit/ids.ts'
import { unexpectedAnswer } from '../failure.ts'
import { faultsOf, read } from '../read.ts'
import { segment } from '../url.ts'
import { plan, product, resource, submission, tree } from '../wire/ingestion.ts'
import { allOf, pagesOf } from './pages.ts'
import type { IngestionResource } from './resource.ts'
import { type IngestionApi, sendIngestion } from './send.ts'
import type { IngestionPlan, IngestionProduct, IngestionSubmission, IngestionTarget, ResourceTree } from './types.ts'

/** @see Product Ingestion API, GET product?externalId= */
export async function findProduct(api: IngestionApi, offerId: OfferId, signal?: AbortSignal): Promise<IngestionProduct | undefined> {
  const call = {
    call: 'findProduct',
    method: 'GET',
    path: '/product',
    query: { externalId: segment(offerId) },
    version: api.versions.tree,
  } as const
  const found = await allOf(pagesOf(api, { ...call, signal }, product))
  return found.find((one) => one.offerId === offerId)
}

/** @see Product Ingestion API, GET product?type= */
export const listProducts = (api: IngestionApi, signal?: AbortSignal): AsyncIterable<readonly IngestionProduct[]> =>
  pagesOf(
    api,
    { call: 'listProducts', method: 'GET', path: '/product', query: { type: 'softwareAsAService' }, version: api.versions.tree, signal },
    product,
  )

/** @see Product Ingestion API, GET plan?product= */
export const listPlans = (api: IngestionApi, id: PartnerCenterProductId, signal?: AbortSignal): Promise<readonly IngestionPlan[]> =>
  allOf(
    pagesOf(
      api,
      { call: 'listPlans', method: 'GET', path: '/plan', query: { product: `product/${segment(id)}` }, version: api.versions.tree, signal },
      plan,
    ),
  )

/**
 * What was never published answers 400 for preview and live, whatever else that status means: undefined.
 *
 * @throws ApiError `ERR_MS_UNEXPECTED_ANSWER` when a resource cannot be read: what is written back rests on the whole.
 * @see Product Ingestion API, GET resource-tree/product/{id}
 */
export async function readTree(
  api: IngestionApi,
  id: PartnerCenterProductId,
  target: IngestionTarget,
  signal?: AbortSignal,
): Promise<ResourceTree | undefined> {
  const path = `/resource-tree/product/${segment(id)}`
  try {
    const call = { call: 'readTree', method: 'GET', path, query: { targetType: target }, version: api.versions.tree, signal } as const
    const reply = await sendIngestion(api, call)
    const resources = read(reply, tree).resources.map((one) => {
      const result = resource.safeParse(one)
      if (result.success) return result.data
      throw unexpectedAnswer(reply, faultsOf(result.error))
    })
    return { target, resources }
  } catch (error) {
    if (target !== 'draft' && error instanceof ApiError && (error.status === 400 || error.status === 404)) return undefined
    throw error
  }
}

/** @see Product Ingestion API, GET {durable id}: the draft only */
export async function readResource(api: IngestionApi, durableId: string, signal?: AbortSignal): Promise<IngestionResource | undefined> {
  const path = `/${durableId.split('/').map(segment).join('/')}`
  try {
    return read(await sendIngestion(api, { call: 'readResource', method: 'GET', path, version: api.versions.tree, signal }), resource)
  } catch (error) {
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND')) return undefined
    throw error
  }
}

/** @see Product Ingestion API, GET submission/{product id} */
export async function listSubmissions(
  api: IngestionApi,
  id: PartnerCenterProductId,
  signal?: AbortSignal,
): Promise<readonly IngestionSubmission[]> {
  const call = { call: 'listSubmissions', method: 'GET', path: `/submission/${segment(id)}`, version: api.versions.submissions } as const
  const row = resource.transform((whole) => ({ ...submission.parse(whole), resource: whole }))
  return allOf(pagesOf(api, { ...call, signal }, row))
}
