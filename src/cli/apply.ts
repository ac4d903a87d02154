import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Tx } from '../database/index.ts'
import { publishWanted, type WantedOfFile } from '../operator/index.ts'
import {
  applySetup,
  describeChange,
  describeFault,
  type PlacedFault,
  pathText,
  readSetup,
  type SetupFault,
  type SetupReading,
} from '../tenants/index.ts'
import { type CliContext, CommandFailure, print, withBridge } from './context.ts'
import { operatorOf } from './operator.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly dryRun?: boolean
  readonly json?: boolean
}

export function addApply(program: Command, context: CliContext): void {
  program
    .command('apply')
    .description('create or update tenants, credentials, products, offers and plan maps from a set-up file (docs/setup-file.md)')
    .argument('<file>', 'YAML or JSON')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'print JSON')
    .action((file: string, options: Options) => apply(context, file, options))
}

async function apply(context: CliContext, file: string, { dryRun = false, json }: Options): Promise<void> {
  const reading = readSetupFile(context, file)
  if (!reading.ok) return fail(context, file, reading.faults, json)
  const { clock } = context
  let published: readonly WantedOfFile[] = []
  const afterwards = async (tx: Tx) => {
    published = await publishWanted(tx, reading.setup, { by: operatorOf(context, {}), clock, dryRun })
  }
  const outcome = await withBridge(context, ({ db, keyring }) =>
    applySetup(reading.setup, { db, keyring, clock, dryRun, onChange: wakeWhatWaited(clock), afterwards }),
  )
  if (!outcome.ok) {
    const faults = outcome.faults.map((fault) => ({ ...fault, line: reading.lineOf(fault.path) }))
    return fail(context, file, faults, json)
  }
  const { changes, warnings } = outcome
  print(context, json, { dryRun, changes, published, warnings: warnings.map(written) }, () => [
    ...changes.flatMap(describeChange),
    summaryOf(changes.length, dryRun),
    ...published.map(wantedInWords),
    ...warnings.map((warning) => `warning: ${describeFault({ ...warning, line: reading.lineOf(warning.path) })}`),
  ])
}

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

const wantedInWords = ({ tenantId, offerId, target, changed }: WantedOfFile): string =>
  changed
    ? `Offer ${offerId} goes to ${target} as soon as the bridge runs: bridge offer status ${tenantId} ${offerId}`
    : `Offer ${offerId} is wanted at ${target} already.`
