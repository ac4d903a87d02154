/** The face of Microsoft's Product Ingestion API ("Partner Center API") towards the rest of the bridge. */
import type { ConfigureJobId, OfferId, PartnerCenterProductId, PlanId } from '../../kit/ids.ts'
import type { Instant, Milliseconds } from '../../kit/time.ts'
import type { Traced } from '../trace.ts'
import type { IngestionFinding } from './findings.ts'
import type { IngestionResource } from './resource.ts'
import type { IngestionVersions } from './versions.ts'

/** An offer as lists show it. */
export interface IngestionProduct {
  readonly productId: PartnerCenterProductId
  readonly offerId: OfferId | undefined
  /** The name in Partner Center. */
  readonly alias: string
  /** `softwareAsAService` for us. */
  readonly type: string
  readonly lifecycleState: string | undefined
}

export interface IngestionPlan {
  /** `plan/<product>/<plan>`. */
  readonly durableId: string
  readonly planId: PlanId | undefined
  readonly alias: string
  readonly lifecycleState: string | undefined
}

export const TARGETS = ['draft', 'preview', 'live'] as const
export type IngestionTarget = (typeof TARGETS)[number]

export interface ResourceTree {
  readonly target: IngestionTarget
  /** In no particular order. What cannot be read as a resource is left out, and told. */
  readonly resources: readonly IngestionResource[]
}

/** One step of publishing, or the draft itself (without status). */
export interface IngestionSubmission {
  /** `submission/<product>/<number>`; 0 is the draft. */
  readonly durableId: string
  readonly target: IngestionTarget | 'Unknown'
  readonly status: 'notStarted' | 'running' | 'completed' | 'Unknown' | undefined
  readonly result: 'pending' | 'succeeded' | 'failed' | 'Unknown' | undefined
  readonly createdAt: Instant | undefined
  readonly lifecycleState: string | undefined
  readonly resource: IngestionResource
}

/** A job that carries out what was sent. */
export interface ConfigureJob {
  readonly jobId: ConfigureJobId
  /** Everything but completed is `running`. A completed job with a result nobody knows is `unknown`: look at the tree. */
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown'
  readonly startedAt: Instant | undefined
  readonly endedAt: Instant | undefined
  readonly findings: readonly IngestionFinding[]
  /** False: Microsoft could not tell this time (5xx, 429, no answer), which says nothing about the job. */
  readonly answered: boolean
  /** How long Microsoft asks to wait before the next look. */
  readonly retryAfter: Milliseconds | undefined
}

/** What goes into the `resources` of a request. */
export type ConfigureKind = 'offers' | 'privateOffers'

/**
 * One publisher's offers. Every method throws `ApiError`: `ERR_PARTNER_CENTER_FORBIDDEN`, `_NOT_FOUND`, `_REFUSED` (with
 * `ingestionFindings`), `_LOCKED`, `ERR_MS_UNAVAILABLE`, `ERR_MS_UNEXPECTED_ANSWER`, and those of the sign-in; or the signal's reason.
 */
export interface MicrosoftIngestion {
  /** Of new resources. */
  readonly versions: IngestionVersions
  /** The offer of this id in the publisher's account; undefined when there is none. */
  findProduct(offerId: OfferId, signal?: AbortSignal): Promise<IngestionProduct | undefined>
  /** All SaaS offers of the account, page by page. */
  listProducts(signal?: AbortSignal): AsyncIterable<readonly IngestionProduct[]>
  listPlans(productId: PartnerCenterProductId, signal?: AbortSignal): Promise<readonly IngestionPlan[]>
  /** Everything of an offer in one state. Undefined: it was never published there (preview, live). */
  readTree(productId: PartnerCenterProductId, target: IngestionTarget, signal?: AbortSignal): Promise<ResourceTree | undefined>
  /** One resource of the draft; undefined when the draft does not hold it, though live may. */
  readResource(durableId: string, signal?: AbortSignal): Promise<IngestionResource | undefined>
  /** The draft and every step of publishing that Microsoft still tells of. */
  listSubmissions(productId: PartnerCenterProductId, signal?: AbortSignal): Promise<readonly IngestionSubmission[]>
  /** Hands over what shall be. Sent once: with `outcomeUnknown` look at the tree before another try. */
  configure(resources: readonly IngestionResource[], kind?: ConfigureKind, signal?: AbortSignal): Promise<ConfigureJob>
  /** Where a job stands. An outage while asking is no failure of the job. */
  jobStatus(jobId: ConfigureJobId, signal?: AbortSignal): Promise<ConfigureJob>
  /** What a completed job made, with Microsoft's ids; undefined when Microsoft does not tell (failed jobs, running ones). */
  jobResult(jobId: ConfigureJobId, signal?: AbortSignal): Promise<readonly IngestionResource[] | undefined>
  /** Asks to stop a job. It may have had effect in part. May be repeated. */
  cancelJob(jobId: ConfigureJobId, signal?: AbortSignal): Promise<ConfigureJob>
  /** All private offers of the account, page by page. */
  listPrivateOffers(signal?: AbortSignal): AsyncIterable<readonly IngestionResource[]>
  /** @param id `private-offer/<guid>`. */
  getPrivateOffer(id: string, signal?: AbortSignal): Promise<IngestionResource>
  /** The price of a plan in the form private offers take it. @param plan the last segment of the plan's durable id. */
  getPriceTemplate(productId: PartnerCenterProductId, plan: string, signal?: AbortSignal): Promise<IngestionResource>
  /** The same API under one correlation id, telling of each call: for a timeline. */
  traced(traced: Traced): MicrosoftIngestion
}
