/** Closing usage records many at a time: what we say of each, and what Connect answers of each. */
import { z } from 'zod'
import { type UsageRecordId, usageRecordId } from '../../kit/ids.ts'
import { text } from './read.ts'
import { type UsageRecordStatus, usageRecordStatus } from './usage-record.ts'

export interface RecordClosing {
  readonly id: UsageRecordId
  /** What proves the bill: Microsoft's usage event id. */
  readonly externalBillingId?: string | undefined
  /** For people: cut to 200 characters. */
  readonly note?: string | undefined
}

export interface ClosingResult {
  readonly id: UsageRecordId
  /** `closed` is done, whoever closed it. `unknown` when Connect said nothing about this record: read it again. */
  readonly status: UsageRecordStatus
  /** Connect's words for no. */
  readonly errorCodes: readonly string[]
  readonly errorDetails: readonly string[]
}

/** Text, or a list of texts; the description says text. */
const texts = z
  .unknown()
  .optional()
  .transform((told): readonly string[] => (Array.isArray(told) ? told : [told]).filter((one) => typeof one === 'string' && one !== ''))

const result = z.object({ id: usageRecordId, status: text, error_codes: texts, error_details: texts }).transform(
  (wire): ClosingResult => ({
    id: wire.id,
    status: usageRecordStatus.parse(wire.status),
    errorCodes: wire.error_codes,
    errorDetails: wire.error_details,
  }),
)

export const closingResults = z.array(result)

/** One result for each closing, in their order, whatever order and however many Connect answered. Pure. */
export function joinResults(closings: readonly RecordClosing[], results: readonly ClosingResult[]): readonly ClosingResult[] {
  const byId = new Map(results.map((one) => [one.id, one]))
  return closings.map(({ id }) => byId.get(id) ?? { id, status: 'unknown', errorCodes: [], errorDetails: [] })
}
