/** Sends calls to the Product Ingestion API and tells its refusals apart. */
import { ApiError, type ErrorCode } from '../../kit/errors/index.ts'
import { seconds } from '../../kit/time.ts'
import type { MicrosoftCall, MicrosoftReply } from '../call.ts'
import { withCode } from '../failure.ts'
import { type MicrosoftApi, type Plane, send } from '../request.ts'
import { isRecord } from '../wire/primitives.ts'
import { type IngestionFinding, readFindings } from './findings.ts'
import type { IngestionVersions } from './versions.ts'

/** @see Partner Center docs, "Product Ingestion API", Authentication: a token for Microsoft Graph, app-only. */
export const GRAPH_RESOURCE = 'https://graph.microsoft.com'

export const ingestionPlane: Plane = { resource: GRAPH_RESOURCE, query: {} }

/** `baseUrl` up to and including `/rp/product-ingestion`. */
export interface IngestionApi extends MicrosoftApi {
  readonly versions: IngestionVersions
}

export interface IngestionCall extends Omit<MicrosoftCall, 'timeout' | 'maxAttempts' | 'longestKeptBody'> {
  /** The newest version of resources the answer may hold. */
  readonly version: string
}

/** Trees of large offers take Microsoft more than a quarter of a minute now and then. */
const TIMEOUT = seconds(60)
const MAX_ATTEMPTS = 5
/** A refusal lists every fault of every resource. */
const LONGEST_REFUSAL = 200_000

export async function sendIngestion(api: IngestionApi, { version, query, ...call }: IngestionCall): Promise<MicrosoftReply> {
  try {
    const whole = { ...call, query: { ...query, $version: version } }
    return await send(api, { ...whole, timeout: TIMEOUT, maxAttempts: MAX_ATTEMPTS, longestKeptBody: LONGEST_REFUSAL })
  } catch (error) {
    const code = error instanceof ApiError ? codeOfRefusal(error.status) : undefined
    throw error instanceof ApiError && code !== undefined ? withCode(code, error) : error
  }
}

/** Undefined: the code of the status says it. */
function codeOfRefusal(status: number | undefined): ErrorCode | undefined {
  switch (status) {
    case 401:
    case 403:
      return 'ERR_PARTNER_CENTER_FORBIDDEN'
    case 404:
      return 'ERR_PARTNER_CENTER_NOT_FOUND'
    case 409:
    case 412:
    case 423:
      return 'ERR_PARTNER_CENTER_LOCKED'
    case 408:
    case 429:
      return undefined
    default:
      return status !== undefined && status >= 400 && status < 500 ? 'ERR_PARTNER_CENTER_REFUSED' : undefined
  }
}

/** What Microsoft objected to when it refused a call. */
export const ingestionFindings = ({ body }: Pick<ApiError, 'body'>): readonly IngestionFinding[] =>
  isRecord(body) ? readFindings(body['error'] ?? body) : typeof body === 'string' ? readFindings({ message: body.slice(0, 500) }) : []
