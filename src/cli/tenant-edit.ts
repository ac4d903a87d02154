/** `bridge tenant create`, `edit`, `archive`, `restore`. */
import type { Command } from 'commander'
import { z } from 'zod'
import { isSafeToCall } from '../kit/loopback.ts'
import { listSubscriptions } from '../subscriptions/index.ts'
import { createTenant, editTenant, type Tenant, type TenantEdit } from '../tenants/index.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { newTenantId, tenantNamed, wrongUsage } from './parse.ts'
import { plain } from './table.ts'
import { wakeWhatWaited } from './wake-after.ts'

interface Options {
  readonly name?: string
  readonly connectApiUrl?: string
  readonly json?: boolean
  readonly yes?: boolean
}

export function addTenantEdits(tenant: Command, context: CliContext): void {
  tenant
    .command('create')
    .description('a new publisher, without credentials and products yet')
    .argument('<tenant>', 'its short id: part of the URLs in Partner Center, for ever')
    .requiredOption('--name <name>', 'for people')
    .option('--connect-api-url <url>', 'Connect’s API for this tenant, up to and including /public/v1')
    .option('--json', 'print JSON')
    .action((id: string, options: Options) => create(context, id, options))
  tenant
    .command('edit')
    .description('change a publisher’s name or its Connect address')
    .argument('<tenant>')
    .option('--name <name>', 'for people')
    .option('--connect-api-url <url>', 'Connect’s API for this tenant; "default" for the installation’s')
    .option('--json', 'print JSON')
    .action((id: string, options: Options) => edit(context, id, options))
  tenant
    .command('archive')
    .description('take a publisher out of sale here; its subscriptions go on')
    .argument('<tenant>')
    .option('--yes', 'go on without asking')
    .option('--json', 'print JSON')
    .action((id: string, options: Options) => archive(context, id, options))
  tenant
    .command('restore')
    .description('take a publisher out of the archive')
    .argument('<tenant>')
    .option('--json', 'print JSON')
    .action((id: string, { json }: Options) => change(context, id, { status: 'active' }, json))
}

async function create(context: CliContext, id: string, { name = '', connectApiUrl, json }: Options): Promise<void> {
  const tenantId = newTenantId(id)
  const wanted = { id: tenantId, name: nameFrom(name), connectApiUrl: connectApiUrl === undefined ? undefined : addressFrom(connectApiUrl) }
  const made = await withBridge(context, ({ db }) =>
    createTenant({ db, clock: context.clock, onChange: wakeWhatWaited(context.clock) }, wanted),
  )
  print(context, json, view(made), () => [
    `Made: ${made.id}, ${plain(made.name)}.`,
    `Next: bridge credential set ${made.id} connect, then microsoft and signIn.`,
  ])
}

async function edit(context: CliContext, id: string, { name, connectApiUrl, json }: Options): Promise<void> {
  if (name === undefined && connectApiUrl === undefined) throw wrongUsage('nothing to change: --name or --connect-api-url')
  const address = connectApiUrl === undefined ? undefined : connectApiUrl === 'default' ? null : addressFrom(connectApiUrl)
  await change(context, id, { name: name === undefined ? undefined : nameFrom(name), connectApiUrl: address }, json)
}

async function archive(context: CliContext, id: string, { yes, json }: Options): Promise<void> {
  const alive = await withBridge(context, async ({ db }) => {
    const tenant = await tenantNamed(db, id)
    const all = await listSubscriptions(db, { tenantId: tenant.id, limit: MOST })
    return all.filter(({ microsoft }) => microsoft.status !== 'Unsubscribed').length
  })
  if (!json) print(context, false, undefined, () => ['This will happen:', ...archiveEffect(id, alive).map((line) => `  ${line}`)])
  const wanted = yes || (context.ask && !json && (await context.ask('Go on?')))
  if (!wanted) throw new CommandFailure('Nothing was done. To go on: --yes', exitCodes.previewed)
  await change(context, id, { status: 'archived' }, json)
}

const MOST = 1000

const archiveEffect = (id: string, alive: number): readonly string[] => [
  `New purchases of ${id} count as not mapped: an operator is asked about each.`,
  alive === 0
    ? 'It has no subscription that is alive.'
    : `${alive === MOST ? `${MOST} or more` : alive} of its subscriptions are alive: they go on.`,
  'Its offers stay on sale at Microsoft until they are taken off there.',
]

async function change(context: CliContext, id: string, wanted: TenantEdit, json: boolean | undefined): Promise<void> {
  const after = await withBridge(context, async ({ db }) => {
    const tenant = await tenantNamed(db, id)
    return editTenant({ db, clock: context.clock, onChange: wakeWhatWaited(context.clock) }, tenant.id, wanted)
  })
  print(context, json, view(after), () => [
    `${after.id}  ${plain(after.name)}  (${after.status})${after.connectApiUrl === undefined ? '' : `, Connect API ${after.connectApiUrl}`}`,
  ])
}

const view = (tenant: Tenant) => ({ ...tenant, connectApiUrl: tenant.connectApiUrl ?? null })

function nameFrom(text: string): string {
  const read = z.string().trim().min(1).max(255).safeParse(text)
  if (!read.success) throw wrongUsage('--name: expected 1 to 255 characters')
  return read.data
}

function addressFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plainUrl = url && isSafeToCall(url) && !url.username && !url.password && !url.search && !url.hash
  if (!plainUrl)
    throw wrongUsage('--connect-api-url: expected an https address without user, query or fragment (plain http on this machine only)')
  return url.href.replace(/\/+$/, '')
}
