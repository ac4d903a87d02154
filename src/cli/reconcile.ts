import type { Command } from 'commander'
import { AppError } from '../kit/errors/index.ts'
import { type TenantId, tenantId } from '../kit/ids.ts'
import { hours, plus } from '../kit/time.ts'
import { confirmTenant, releaseTenant } from '../subscriptions/index.ts'
import { getTenant } from '../tenants/index.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'

export function addReconcile(program: Command, context: CliContext): void {
  const reconcile = program.command('reconcile').description('all subscriptions of a tenant: Microsoft against Connect against our records')
  reconcile
    .command('confirm')
    .description('the tenant’s first comparison has been seen: what was sold before this bridge is kept in step from now on')
    .argument('<tenant>')
    .option('--by <name>', 'who says so', 'operator')
    .option('--json', 'print JSON')
    .action((tenant: string, options: { readonly by: string; readonly json?: boolean }) => confirm(context, tenant, options))
  reconcile
    .command('release')
    .description('cancels and suspends that were paused, and those of the next hours, may go on')
    .argument('<tenant>')
    .option('--hours <number>', 'for so long nothing is counted, 1 to 24', '1')
    .option('--json', 'print JSON')
    .action((tenant: string, options: { readonly hours: string; readonly json?: boolean }) => release(context, tenant, options))
}

interface Confirmation {
  readonly by: string
  readonly json?: boolean
}

async function confirm(context: CliContext, text: string, { by, json }: Confirmation): Promise<void> {
  const isFirst = await withBridge(context, async (bridge) =>
    confirmTenant(bridge.db, await knownTenant(bridge, text), by, context.clock.now()),
  )
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

async function knownTenant({ db }: Bridge, text: string): Promise<TenantId> {
  const read = tenantId.safeParse(text)
  if (!read.success || !(await getTenant(db, read.data))) throw new AppError('ERR_TENANT_NOT_FOUND')
  return read.data
}
