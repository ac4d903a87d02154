/** `bridge usage file`: the vendor's usage files, what became of each, and what an operator does about records that cannot be billed. */
import type { Command } from 'commander'
import { csvLine } from '../../kit/csv.ts'
import { AppError } from '../../kit/errors/index.ts'
import { usageFileId } from '../../kit/ids.ts'
import { signedBy } from '../../operator/index.ts'
import {
  closeUnbilled,
  countRecords,
  type FileAct,
  type FileDecided,
  type FileOperation,
  fileStates,
  findFile,
  isFileState,
  judgeAgain,
  listFiles,
  readActs,
  readFileRecords,
  recordReasons,
  type ShownRecord,
  type StoredFile,
} from '../../usage/index.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from '../context.ts'
import { addOperator, operatorOf } from '../operator.ts'
import { plain, table } from '../table.ts'
import { addFileExport } from './file-export.ts'
import { knownTenant } from './tenant.ts'

export function addFile(usage: Command, context: CliContext): void {
  const group = usage.command('file').description('the vendor’s usage files in Connect')
  group
    .command('list')
    .description('the newest files of a tenant')
    .argument('<tenant>')
    .option('--state <state>', Object.keys(fileStates).join(', '))
    .option('--json', 'print JSON')
    .action((tenant: string, options: ListOptions) => list(context, tenant, options))
  group
    .command('show')
    .description('one file: the decision, the reasons, what its records wait for')
    .argument('<file>')
    .option('--json', 'print JSON')
    .option('--csv', 'print its records as CSV, each with the reasons it cannot be billed for')
    .option('--all', 'with --csv: those that are billed too')
    .action((file: string, options: ShowOptions) => show(context, file, options))
  addFileExport(group, context)
  addDecision(group, context, 'judge', 'judge held records again, by the plan map and policies as they are now', judgeAgain)
  addDecision(group, context, 'close-unbilled', 'close held records with their reason: they are not billed', closeUnbilled)
}

interface ListOptions {
  readonly state?: string
  readonly json?: boolean
}

async function list(context: CliContext, tenant: string, { state, json }: ListOptions): Promise<void> {
  if (state !== undefined && !isFileState(state))
    throw new CommandFailure(`--state: expected ${Object.keys(fileStates).join(', ')}`, exitCodes.usage)
  const files = await withBridge(context, async ({ db }) => listFiles(db, await knownTenant(db, tenant), { state }))
  print(context, json, files, () =>
    table(
      ['FILE', 'STATE', 'RECORDS', 'BAD', 'FOUND', 'NAME'],
      files.map((one) => [one.fileId, one.state, String(one.records), String(one.bad), minuteOf(one.foundAt), one.name]),
    ),
  )
}

interface ShowOptions {
  readonly json?: boolean
  readonly csv?: boolean
  readonly all?: boolean
}

async function show(context: CliContext, text: string, { json, csv, all }: ShowOptions): Promise<void> {
  if (json && csv) throw new CommandFailure('--json or --csv, not both', exitCodes.usage)
  await withBridge(context, async (bridge) => {
    const file = await knownFile(bridge, text)
    if (csv) {
      context.out(csvLine(HEAD))
      for await (const record of readFileRecords(bridge.db, file, !all)) context.out(csvLine(cellsOf(record)))
      return
    }
    const counts = await countRecords(bridge.db, file)
    const acts = await readActs(bridge.db, file)
    print(context, json, { ...file, counts, acts }, () => [...inWords(file, counts), ...acts.map(actInWords)])
  })
}

const inWords = (file: StoredFile, counts: Readonly<Record<string, number>>): readonly string[] =>
  [
    `${file.fileId}  ${file.name}, product ${file.productId}, ${file.environment}`,
    `${file.state}: ${fileStates[file.state]}`,
    ...(file.decision ? [`decided ${file.decidedAt?.toISOString() ?? ''}: ${file.decision}. “${file.note ?? ''}”`] : []),
    ...(file.acceptedBy === 'connect' ? ['accepted in Connect before the bridge had decided'] : []),
    `${file.records} records, ${file.bad} cannot be billed; now ${Object.entries(counts)
      .map(([state, records]) => `${records} ${state}`)
      .join(', ')}`,
    ...file.reasons.map(({ reason, records, example }) => `  ${reason} (${records}): ${recordReasons[reason]}; for instance ${example}`),
    ...(file.trouble ? [`refused ${file.tries} times: ${file.trouble}`] : []),
  ].map(plain)

const actInWords = ({ at, act, records, by, note }: FileAct): string =>
  plain(`${at.toISOString()}: ${records} records ${ACTS[act]} by ${by}${note === undefined ? '' : `, saying: ${note}`}`)

const ACTS: Readonly<Record<FileAct['act'], string>> = { judgedAgain: 'judged again', closedUnbilled: 'closed without a bill' }

interface DecisionOptions {
  readonly as?: string
  readonly note?: string
  readonly yes?: boolean
  readonly json?: boolean
}

function addDecision(group: Command, context: CliContext, name: string, words: string, operate: FileOperation): void {
  addOperator(group.command(name))
    .description(`${words}; without --yes only a preview`)
    .argument('<file>')
    .option('--yes', 'do it')
    .option('--json', 'print JSON')
    .action(async (text: string, { yes = false, json, note, ...options }: DecisionOptions) => {
      const signature = signedBy(operatorOf(context, options), note)
      const decided = await withBridge(context, async (bridge) =>
        operate(bridge.db, await knownFile(bridge, text), signature, context.clock.now(), !yes),
      )
      print(context, json, { ...decided, done: yes && decided.outcome !== 'refused' }, () => [decisionInWords(decided, yes)])
      if (decided.outcome === 'refused') throw new CommandFailure('Nothing was changed.')
      if (!yes) throw new CommandFailure('Nothing was done. To go on: --yes', exitCodes.previewed)
    })
}

function decisionInWords(decided: FileDecided, done: boolean): string {
  if (decided.outcome === 'refused') return 'No record of this file is held.'
  const what = ACTS[decided.outcome]
  return done ? `${decided.records} records are being ${what}.` : `${decided.records} records would be ${what}.`
}

async function knownFile({ db }: Bridge, text: string): Promise<StoredFile> {
  const read = usageFileId.safeParse(text)
  const found = read.success ? await findFile(db, read.data) : undefined
  if (!found) throw new AppError('ERR_USAGE_FILE_NOT_FOUND')
  return found
}

const minuteOf = (at: { toISOString(): string }): string => at.toISOString().slice(0, 16).replace('T', ' ')

const HEAD = [
  ...['record', 'state', 'reasons', 'in words', 'asset', 'item', 'quantity', 'amount', 'from (UTC)', 'to (UTC)'],
  ...['subscription', 'dimension', 'usage event', 'note'],
]

const cellsOf = (one: ShownRecord): readonly (string | undefined)[] => [
  ...[
    one.recordId,
    one.state,
    one.reasons.join(' '),
    one.words.join('; '),
    one.assetId,
    one.item,
    one.quantity,
    one.amount,
    one.from,
    one.to,
  ],
  ...[one.subscriptionId, one.dimension, one.billingId, one.trouble ?? one.note],
]
