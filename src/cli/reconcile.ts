import type { Command } from 'commander'
import { AppError } from '../kit/errors/index.ts'
import { assetId, productId, subscriptionId, type TenantId, tenantId } from '../kit/ids.ts'
import { hours, plus } from '../kit/time.ts'
import { openSubscriptions } from '../main/subscriptions.ts'
import {
  acceptMatch,
  confirmTenant,
  findSubscription,
  hasCompleteRun,
  lastRun,
  type MatchPreview,
  matchRefusalWords,
  previewMatch,
  type ReconcileDeps,
  reconcile,
  releaseTenant,
  type SubscriptionKey,
  withdrawMatch,
} from '../subscriptions/index.ts'
import { getTenant } from '../tenants/index.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { printReport, type ReportForm } from './reconcile-report.ts'

interface RunOptions extends ReportForm {
  readonly dryRun?: boolean
  readonly product?: string
}

export function addReconcile(program: Command, context: CliContext): void {
  const group = program.command('reconcile').description('all subscriptions of a tenant: Microsoft against Connect against our records')
  group
    .command('run')
    .description('compare now, and print the report; what does not agree is looked at')
    .argument('<tenant>')
    .option('--dry-run', 'change nothing and have nothing looked at; only tell')
    .option('--product <product>', 'only this product and its offers')
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .action((tenant: string, options: RunOptions) => run(context, tenant, options))
  group
    .command('report')
    .description('the newest report')
    .argument('<tenant>')
    .option('--product <product>', 'the newest of this product alone')
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .action((tenant: string, options: RunOptions) => report(context, tenant, options))
  addMatching(group, context)
  addBrakes(group, context)
}

function addMatching(group: Command, context: CliContext): void {
  group
    .command('match')
    .description('say which asset is that of a subscription sold before this bridge; without --yes only a preview')
    .argument('<subscription>')
    .argument('<asset>')
    .option('--yes', 'do it')
    .option('--by <name>', 'who says so', 'operator')
    .option('--json', 'print JSON')
    .action((subscription: string, asset: string, options: MatchOptions) => match(context, subscription, asset, options))
  group
    .command('unmatch')
    .description('take such a match back: the asset is looked for by the subscription’s own id again')
    .argument('<subscription>')
    .option('--by <name>', 'who says so', 'operator')
    .action((subscription: string, options: { readonly by: string }) => unmatch(context, subscription, options.by))
}

function addBrakes(group: Command, context: CliContext): void {
  group
    .command('confirm')
    .description('the tenant’s first comparison has been seen: what was sold before this bridge is kept in step from now on')
    .argument('<tenant>')
    .option('--by <name>', 'who says so', 'operator')
    .option('--json', 'print JSON')
    .action((tenant: string, options: Confirmation) => confirm(context, tenant, options))
  group
    .command('release')
    .description('cancels and suspends that were paused, and those of the next hours, may go on')
    .argument('<tenant>')
    .option('--hours <number>', 'for so long nothing is counted, 1 to 24', '1')
    .option('--json', 'print JSON')
    .action((tenant: string, options: Release) => release(context, tenant, options))
}

async function run(context: CliContext, text: string, { dryRun = false, product, ...form }: RunOptions): Promise<void> {
  refuseTwoForms(form)
  const asked = product === undefined ? undefined : productId.parse(product)
  await withSubscriptions(context, async (bridge, deps) => {
    const tenant = await knownTenant(bridge, text)
    const ended = await reconcile(deps, { tenantId: tenant, by: 'operator', dryRun, productId: asked }, new AbortController().signal)
    await printReport(context, bridge.db, ended, form)
  })
}

async function report(context: CliContext, text: string, { product, ...form }: RunOptions): Promise<void> {
  refuseTwoForms(form)
  await withBridge(context, async (bridge) => {
    const found = await lastRun(bridge.db, await knownTenant(bridge, text), { productId: product })
    if (!found) throw new AppError('ERR_RECONCILE_NOT_RUN')
    await printReport(context, bridge.db, found, form)
  })
}

function refuseTwoForms({ json, csv }: ReportForm): void {
  if (json && csv) throw new CommandFailure('--json or --csv, not both', exitCodes.usage)
}

interface MatchOptions {
  readonly yes?: boolean
  readonly by: string
  readonly json?: boolean
}

async function match(context: CliContext, subscription: string, asset: string, { yes = false, by, json }: MatchOptions): Promise<void> {
  const id = assetId.parse(asset)
  const preview = await withSubscriptions(context, async (bridge, deps) => {
    const key = await knownSubscription(bridge, subscription)
    const seen = await previewMatch(deps, key, id)
    if (yes && !seen.refusal) await acceptMatch(deps, key, id, by)
    return seen
  })
  print(
    context,
    json,
    { asset: id, refusal: preview.refusal ?? null, differences: preview.differences, done: yes && !preview.refusal },
    () => describeMatch(preview, id, yes),
  )
  if (preview.refusal) throw new CommandFailure('Nothing was changed.')
}

const describeMatch = ({ subscription: one, asset, refusal, differences }: MatchPreview, id: string, yes: boolean): readonly string[] => [
  `${one.subscriptionId}  ${one.offerId} / ${one.planId}${one.quantity === undefined ? '' : `, ${one.quantity} seats`}, ${one.microsoft.status} at Microsoft`,
  `${id}  ${asset ? `${asset.status} in Connect, external id ${asset.externalId ?? 'none'}` : 'not found in Connect'}`,
  ...(refusal
    ? [matchRefusalWords[refusal]]
    : differences.length === 0
      ? ['They agree.']
      : ['They differ:', ...differences.map((one) => `  ${one}`)]),
  ...(refusal ? [] : [yes ? 'Matched. The subscription is looked at now.' : 'Nothing was changed. Repeat with --yes to match them.']),
]

async function unmatch(context: CliContext, subscription: string, by: string): Promise<void> {
  await withBridge(context, async (bridge) =>
    withdrawMatch({ db: bridge.db, clock: context.clock }, await knownSubscription(bridge, subscription), by),
  )
  context.out('Taken back. The subscription is looked at now.\n')
}

interface Confirmation {
  readonly by: string
  readonly json?: boolean
}

async function confirm(context: CliContext, text: string, { by, json }: Confirmation): Promise<void> {
  const isFirst = await withBridge(context, async (bridge) => {
    const tenant = await knownTenant(bridge, text)
    if (!(await hasCompleteRun(bridge.db, tenant))) throw new AppError('ERR_RECONCILE_NOT_RUN')
    return confirmTenant(bridge.db, tenant, by, context.clock.now())
  })
  print(context, json, { confirmed: isFirst }, () => [
    isFirst ? 'Confirmed. Subscriptions that waited for it are looked at now.' : 'It was confirmed before; nothing has changed.',
  ])
}

interface Release {
  readonly hours: string
  readonly json?: boolean
}

async function release(context: CliContext, text: string, options: Release): Promise<void> {
  const length = Number(options.hours)
  if (!(Number.isInteger(length) && length >= 1 && length <= 24)) throw new CommandFailure('--hours: expected 1 to 24', exitCodes.usage)
  const now = context.clock.now()
  const until = plus(now, hours(length))
  const pausedSince = await withBridge(context, async (bridge) => releaseTenant(bridge.db, await knownTenant(bridge, text), until, now))
  print(context, options.json, { pausedSince: pausedSince ?? null, releasedUntil: until }, () => [
    pausedSince ? `Paused since ${pausedSince.toISOString()}; what waited is looked at now.` : 'Nothing was paused.',
    `Cancels and suspends are not counted until ${until.toISOString()}.`,
  ])
}

/** With clients of both outside systems. */
const withSubscriptions = <T>(context: CliContext, work: (bridge: Bridge, deps: ReconcileDeps) => Promise<T>): Promise<T> =>
  withBridge(context, async (bridge) => {
    const opened = openSubscriptions({ ...bridge, storage: bridge, clock: context.clock })
    try {
      return await work(bridge, { ...opened.subscriptions, db: bridge.db })
    } finally {
      await opened.close()
    }
  })

async function knownTenant({ db }: Bridge, text: string): Promise<TenantId> {
  const read = tenantId.safeParse(text)
  if (!read.success || !(await getTenant(db, read.data))) throw new AppError('ERR_TENANT_NOT_FOUND')
  return read.data
}

async function knownSubscription({ db }: Bridge, text: string): Promise<SubscriptionKey> {
  const read = subscriptionId.safeParse(text)
  const found = read.success ? await findSubscription(db, read.data) : undefined
  if (!found) throw new AppError('ERR_SUBSCRIPTION_NOT_FOUND')
  return { tenantId: found.tenantId, subscriptionId: found.subscriptionId }
}
