import { ApiError, hasCode } from '../../kit/errors/index.ts'
import type { ConfigureJobId } from '../../kit/ids.ts'
import { readRetryAfter } from '../../kit/retry.ts'
import type { Instant, Milliseconds } from '../../kit/time.ts'
import type { MicrosoftReply } from '../call.ts'
import { read } from '../read.ts'
import { segment } from '../url.ts'
import { jobReply, resource, tree } from '../wire/ingestion.ts'
import { openWords } from '../wire/primitives.ts'
import { readFindings } from './findings.ts'
import { readRow } from './pages.ts'
import { type IngestionResource, schemaOf, toWire } from './resource.ts'
import { type IngestionApi, type IngestionCall, sendIngestion } from './send.ts'
import type { ConfigureJob, ConfigureKind } from './types.ts'

/**
 * Leaves this machine once, but for 401 and 429, which had no effect: a second job for the same resources would be a second submission.
 *
 * @throws RangeError for no resources, TypeError for one without a schema.
 * @throws ApiError `ERR_PARTNER_CENTER_REFUSED`: what `ingestionFindings` names is wrong, and nothing was changed;
 *   with `outcomeUnknown` look at the tree and the submissions before anything else.
 * @see Product Ingestion API, POST configure
 */
export async function configure(
  api: IngestionApi,
  resources: readonly IngestionResource[],
  kind: ConfigureKind = 'offers',
  signal?: AbortSignal,
): Promise<ConfigureJob> {
  if (resources.length === 0) throw new RangeError('at least one resource')
  const { configure: forOffers, configurePrivateOffers, tree: newest, privateOffers } = api.versions
  const $schema = schemaOf({ type: 'configure', version: kind === 'offers' ? forOffers : configurePrivateOffers })
  const body = { $schema, resources: resources.map(toWire) }
  const version = kind === 'offers' ? newest : privateOffers
  return toJob(api, await sendIngestion(api, { call: 'configure', method: 'POST', path: '/configure', version, body, signal }))
}

/** @see Product Ingestion API, GET configure/{job}/status; the production client of a large publisher reads 5xx here as "still running". */
export async function jobStatus(api: IngestionApi, jobId: ConfigureJobId, signal?: AbortSignal): Promise<ConfigureJob> {
  try {
    return toJob(api, await sendIngestion(api, jobCall(api, 'jobStatus', jobId, '/status', signal)))
  } catch (error) {
    if (!(error instanceof ApiError) || !hasCode(error, 'ERR_MS_UNAVAILABLE')) throw error
    return { ...nothingKnown(jobId), retryAfter: wishOf(error) }
  }
}

/** @see Product Ingestion API, GET configure/{job}; 404 has been seen for failed jobs, 400 for running ones. */
export async function jobResult(
  api: IngestionApi,
  jobId: ConfigureJobId,
  signal?: AbortSignal,
): Promise<readonly IngestionResource[] | undefined> {
  try {
    const reply = await sendIngestion(api, jobCall(api, 'jobResult', jobId, '', signal))
    return read(reply, tree).resources.flatMap((row) => readRow(api, reply, row, resource))
  } catch (error) {
    if (hasCode(error, 'ERR_PARTNER_CENTER_NOT_FOUND', 'ERR_PARTNER_CENTER_REFUSED', 'ERR_PARTNER_CENTER_LOCKED')) return undefined
    throw error
  }
}

/** @throws ApiError `ERR_PARTNER_CENTER_REFUSED`: it has completed already. @see Product Ingestion API, POST configure/{job}/cancel */
export async function cancelJob(api: IngestionApi, jobId: ConfigureJobId, signal?: AbortSignal): Promise<ConfigureJob> {
  return toJob(api, await sendIngestion(api, { ...jobCall(api, 'cancelJob', jobId, '/cancel', signal), method: 'POST', repeatable: true }))
}

const jobCall = (
  api: IngestionApi,
  call: string,
  jobId: ConfigureJobId,
  below: '' | '/status' | '/cancel',
  signal: AbortSignal | undefined,
): IngestionCall => ({ call, method: 'GET', path: `/configure/${segment(jobId)}${below}`, version: api.versions.tree, signal })

function toJob(api: IngestionApi, reply: MicrosoftReply): ConfigureJob {
  const { jobId, jobStatus: status, jobResult: result, jobStart, jobEnd, errors } = read(reply, jobReply)
  return {
    jobId,
    state: stateOf(status, result),
    startedAt: jobStart,
    endedAt: jobEnd,
    findings: readFindings(errors ?? []),
    answered: true,
    retryAfter: askedToWait(reply, api.clock.now()),
  }
}

const endOf = openWords(['succeeded', 'failed', 'cancelled'])

function stateOf(status: string, result: string): ConfigureJob['state'] {
  if (status.toLowerCase() !== 'completed') return 'running'
  const end = endOf(result)
  return end === 'Unknown' ? 'unknown' : end
}

const askedToWait = (reply: MicrosoftReply, now: Instant): Milliseconds | undefined => readRetryAfter(reply.headers['retry-after'], now)

const wishOf = ({ facts }: ApiError): Milliseconds | undefined =>
  typeof facts['retryAfter'] === 'number' ? facts['retryAfter'] : undefined

const nothingKnown = (jobId: ConfigureJobId) =>
  ({ jobId, state: 'running', startedAt: undefined, endedAt: undefined, findings: [], answered: false }) as const
