/** Connect's way of saying no: a status and `{ error_code, errors, params? }`. Its codes are not published; those used here are the ones seen in the wild. */
import type { JsonObject } from './json.ts'

export class Refusal extends Error {
  readonly status: number
  readonly body: JsonObject

  constructor(status: number, code: string, errors: readonly string[], params?: JsonObject) {
    super(errors.join(' '))
    this.name = 'Refusal'
    this.status = status
    this.body = { error_code: code, errors, ...(params && { params }) }
  }
}

/** 400: the input is wrong; each message is `field.path: text`. */
export const invalid = (...messages: readonly string[]): Refusal => new Refusal(400, 'VAL_001', messages)

/** 400: the object's state does not allow this. */
export const wrongState = (message: string): Refusal => new Refusal(400, 'REQ_003', [message])

export const unauthorized = (): Refusal => new Refusal(401, 'AUTH_001', ['API request is unauthorized.'])

/** 403: the account's role may not do this. */
export const forbidden = (message = 'You do not have permission to perform this action.'): Refusal =>
  new Refusal(403, 'AUTH_003', [message])

export const notFound = (what: string): Refusal => new Refusal(404, 'NFND_000', [`${what} not found.`])

/** 409: there is one already; `params` says which. */
export const conflict = (message: string, params: JsonObject): Refusal => new Refusal(409, 'VAL_003', [message], params)
