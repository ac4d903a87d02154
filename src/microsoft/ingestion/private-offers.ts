import type { PartnerCenterProductId } from '../../kit/ids.ts'
import { read } from '../read.ts'
import { segment } from '../url.ts'
import { resource } from '../wire/ingestion.ts'
import { pagesOf } from './pages.ts'
import type { IngestionResource } from './resource.ts'
import { type IngestionApi, type IngestionCall, sendIngestion } from './send.ts'

const get = (api: IngestionApi, call: string, path: string, signal: AbortSignal | undefined): IngestionCall => ({
  call,
  method: 'GET',
  path,
  version: api.versions.privateOffers,
  signal,
})

/** @see Private offers API, GET private-offer/query */
export const listPrivateOffers = (api: IngestionApi, signal?: AbortSignal): AsyncIterable<readonly IngestionResource[]> =>
  pagesOf(api, get(api, 'listPrivateOffers', '/private-offer/query', signal), resource)

/** @throws ApiError `ERR_PARTNER_CENTER_NOT_FOUND`. @see Private offers API, GET private-offer/{id} */
export async function getPrivateOffer(api: IngestionApi, id: string, signal?: AbortSignal): Promise<IngestionResource> {
  const path = `/private-offer/${segment(id.replace(/^private-offer\//, ''))}`
  return read(await sendIngestion(api, get(api, 'getPrivateOffer', path, signal)), resource)
}

/** @throws ApiError `ERR_PARTNER_CENTER_NOT_FOUND`. @see Private offers API, GET price-and-availability-private-offer-plan/{product id} */
export async function getPriceTemplate(
  api: IngestionApi,
  productId: PartnerCenterProductId,
  plan: string,
  signal?: AbortSignal,
): Promise<IngestionResource> {
  const call = get(api, 'getPriceTemplate', `/price-and-availability-private-offer-plan/${segment(productId)}`, signal)
  return read(await sendIngestion(api, { ...call, query: { plan: segment(plan) } }), resource)
}
