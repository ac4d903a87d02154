/** What Microsoft objects to. Its errors are nested; the outer ones say "Invalid resource", the innermost says what. Pure. */
import { isRecord, textOf } from '../wire/primitives.ts'

export interface IngestionFinding {
  /** Microsoft's code, such as `businessValidationError`; empty when there is none. */
  readonly code: string
  /** Microsoft's own words, as they came. Not for logs: they may quote what we sent. */
  readonly message: string
  /** The durable id or the `resourceName` of the resource concerned, by the innermost error that names one. */
  readonly resource: string | undefined
  /** Codes and words of the errors around it, from the outside in. */
  readonly within: readonly { readonly code: string; readonly message: string }[]
}

/** More than anybody reads. */
const MOST_FINDINGS = 200
const DEEPEST = 20

/** @param errors the `errors` of a job, or the `error` of a refusal. */
export const readFindings = (errors: unknown): readonly IngestionFinding[] =>
  (Array.isArray(errors) ? errors : [errors]).flatMap((error) => leavesOf(error, undefined, [])).slice(0, MOST_FINDINGS)

function leavesOf(error: unknown, resource: string | undefined, within: IngestionFinding['within']): readonly IngestionFinding[] {
  if (!isRecord(error)) return []
  const here = { code: textOf(error['code']) ?? '', message: textOf(error['message']) ?? '' }
  const concerned = readReference(error['resourceId']) ?? resource
  const details = Array.isArray(error['details']) ? error['details'].filter(isRecord) : []
  if (details.length === 0 || within.length >= DEEPEST) return [{ ...here, resource: concerned, within }]
  return details.flatMap((detail) => leavesOf(detail, concerned, [...within, here]))
}

/** A durable id as text, or an object with the name we gave it in the request. */
function readReference(value: unknown): string | undefined {
  if (!isRecord(value)) return textOf(value)
  return textOf(value['resourceName']) ?? textOf(value['externalId'])
}
