/** The report of a reconcile as text, JSON or CSV, written as it is read: it may be long. */
import type { Db } from '../database/index.ts'
import {
  csvHead,
  csvLines,
  differenceInWords,
  type Finding,
  forecastInWords,
  type ReconcileRun,
  readFindings,
  STANDING_WORDS,
  STANDINGS,
  type Standing,
} from '../subscriptions/index.ts'
import type { CliContext } from './context.ts'
import { plain } from './table.ts'

export interface ReportForm {
  readonly json?: boolean
  readonly csv?: boolean
}

export async function printReport(context: CliContext, db: Db, run: ReconcileRun, { json, csv }: ReportForm): Promise<void> {
  if (csv) return printCsv(context, db, run)
  if (json) return printJson(context, db, run)
  await printText(context, db, run)
}

async function printCsv({ out, err }: CliContext, db: Db, run: ReconcileRun): Promise<void> {
  for (const line of faultLines(run)) err(`${line}\n`)
  out(csvHead())
  for await (const finding of readFindings(db, run)) out(csvLines(finding))
}

async function printJson({ out }: CliContext, db: Db, run: ReconcileRun): Promise<void> {
  out(`{"run":${JSON.stringify(run)},"findings":[`)
  let separator = ''
  for await (const { seq: _, ...finding } of readFindings(db, run)) {
    out(`${separator}\n${JSON.stringify({ ...finding, bridge: forecastInWords(finding.forecast) })}`)
    separator = ','
  }
  out('\n]}\n')
}

async function printText({ out }: CliContext, db: Db, run: ReconcileRun): Promise<void> {
  const say = (text: string): void => out(`${plain(text)}\n`)
  say(
    `${run.tenantId}${run.productId === undefined ? '' : `, product ${run.productId}`}: compared ${run.startedAt.toISOString()}, ${run.by}${run.dryRun ? ', dry run' : ''}`,
  )
  for (const line of faultLines(run)) say(line)
  for (const standing of STANDINGS) say(`${String(run.counts[standing]).padStart(8)}  ${STANDING_WORDS[standing]}`)
  let heading: Standing | undefined
  for await (const finding of readFindings(db, run)) {
    if (finding.standing !== heading) say(`\n${STANDING_WORDS[finding.standing].toUpperCase()}`)
    heading = finding.standing
    for (const line of describe(finding)) say(line)
  }
}

const faultLines = ({ faults }: ReconcileRun): readonly string[] =>
  faults.map(({ side, productId, code }) =>
    side === 'microsoft'
      ? `Microsoft’s list was not read to its end (${code}): what is missing from it is not reported.`
      : `Connect’s assets of ${productId ?? ''} were not read to their end (${code}): what is missing from them is not reported.`,
  )

const describe = (finding: Finding): readonly string[] => [
  [
    ...[finding.subscriptionId ?? '-', finding.assetId ?? 'no asset', finding.offerId ?? finding.productId ?? ''],
    ...(finding.environment === 'test' ? ['TEST'] : []),
  ].join('  '),
  ...finding.differences.map((one) => `    ${differenceInWords(one)}`),
  `    since ${finding.since.toISOString().slice(0, 16).replace('T', ' ')}; the bridge: ${forecastInWords(finding.forecast)}`,
  ...proposalLines(finding),
]

function proposalLines({ subscriptionId, proposal }: Finding): readonly string[] {
  if (!proposal) return []
  const { best, others } = proposal
  return [
    ...(best
      ? [
          `    proposed: ${best.assetId}, for ${best.because.join(', ')}`,
          `    to accept: bridge reconcile match ${subscriptionId ?? ''} ${best.assetId}`,
        ]
      : []),
    ...others.map(({ assetId, because }) => `    ${best ? 'less likely' : 'equally likely'}: ${assetId}, for ${because.join(', ')}`),
  ]
}
