/**
 * Reads what Microsoft says beside a bad status. Shapes seen: `{code, message, target, details}`, `{error: {code, message}}` (also
 * with capitals), a bare JSON string, plain text or HTML, nothing. Source: Fulfilment API 2018-08-31 and its docs.
 */
import { isRecord, textOf, type WireRecord } from './primitives.ts'

export interface ErrorBody {
  /** Microsoft's own code, such as `HeaderNotPresent`. */
  readonly code: string | undefined
  readonly message: string | undefined
}

const NOTHING: ErrorBody = { code: undefined, message: undefined }

export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === 'string') return { code: undefined, message: textOf(body) }
  if (!isRecord(body)) return NOTHING
  const inner = field(body, 'error')
  if (isRecord(inner)) return readErrorBody(inner)
  const firstDetail = asArray(field(body, 'details')).find(isRecord) ?? {}
  return {
    code: textOf(field(body, 'code')) ?? textOf(field(firstDetail, 'code')),
    message: textOf(field(body, 'message')) ?? textOf(inner) ?? textOf(field(firstDetail, 'message')),
  }
}

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const field = (record: WireRecord, name: string): unknown => Object.entries(record).find(([key]) => key.toLowerCase() === name)?.[1]
