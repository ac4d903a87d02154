/** The report as CSV (RFC 4180), safe to open in a spreadsheet: nothing from outside becomes a formula. Pure. */
import { csvLine } from '../../kit/csv.ts'
import type { Difference } from '../rules/reconcile/differences.ts'
import type { Finding } from './findings.ts'
import { forecastInWords, STANDING_WORDS } from './words.ts'

const HEAD = [
  'standing',
  'subscription',
  'asset',
  'product',
  'offer',
  'field',
  'at Microsoft',
  'in Connect',
  'here',
  'since (UTC)',
  'the bridge',
  'proposed asset',
  'because',
  'purchase',
]

export const csvHead = (): string => csvLine(HEAD)

/** One line a difference; one line when there is none. */
export function csvLines(finding: Finding): string {
  const differences: readonly Partial<Difference>[] = finding.differences.length > 0 ? finding.differences : [{}]
  return differences.map((difference) => csvLine(cellsOf(finding, difference))).join('')
}

const cellsOf = (finding: Finding, { field, microsoft, connect, bridge }: Partial<Difference>): readonly (string | undefined)[] => [
  STANDING_WORDS[finding.standing],
  ...[finding.subscriptionId, finding.assetId, finding.productId, finding.offerId],
  ...[field, microsoft, connect, bridge],
  finding.since.toISOString(),
  forecastInWords(finding.forecast),
  finding.proposal?.best?.assetId ?? finding.proposal?.others.map(({ assetId }) => assetId).join(' or '),
  finding.proposal?.best?.because.join('; '),
  finding.environment,
]
