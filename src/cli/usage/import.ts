/** `bridge usage import`: events of an application from a CSV file. It may be broken off and run again: keys make repeats harmless. */
import { createReadStream } from 'node:fs'
import type { Command } from 'commander'
import type { TenantId } from '../../kit/ids.ts'
import { readTable, type TableEvent, takeEvents } from '../../usage/index.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from '../context.ts'
import { plain } from '../table.ts'
import { knownTenant } from './tenant.ts'

interface ImportOptions {
  readonly tenant: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

interface NotTaken {
  readonly line: number
  readonly key: string | null
  readonly code: string
  readonly message: string
}

interface Imported {
  readonly dryRun: boolean
  readonly taken: number
  readonly held: number
  readonly repeated: number
  readonly refused: readonly NotTaken[]
}

export function addImport(usage: Command, context: CliContext): void {
  usage
    .command('import')
    .description('take in events of an application from a CSV file (docs/usage.md); safe to run again')
    .argument('<file>', 'columns key,subscriptionId,dimension,quantity,consumedAt')
    .requiredOption('--tenant <tenant>', 'whose subscriptions they are about')
    .option('--dry-run', 'keep nothing; only tell what would become of each')
    .option('--json', 'print JSON')
    .action((file: string, options: ImportOptions) => importFile(context, file, options))
}

async function importFile(context: CliContext, file: string, { tenant, dryRun = false, json }: ImportOptions): Promise<void> {
  const imported = await withBridge(context, async (bridge) => takeAll(bridge, context, file, await knownTenant(bridge.db, tenant), dryRun))
  print(context, json, imported, () => inWords(imported))
  if (imported.refused.length > 0) throw new CommandFailure(`${imported.refused.length} lines were not taken in.`, exitCodes.failed)
}

async function takeAll({ db }: Bridge, { clock }: CliContext, file: string, tenantId: TenantId, dryRun: boolean): Promise<Imported> {
  let counts = { taken: 0, held: 0, repeated: 0 }
  const refused: NotTaken[] = []
  for await (const part of readTable(textOf(file))) {
    const intake = { tenantId, source: 'api', now: clock.now(), dryRun } as const
    const answers = await takeEvents(
      db,
      intake,
      part.map(({ told }) => told),
    )
    for (const [n, answer] of answers.entries()) {
      if (answer.outcome === 'refused' || answer.outcome === 'conflict') refused.push(notTaken(part[n], answer))
      else if ('repeated' in answer && answer.repeated) counts = { ...counts, repeated: counts.repeated + 1 }
      else if (answer.outcome === 'held') counts = { ...counts, held: counts.held + 1 }
      else counts = { ...counts, taken: counts.taken + 1 }
    }
  }
  return { dryRun, ...counts, refused }
}

async function* textOf(file: string): AsyncGenerator<string> {
  try {
    for await (const part of createReadStream(file, 'utf8')) yield String(part)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw missing ? new CommandFailure(`There is no file ${file}.`, exitCodes.usage) : error
  }
}

const notTaken = (event: TableEvent | undefined, { key, code, message }: Omit<NotTaken, 'line'>): NotTaken => ({
  ...{ line: event?.line ?? 0, key, code, message },
})

const inWords = ({ dryRun, taken, held, repeated, refused }: Imported): readonly string[] => [
  ...(dryRun ? ['Nothing was kept; this would happen:'] : []),
  `${taken} taken in, ${held} held for an operator, ${repeated} known before, ${refused.length} refused.`,
  ...refused.map(({ line, key, code, message }) => plain(`line ${line}${key === null ? '' : ` (${key})`}: ${message} (${code})`)),
]
