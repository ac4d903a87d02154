/** Connect as one object: what a tenant's token can do there. */
import { createDownload, type OpenDownload } from '../kit/download.ts'
import type { Http } from '../kit/http.ts'
import { type Log, silentLog } from '../kit/log.ts'
import { type Clock, type Instant, wallClock } from '../kit/time.ts'
import type { ConnectApi } from './api.ts'
import type { ConnectContext } from './model/account.ts'
import { createAssets } from './resources/assets.ts'
import { createBillingRequests } from './resources/billing.ts'
import { createConfigurations } from './resources/configurations.ts'
import { type ConnectGrant, readGrants, readTokenEnd } from './resources/grants.ts'
import { createListingRequests } from './resources/listing-requests.ts'
import { createHubs, createListings, createMarketplaces, readContext } from './resources/places.ts'
import { createActions, createConnections, createItems, createParameters, createProducts } from './resources/products.ts'
import { createRequests } from './resources/requests.ts'
import { createTierAccounts, createTierConfigRequests } from './resources/tiers.ts'
import { createUsageAggregates, createUsageChunks, createUsageFiles, createUsageRecords } from './resources/usage.ts'
import { createWebhooks } from './resources/webhooks.ts'

export interface ConnectOptions {
  readonly http: Http
  /** `https://api.connect.cloudblue.com/public/v1`, or a distributor's own domain. */
  readonly baseUrl: string | URL
  /** The header's value exactly as Connect shows it: `ApiKey SU-NNN-NNN-NNN:…`. Sent to `baseUrl` only. */
  readonly apiKey: string
  /** Where people open a reseller's set-up request, `{id}` in it. Default: its address in the API. */
  readonly tierRequestUrl?: string | undefined
  readonly clock?: Clock
  readonly log?: Log
  /** How files behind links are fetched. */
  readonly download?: OpenDownload
  /** Where those files may lie, besides Connect's own host. Default: the storage services known to be used. */
  readonly fileHosts?: readonly string[]
}

/** Of the two large clouds and of Connect itself. The official description does not say where the files lie. */
const FILE_HOSTS = ['*.cloudblue.com', '*.blob.core.windows.net', 'storage.googleapis.com', '*.amazonaws.com']

export interface ConnectClient {
  /** Whose token it is: the probe for stored credentials. */
  readonly context: (signal?: AbortSignal) => Promise<ConnectContext>
  /** Which modules the token is granted; asks each for one row. */
  readonly grants: (signal?: AbortSignal) => Promise<readonly ConnectGrant[]>
  /** When the token ends, where Connect says so. @param tokenId `SU-…` */
  readonly tokenEnd: (tokenId: string, signal?: AbortSignal) => Promise<Instant | undefined>
  readonly products: ReturnType<typeof createProducts>
  readonly items: ReturnType<typeof createItems>
  readonly parameters: ReturnType<typeof createParameters>
  readonly configurations: ReturnType<typeof createConfigurations>
  readonly actions: ReturnType<typeof createActions>
  readonly connections: ReturnType<typeof createConnections>
  readonly listings: ReturnType<typeof createListings>
  readonly listingRequests: ReturnType<typeof createListingRequests>
  readonly marketplaces: ReturnType<typeof createMarketplaces>
  readonly hubs: ReturnType<typeof createHubs>
  readonly requests: ReturnType<typeof createRequests>
  readonly assets: ReturnType<typeof createAssets>
  readonly tierAccounts: ReturnType<typeof createTierAccounts>
  readonly tierConfigRequests: ReturnType<typeof createTierConfigRequests>
  readonly billingRequests: ReturnType<typeof createBillingRequests>
  readonly webhooks: ReturnType<typeof createWebhooks>
  readonly usageFiles: ReturnType<typeof createUsageFiles>
  readonly usageRecords: ReturnType<typeof createUsageRecords>
  readonly usageChunks: ReturnType<typeof createUsageChunks>
  readonly usageAggregates: ReturnType<typeof createUsageAggregates>
}

/**
 * A client for one account. Holds no state: make one whenever credentials are at hand.
 * @throws TypeError when `baseUrl` is no http(s) address, or carries a user, a query or a fragment.
 */
export function createConnect(options: ConnectOptions): ConnectClient {
  const { http, apiKey, clock = wallClock, log = silentLog, download = createDownload(), fileHosts = FILE_HOSTS } = options
  const { tierRequestUrl } = options
  const api: ConnectApi = { http, download, fileHosts, baseUrl: checkedBase(options.baseUrl), tierRequestUrl, apiKey, clock, log }
  return {
    context: (signal) => readContext(api, signal),
    grants: (signal) => readGrants(api, signal),
    tokenEnd: (tokenId, signal) => readTokenEnd(api, tokenId, signal),
    products: createProducts(api),
    items: createItems(api),
    parameters: createParameters(api),
    configurations: createConfigurations(api),
    actions: createActions(api),
    connections: createConnections(api),
    listings: createListings(api),
    listingRequests: createListingRequests(api),
    marketplaces: createMarketplaces(api),
    hubs: createHubs(api),
    requests: createRequests(api),
    assets: createAssets(api),
    tierAccounts: createTierAccounts(api),
    tierConfigRequests: createTierConfigRequests(api),
    billingRequests: createBillingRequests(api),
    webhooks: createWebhooks(api),
    usageFiles: createUsageFiles(api),
    usageRecords: createUsageRecords(api),
    usageChunks: createUsageChunks(api),
    usageAggregates: createUsageAggregates(api),
  }
}

function checkedBase(baseUrl: string | URL): URL {
  const url = new URL(baseUrl)
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!plain || !/^https?:$/.test(url.protocol)) throw new TypeError('the Connect address is a plain http(s) address')
  return url
}
