/** `bridge usage export`, `read-back` and `risk`: the proof, the comparison with Microsoft, and what is at stake. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { productId, subscriptionId } from '../../kit/ids.ts'
import { type Instant, instant } from '../../kit/time.ts'
import { readBackView, riskView } from '../../operator/index.ts'
import { amountsInWords, asCsv, asJson, listReadBack, readRisk, traceUsage } from '../../usage/index.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from '../context.ts'
import { table } from '../table.ts'
import { knownTenant, tenantsOf } from './tenant.ts'

interface ExportOptions {
  readonly tenant: string
  readonly product?: string
  readonly subscription?: string
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
  readonly out?: string
}

interface Options {
  readonly tenant?: string
  readonly json?: boolean
}

export function addProof(usage: Command, context: CliContext): void {
  usage
    .command('export')
    .description('every record with its hour, its shares of the meters and Microsoft’s usage event, as CSV or JSON')
    .requiredOption('--tenant <tenant>', 'whose')
    .option('--product <product>', 'only of this product')
    .option('--subscription <subscription>', 'only of this subscription')
    .option('--from <time>', 'consumed at or after it, e.g. 2030-01-01T00:00Z')
    .option('--to <time>', 'consumed before it')
    .option('--json', 'JSON instead of CSV')
    .option('--out <file>', 'into this file instead of standard output')
    .action((options: ExportOptions) => exportAll(context, options))
  usage
    .command('read-back')
    .description('the last daily comparison with Microsoft’s own sums')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--json', 'print JSON')
    .action((options: Options) => readBack(context, options))
  usage
    .command('risk')
    .description('what Microsoft has not accepted yet, by how long it still takes it, with its price')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--json', 'print JSON')
    .action((options: Options) => risk(context, options))
}

async function exportAll(context: CliContext, { tenant, product, subscription, from, to, json, out }: ExportOptions): Promise<void> {
  const filter = {
    productId: product === undefined ? undefined : productId.parse(product),
    subscriptionId: subscription === undefined ? undefined : subscriptionId.parse(subscription),
    ...{ from: momentOf(from, '--from'), to: momentOf(to, '--to') },
  }
  await withBridge(context, async ({ db }) => {
    const records = traceUsage(db, { ...filter, tenantId: await knownTenant(db, tenant) })
    const parts = json ? asJson(records) : asCsv(records)
    if (out !== undefined) return pipeline(Readable.from(parts, { objectMode: false }), createWriteStream(out))
    for await (const part of parts) context.out(part)
  })
}

function momentOf(text: string | undefined, option: string): Instant | undefined {
  try {
    return text === undefined ? undefined : instant(text)
  } catch {
    throw new CommandFailure(`${option}: expected a time like 2030-01-31T08:00Z`, exitCodes.usage)
  }
}

async function readBack(context: CliContext, { tenant, json }: Options): Promise<void> {
  const found = await withBridge(context, async ({ db }) => {
    const tenants = await tenantsOf(db, tenant)
    return (
      await Promise.all(tenants.map(async (id) => (await listReadBack(db, id)).map((one) => ({ tenantId: id, ...readBackView(one) }))))
    ).flat()
  })
  print(context, json, found, () =>
    found.length === 0
      ? ['Nothing was compared yet: it is done every morning at 06:00 UTC.']
      : table(
          ['DAY', 'TENANT', 'SUBSCRIPTION', 'DIMENSION', 'STANDING', 'OURS', 'AT MICROSOFT', 'BILLED', 'MICROSOFT SAYS'],
          found.map((one) => [
            ...[one.day, one.tenantId, one.subscriptionId, one.dimension, one.standing, one.ours],
            ...[one.submitted ?? '-', one.processed ?? '-', one.words.join(', ') || '-'],
          ]),
        ),
  )
}

async function risk(context: CliContext, { tenant, json }: Options): Promise<void> {
  const now = context.clock.now()
  const found = await withBridge(context, async ({ db }) => {
    const tenants = await tenantsOf(db, tenant)
    return Promise.all(tenants.map(async (id) => ({ tenantId: id, risks: await readRisk(db, id, now) })))
  })
  const views = found.flatMap(({ tenantId, risks }) => risks.map((one) => ({ tenantId, ...riskView(one) })))
  print(context, json, views, () => [
    ...table(
      ['HOURS LEFT', 'TENANT', 'PRODUCT', 'DIMENSION', 'HOURS', 'OF THEM OPEN', 'QUANTITY', 'AMOUNT'],
      views.map((one) => [
        ...[String(one.hoursLeft), one.tenantId, one.productId, one.dimension, String(one.slots), String(one.open), one.quantity],
        one.amount === null ? '-' : `${one.amount} ${one.currency ?? ''}`.trim(),
      ]),
    ),
    ...found.flatMap(({ tenantId, risks }) =>
      risks.length === 0 ? [] : [`${tenantId}: ${amountsInWords(risks).join(', ')} not accepted yet.`],
    ),
  ])
}
