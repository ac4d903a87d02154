/** One call to an API of Microsoft's and its answer, as plain data. */
import type { HttpRequest } from '../kit/http.ts'
import type { Milliseconds } from '../kit/time.ts'

export interface MicrosoftCall {
  /** Our name of it, for traces and errors. */
  readonly call: string
  readonly method: HttpRequest['method']
  /** Below the base; segments already encoded. */
  readonly path: string
  /** Beside the plane's own; values already percent-encoded. */
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Sent as `x-ms-marketplace-token`; kept out of every error. */
  readonly purchaseToken?: string
  /** It changes something at Microsoft. Default: true for all but GET. */
  readonly changes?: boolean
  /** A repeat changes nothing more, so lost calls are repeated within the call. Default: true for GET. */
  readonly repeatable?: boolean
  /** For one try. Default 20 s. */
  readonly timeout?: Milliseconds
  /** Tries in all. Default 3. */
  readonly maxAttempts?: number
  /** Characters of a refusal that are kept with the error. Default 4,000. */
  readonly longestKeptBody?: number
  readonly signal?: AbortSignal | undefined
}

/** The ids both sides know a call by. */
export interface CallIds {
  readonly requestId: string
  readonly correlationId: string
}

export interface MicrosoftReply {
  readonly call: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly ids: CallIds
}
