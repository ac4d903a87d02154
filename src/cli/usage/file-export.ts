/** `bridge usage file export`: what an application told, as a usage file for the vendor to upload in Connect. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { productId } from '../../kit/ids.ts'
import { exportPeriod, externalIdOf, usageFileOf, type WhyLeftOut } from '../../usage/index.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from '../context.ts'
import { knownTenant } from './tenant.ts'

interface ExportOptions {
  readonly test?: boolean
  readonly json?: boolean
}

export function addFileExport(group: Command, context: CliContext): void {
  group
    .command('export')
    .description('what an application told, as a usage file the vendor can upload; it is closed without billing again when it comes back')
    .argument('<tenant>')
    .argument('<product>', 'its id in Connect')
    .argument('<period>', 'a month such as 2030-01, or a day such as 2030-01-31, in UTC')
    .argument('<file>', 'the spreadsheet to write (.xlsx)')
    .option('--test', 'usage of test purchases instead')
    .option('--json', 'print JSON')
    .action((tenant: string, product: string, period: string, file: string, options: ExportOptions) =>
      exportFile(context, [tenant, product, period, file], options),
    )
}

async function exportFile(
  context: CliContext,
  [tenant, product, periodText, path]: readonly [string, string, string, string],
  { test, json }: ExportOptions,
): Promise<void> {
  const period = exportPeriod(periodText)
  if (!period) throw new CommandFailure('<period>: expected a month such as 2030-01, or a day such as 2030-01-31', exitCodes.usage)
  const written = await withBridge(context, async ({ db, operator }) => {
    const tenantId = await knownTenant(db, tenant)
    const wanted = { tenantId, productId: productId.parse(product), period, environment: test ? 'test' : 'production' } as const
    const { connect } = await operator.clientsFor(tenantId)
    const { bytes, count } = await usageFileOf(db, connect, wanted)
    await pipeline(bytes, createWriteStream(path))
    return { file: path, externalId: externalIdOf(wanted), period, rows: count.rows, leftOut: Object.fromEntries(count.leftOut) }
  })
  print(context, json, written, () => [
    `${written.rows} records of ${period.from} to ${period.to} are in ${path}.`,
    ...Object.entries(written.leftOut).map(([why, records]) => `${records} are not: ${WORDS[why] ?? why}.`),
    `In Connect, make a usage file of that period with the external id ${written.externalId}, upload it there and submit it:`,
    'it is recognized by that id, and each record is closed with what its event was billed by.',
  ])
}

const WORDS: Readonly<Record<string, string>> = {
  noItem: 'no item of Connect is mapped to their dimension',
  tooFine: 'they have more decimals than the item counts in',
  noAsset: 'their subscription has no asset in Connect',
} satisfies Record<WhyLeftOut, string>
