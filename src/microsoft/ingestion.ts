/** Puts the calls of the Product Ingestion API together for one publisher. What each call does and throws stands beside it in `ingestion/`. */
import { cancelJob, configure, jobResult, jobStatus } from './ingestion/jobs.ts'
import { findProduct, listPlans, listProducts, listSubmissions, readResource, readTree } from './ingestion/offers.ts'
import { getPriceTemplate, getPrivateOffer, listPrivateOffers } from './ingestion/private-offers.ts'
import { ingestionPlane } from './ingestion/send.ts'
import type { MicrosoftIngestion } from './ingestion/types.ts'
import { defaultIngestionVersions, type IngestionVersions } from './ingestion/versions.ts'
import type { MicrosoftApi } from './request.ts'

/** @param versions those that differ from the defaults. */
export function createIngestion(given: Omit<MicrosoftApi, 'plane'>, versions: Partial<IngestionVersions> = {}): MicrosoftIngestion {
  const api = { ...given, plane: ingestionPlane, versions: { ...defaultIngestionVersions, ...versions } }
  return {
    versions: api.versions,
    findProduct: (offerId, signal) => findProduct(api, offerId, signal),
    listProducts: (signal) => listProducts(api, signal),
    listPlans: (productId, signal) => listPlans(api, productId, signal),
    readTree: (productId, target, signal) => readTree(api, productId, target, signal),
    readResource: (durableId, signal) => readResource(api, durableId, signal),
    listSubmissions: (productId, signal) => listSubmissions(api, productId, signal),
    configure: (resources, kind, signal) => configure(api, resources, kind, signal),
    jobStatus: (jobId, signal) => jobStatus(api, jobId, signal),
    jobResult: (jobId, signal) => jobResult(api, jobId, signal),
    cancelJob: (jobId, signal) => cancelJob(api, jobId, signal),
    listPrivateOffers: (signal) => listPrivateOffers(api, signal),
    getPrivateOffer: (id, signal) => getPrivateOffer(api, id, signal),
    getPriceTemplate: (productId, plan, signal) => getPriceTemplate(api, productId, plan, signal),
    traced: (traced) => createIngestion({ ...given, traced }, versions),
  }
}
