/** `bridge api-key`: keys of the REST API. */
import type { Command } from 'commander'
import { type ApiKey, createApiKey, isScope, listApiKeys, revokeApiKey, type Scope, scopes } from '../identity/index.ts'
import { AppError } from '../kit/errors/index.ts'
import { type TenantId, tenantId } from '../kit/ids.ts'
import { type Instant, plus } from '../kit/time.ts'
import { nameOf } from '../operator/index.ts'
import { getTenant } from '../tenants/index.ts'
import { time } from './attention-words.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { readDuration } from './duration.ts'
import { operatorOf } from './operator.ts'
import { table } from './table.ts'

interface CreateOptions {
  readonly tenant: string
  readonly name: string
  readonly scopes: string
  readonly expiresIn?: string
  readonly as?: string
  readonly json?: boolean
}

interface Options {
  readonly as?: string
  readonly json?: boolean
}

export function addApiKey(program: Command, context: CliContext): void {
  const apiKey = program.command('api-key').description('keys of the REST API (docs/api.md), each of one tenant')
  apiKey
    .command('create')
    .description('make a key; it is shown once and never again')
    .requiredOption('--tenant <tenant>', 'whose it is')
    .requiredOption('--name <name>', 'what it is for; stands in timelines')
    .option('--scopes <scopes>', `what it may do, some of ${scopes.join(',')}`, 'read')
    .option('--expires-in <length>', 'no longer valid after so long, e.g. 90d; without it, until it is revoked')
    .option('--as <name>', 'who makes it; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((options: CreateOptions) => create(context, options))
  apiKey
    .command('list')
    .description('keys of a tenant, without their secrets')
    .requiredOption('--tenant <tenant>', 'whose')
    .option('--json', 'print JSON')
    .action((options: Options & { readonly tenant: string }) => list(context, options))
  apiKey
    .command('revoke')
    .description('end a key, at once')
    .argument('<key>', 'its id, as list shows it')
    .option('--as <name>', 'who revokes it; default: the account of this terminal')
    .option('--json', 'print JSON')
    .action((id: string, options: Options) => revoke(context, id, options))
}

async function create(context: CliContext, options: CreateOptions): Promise<void> {
  const wanted = scopesOf(options.scopes)
  const expiresAt = expiryOf(options.expiresIn, context.clock.now())
  const name = options.name.trim()
  if (name === '' || name.length > 100) throw usage('--name: expected 1 to 100 characters')
  const made = await withBridge(context, async (bridge) => {
    const tenant = await tenantOf(bridge, options.tenant)
    const by = nameOf(operatorOf(context, options))
    return createApiKey(bridge.db, { tenantId: tenant, name, scopes: wanted, expiresAt, by }, context.clock.now())
  })
  print(context, options.json, { ...view(made.key), key: made.text }, () => [
    made.text,
    `Keep it now: it is not shown again. Its id is ${made.key.id}; it may ${made.key.scopes.join(', ')}${expiresAt ? ` until ${time(expiresAt)}` : ''}.`,
  ])
}

function scopesOf(text: string): readonly Scope[] {
  const wanted = text.split(',').map((one) => one.trim())
  const known = wanted.filter(isScope)
  if (known.length !== wanted.length) throw usage(`--scopes: expected some of ${scopes.join(', ')}, with commas between`)
  return known
}

function expiryOf(text: string | undefined, now: Instant): Instant | undefined {
  if (text === undefined) return undefined
  const length = readDuration(text)
  if (length === undefined) throw usage('--expires-in: expected a length of time like 90d')
  return plus(now, length)
}

const usage = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage)

async function tenantOf({ db }: Bridge, text: string): Promise<TenantId> {
  const read = tenantId.safeParse(text)
  if (!read.success || !(await getTenant(db, read.data))) throw new AppError('ERR_TENANT_NOT_FOUND')
  return read.data
}

async function list(context: CliContext, options: Options & { readonly tenant: string }): Promise<void> {
  const now = context.clock.now()
  const keys = await withBridge(context, async (bridge) => listApiKeys(bridge.db, await tenantOf(bridge, options.tenant)))
  print(context, options.json, keys.map(view), () =>
    keys.length === 0
      ? ['No API keys.']
      : table(
          ['KEY', 'NAME', 'SCOPES', 'CREATED', 'EXPIRES', 'LAST USED', 'STATE'],
          keys.map((key) => row(key, now)),
        ),
  )
}

const row = (key: ApiKey, now: Instant): readonly string[] => [
  ...[key.id, key.name, key.scopes.join(',')],
  `${time(key.createdAt)} by ${key.createdBy}`,
  key.expiresAt ? time(key.expiresAt) : '-',
  key.lastUsedAt ? time(key.lastUsedAt) : 'never',
  stateOf(key, now),
]

function stateOf({ revoked, expiresAt }: ApiKey, now: Instant): string {
  if (revoked) return `revoked ${time(revoked.at)} by ${revoked.by}`
  return expiresAt && expiresAt.getTime() <= now.getTime() ? 'expired' : 'valid'
}

async function revoke(context: CliContext, id: string, options: Options): Promise<void> {
  const by = nameOf(operatorOf(context, options))
  const key = await withBridge(context, ({ db }) => revokeApiKey(db, id, by, context.clock.now()))
  print(context, options.json, view(key), () => [`The key ${key.id} (${key.name}) is not valid any more.`])
}

const view = (key: ApiKey) => ({
  ...key,
  expiresAt: key.expiresAt ?? null,
  lastUsedAt: key.lastUsedAt ?? null,
  revoked: key.revoked ?? null,
})
