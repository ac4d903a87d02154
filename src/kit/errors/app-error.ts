import { type ErrorCode, errorCatalogue } from './catalogue.ts'

export interface ErrorDetails {
  /** For people: what was wrong here, without secrets or another person's data. The catalogue's sentence when left out. */
  readonly message?: string
  readonly cause?: unknown
  /** Machine-readable facts for logs and API answers; never secrets. */
  readonly facts?: Readonly<Record<string, unknown>>
}

/** The one error of the product: a stable code from the catalogue, a sentence, and whether trying again can help. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? errorCatalogue[code].what, { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.facts = details.facts ?? {}
  }

  /** True when the same call may succeed later without anybody changing anything. */
  get retryable(): boolean {
    return errorCatalogue[this.code].retryable
  }
}

export interface ApiErrorDetails extends ErrorDetails {
  /** HTTP status, absent when no answer came. */
  readonly status?: number
  /** The other side's id of this call, for a support case. */
  readonly requestId?: string
  readonly correlationId?: string
  /** The answer's body as parsed JSON or text, cut to a sensible length. Never logged whole. */
  readonly body?: unknown
  /** True when the call may have taken effect although no good answer came (timeout, lost reply, 5xx). */
  readonly outcomeUnknown?: boolean
}

/** A call to an outside system failed. `code` says how; `status` and ids say where to look. */
export class ApiError extends AppError {
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly correlationId: string | undefined
  readonly body: unknown
  readonly outcomeUnknown: boolean

  constructor(code: ErrorCode, details: ApiErrorDetails) {
    super(code, details)
    this.name = 'ApiError'
    this.status = details.status
    this.requestId = details.requestId
    this.correlationId = details.correlationId
    this.body = details.body
    this.outcomeUnknown = details.outcomeUnknown ?? false
  }
}

export const hasCode = (error: unknown, ...codes: readonly ErrorCode[]): error is AppError =>
  error instanceof AppError && codes.includes(error.code)
