/** What of a failure may be shown to a buyer. Pure. */
import { buyerErrors } from '../../kit/errors/buyer.ts'
import { identityErrors } from '../../kit/errors/identity.ts'
import { AppError, type ErrorCode, errorCatalogue } from '../../kit/errors/index.ts'

export interface Problem {
  readonly code: ErrorCode
  readonly status: number
  /** Seconds, for `Retry-After`. */
  readonly retryAfter?: number
}

const RETRY_AFTER = 30

/** Codes with a page of their own; others are told as "not there", "not now" or "our fault", for their details are the operator's. */
const PUBLIC: ReadonlySet<string> = new Set([...Object.keys(buyerErrors), ...Object.keys(identityErrors), 'ERR_NOT_FOUND', 'ERR_BAD_INPUT'])

export const problem = (code: ErrorCode): Problem => {
  const { status } = errorCatalogue[code]
  return status === 503 ? { code, status, retryAfter: RETRY_AFTER } : { code, status }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return problemOfOurs(error)
  const status = statusOf(error)
  if (status === 413) return problem('ERR_FORM_TOO_LARGE')
  if (status !== undefined && status >= 400 && status < 500) return { code: 'ERR_BAD_INPUT', status }
  return problem('ERR_INTERNAL')
}

function problemOfOurs(error: AppError): Problem {
  if (PUBLIC.has(error.code)) return problem(error.code)
  return problem(error.retryable ? 'ERR_SHOP_UNAVAILABLE' : 'ERR_INTERNAL')
}

/** Fastify's own refusals carry their status. */
const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined

/** For the log, without anything a visitor sent: messages of other libraries may quote it, so only ours and those of plain bugs are kept. */
export function failureFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof AppError) return { reason: error.message, facts: error.facts, cause: nameOf(error.cause) }
  if (error instanceof TypeError) return { reason: error.message, stack: frames(error) }
  return { reason: nameOf(error), stack: error instanceof Error ? frames(error) : undefined }
}

const nameOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}

/** Where it happened: the stack without its message. */
const frames = ({ stack }: Error): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n')
