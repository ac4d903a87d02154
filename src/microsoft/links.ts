/**
 * Addresses in Microsoft's answers are never called: they may name another host, be relative or malformed (the docs' own sample has
 * the scheme twice), and our token goes to the configured host only. They are reduced to the one thing they tell. Pure.
 */
import { type OperationId, operationId } from '../kit/ids.ts'

/**
 * The continuation token of an `@nextLink`, still percent-encoded exactly as it was sent, to be put into our own address.
 * Undefined when the link holds none.
 */
export function continuationOf(nextLink: string): string | undefined {
  const value = /[?&]continuationToken=([^&#\s]*)/i.exec(nextLink)?.[1]
  return value === '' ? undefined : value
}

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const OPERATION_IN_PATH = new RegExp(`/operations/(${GUID})(?![0-9a-f-])`, 'i')

/** The operation named by `Operation-Location`, or by the bare `Operation-Id` some servers send instead. */
export function operationOf(headers: Readonly<Record<string, string>>): OperationId | undefined {
  const named = OPERATION_IN_PATH.exec(headers['operation-location'] ?? '')?.[1] ?? headers['operation-id']
  return operationId.safeParse(named).data
}
