import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { PublicationKey } from '../catalogue/index.ts'
import type { Tx } from '../database/index.ts'
import { offerDeps } from '../main/offers.ts'
import { type FromMark, marksOf, publishWanted, recordFile, type WantedOfFile } from '../operator/index.ts'
import {
  applySetup,
  type Change,
  describeChange,
  describeFault,
  type PlacedFault,
  pathText,
  readSetup,
  type SetupFault,
  type SetupFile,
  type SetupReading,
} from '../tenants/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { addFollowing, endWith, type FollowOptions, follow } from './offer-follow.ts'
import { operatorOf } from './operator.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options extends FollowOptions {
  readonly dryRun?: boolean
}

export function addApply(program: Command, context: CliContext): void {
  const command = program
    .command('apply')
    .description('create or update tenants, credentials, products, offers and plan maps from a set-up file (docs/setup-file.md)')
    .argument('<file>', 'YAML or JSON')
    .option('--dry-run', 'only say what would change')
  addFollowing(command)
    .option('--yes', 'with --wait, agree to what an offer needs a yes to on its way: edits of colleagues that are published along')
    .option('--as <name>', 'who does it, for the history; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((file: string, options: Options) => apply(context, file, options))
}

async function apply(context: CliContext, file: string, { dryRun = false, ...options }: Options): Promise<void> {
  const { json } = options
  const reading = readSetupFile(context, file)
  if (!reading.ok) return fail(context, file, reading.faults, json)
  await withBridge(context, async ({ config, clients, ...storage }) => {
    const { clock } = context
    const by = operatorOf(context, options)
    let published: readonly WantedOfFile[] = []
    let marks: readonly FromMark[] = []
    const wakeOthers = wakeWhatWaited(clock)
    const outcome = await applySetup(reading.setup, {
      ...storage,
      ...{ clock, dryRun },
      async onChange(tx, changes) {
        await recordFile(tx, changes, { by, clock })
        await wakeOthers(tx)
      },
      async afterwards(tx: Tx) {
        marks = await marksOf(tx, keysOf(reading.setup))
        published = await publishWanted(tx, reading.setup, { by, clock, dryRun })
      },
    })
    if (!outcome.ok) {
      const faults = outcome.faults.map((fault) => ({ ...fault, line: reading.lineOf(fault.path) }))
      return fail(context, file, faults, json)
    }
    const { changes, warnings } = outcome
    const told = { dryRun, changes, published, warnings: warnings.map(written) }
    if (!json) print(context, false, undefined, () => linesOf({ changes, published, dryRun }, warnings, reading))
    const followed = dryRun ? [] : await follow(context, offerDeps({ config, storage, clock }, clients), marks, options)
    if (json) print(context, true, options.wait ? { ...told, followed } : told, () => [])
    endWith(context, followed, json)
  })
}

const keysOf = ({ tenants }: SetupFile): readonly PublicationKey[] =>
  tenants.flatMap(({ id: tenantId, products }) =>
    products.flatMap(({ offers }) => offers.flatMap(({ id: offerId, publish }) => (publish === undefined ? [] : [{ tenantId, offerId }]))),
  )

type ReadSetup = Extract<SetupReading, { ok: true }>

interface Told {
  readonly changes: readonly Change[]
  readonly published: readonly WantedOfFile[]
  readonly dryRun: boolean
}

const linesOf = ({ changes, published, dryRun }: Told, warnings: readonly SetupFault[], { lineOf }: ReadSetup) => [
  ...changes.flatMap(describeChange),
  summaryOf(changes.length, dryRun),
  ...published.map((one) => wantedInWords(one, dryRun)),
  ...warnings.map((warning) => `warning: ${describeFault({ ...warning, line: lineOf(warning.path) })}`),
]

/** `env:` reads this process's environment; `file:` a file relative to the set-up file. */
function readSetupFile({ env }: CliContext, file: string): SetupReading {
  const readBytes = (path: string): Uint8Array => readFileSync(resolve(dirname(file), path))
  const readFile = (path: string): string => readFileSync(resolve(dirname(file), path), 'utf8')
  return readSetup(textOf(file), { env, readFile, readBytes })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new CommandFailure(`${file} cannot be read (${reason})`)
  }
}

function fail(context: CliContext, file: string, faults: readonly PlacedFault[], json: boolean | undefined): never {
  if (json) print(context, true, { faults: faults.map((fault) => ({ ...written(fault), line: fault.line })) }, () => [])
  const lines = faults.map((fault) => `  ${describeFault(fault)}`)
  throw new CommandFailure(
    [`${file} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}; nothing was changed:`, ...lines].join('\n'),
  )
}

const written = ({ path, message }: SetupFault) => ({ path: pathText(path), message })

const summaryOf = (count: number, dryRun: boolean): string => {
  if (count === 0) return 'Nothing to change.'
  const changes = count === 1 ? '1 change' : `${count} changes`
  return dryRun ? `${changes} to make; nothing was changed (dry run).` : `${changes} made.`
}

const wantedInWords = ({ tenantId, offerId, target, changed }: WantedOfFile, dryRun: boolean): string => {
  if (!changed) return `Offer ${offerId} is wanted at ${target} already.`
  const whole = target === 'live' ? ' The file agrees that buyers see it, which cannot be undone.' : ''
  return dryRun
    ? `Offer ${offerId} would go to ${target}.${whole}`
    : `Offer ${offerId} goes to ${target} as soon as the bridge runs.${whole} bridge offer status ${tenantId} ${offerId}`
}
