import type { Command } from 'commander'
import { AppError } from '../kit/errors/index.ts'
import { tenantId } from '../kit/ids.ts'
import { tenantRecord } from '../operator/index.ts'
import type { ConnectHealth, WebhookHealth } from '../subscriptions/index.ts'
import { type CredentialOverview, type ProductOverview, type TenantOverview, tenantOverviews } from '../tenants/index.ts'
import { type CliContext, print, withBridge } from './context.ts'
import { checkLines } from './credential-words.ts'
import { plain, table } from './table.ts'
import { addTenantEdits } from './tenant-edit.ts'

interface Options {
  readonly json?: boolean
}

export function addTenant(program: Command, context: CliContext): void {
  const tenant = program.command('tenant').description('publishers served by this installation')
  addTenantEdits(tenant, context)
  tenant
    .command('list')
    .description('all tenants')
    .option('--json', 'print JSON')
    .action((options: Options) => list(context, options))
  tenant
    .command('show')
    .description('one tenant with its credentials (never their secrets), products, offers and plan maps')
    .argument('<tenant>')
    .option('--json', 'print JSON')
    .action((id: string, options: Options) => show(context, id, options))
}

async function list(context: CliContext, { json }: Options): Promise<void> {
  const tenants = await withBridge(context, ({ db, config }) => tenantOverviews(db, config.publicUrl, context.clock.now()))
  const row = ({ id, name, status, credentials, products }: TenantOverview) => [
    id,
    name,
    status,
    credentialsInWords(credentials) || '-',
    String(products.length),
  ]
  print(context, json, tenants, () =>
    tenants.length === 0
      ? ['No tenants yet. Describe them in a file (docs/setup-file.md) and run: bridge apply FILE']
      : table(['TENANT', 'NAME', 'STATUS', 'CREDENTIALS', 'PRODUCTS'], tenants.map(row)),
  )
}

/** Each kind once, with what is wrong about it. */
const credentialsInWords = (credentials: TenantOverview['credentials']): string =>
  [...new Set(credentials.map(({ kind }) => kind))]
    .map((kind) => {
      const troubles = credentials.filter((one) => one.kind === kind && one.state !== 'active').map(({ state }) => state)
      return troubles.length === 0 ? kind : `${kind} (${[...new Set(troubles)].join(', ')})`
    })
    .join(' ')

async function show(context: CliContext, id: string, { json }: Options): Promise<void> {
  const asked = tenantId.safeParse(id)
  const found = asked.success
    ? await withBridge(context, ({ config, operator }) => tenantRecord(operator, asked.data, config.publicUrl))
    : undefined
  if (!found) throw new AppError('ERR_TENANT_NOT_FOUND')
  print(context, json, found, () => [...describeTenant(found), '', ...describeWebhook(found.webhook), ...describeConnect(found.connect)])
}

const describeWebhook = ({ firstToken, lastHeardAt }: WebhookHealth): readonly string[] => {
  if (!firstToken) return ['Microsoft has not called the webhook yet.']
  const { at, shape } = firstToken
  return [
    `Microsoft last called the webhook ${lastHeardAt?.toISOString() ?? 'long ago'}.`,
    `First token accepted ${at.toISOString()}: ${shape.version}, caller in ${shape.caller}, audience ${shape.audience}, issuer ${shape.issuer}`,
  ].map(plain)
}

const describeConnect = ({ lastReadAt, lastChangeAt, lastHeardAt, webhooks }: ConnectHealth): readonly string[] => [
  `Connect was last read ${lastReadAt?.toISOString() ?? 'never'}; something new was there ${lastChangeAt?.toISOString() ?? 'never'}.`,
  ...webhooks.map((webhook) => `Connect’s webhook of ${webhook.productId}: ${plain(webhookInWords(webhook))}`),
  ...(webhooks.some(({ state }) => state === 'registered') ? [`It was last heard ${lastHeardAt?.toISOString() ?? 'never'}.`] : []),
]

function webhookInWords({ state, webhookId, told }: ConnectHealth['webhooks'][number]): string {
  switch (state) {
    case 'registering':
      return 'is being registered.'
    case 'registered':
      return `registered as ${webhookId ?? '?'}.`
    case 'notReachable':
      return 'not registered, because PUBLIC_URL is an address of this machine. Connect is only read.'
    case 'notAllowed':
      return `not registered, because the token may not: grant it the module Webhooks in Connect. Connect is only read. (${told ?? ''})`
    case 'switchedOff':
      return `${webhookId ?? '?'} was switched off in Connect and is left so. Connect is only read.`
    case 'refused':
      return `not registered: ${told ?? 'no reason given'} Connect is only read.`
  }
}

const describeTenant = ({
  id,
  name,
  status,
  connectApiUrl,
  credentials,
  signInOfInstallation,
  credentialsNotSet,
  products,
}: TenantOverview): readonly string[] => [
  `${id}  ${plain(name)}  (${status})`,
  ...(connectApiUrl === undefined ? [] : [`Connect API: ${connectApiUrl}`]),
  '',
  ...(credentials.length === 0
    ? ['No credentials.']
    : table(['CREDENTIAL', 'SLOT', 'STATE', 'FACTS', 'EXPIRES', 'SET'], credentials.map(credentialRow))),
  ...credentials.flatMap(checkLines).map(plain),
  ...(signInOfInstallation ? installationLines(signInOfInstallation).map(plain) : []),
  ...(credentialsNotSet.length === 0 ? [] : [`Not set: ${credentialsNotSet.join(', ')}`]),
  ...products.flatMap((product) => ['', ...describeProduct(product)]),
]

const installationLines = ({ clientId, state, expiresAt, check }: NonNullable<TenantOverview['signInOfInstallation']>) => [
  `signIn: the installation’s app ${clientId}, ${state}${expiresAt ? `, until ${expiresAt.toISOString().slice(0, 10)}` : ''}`,
  ...checkLines({ kind: 'signIn', slot: 'installation', check }),
]

const credentialRow = ({ kind, slot, facts, expiresAt, updatedAt, state }: CredentialOverview): readonly string[] => [
  kind,
  slot,
  state,
  Object.entries(facts)
    .map(([key, value]) => `${key} ${value}`)
    .join(', '),
  expiresAt?.toISOString().slice(0, 10) ?? '-',
  updatedAt.toISOString(),
]

function describeProduct({
  id,
  name,
  status,
  marketplaceId,
  connections,
  tier1,
  policies,
  partnerCenter,
  offers,
}: ProductOverview): readonly string[] {
  const connectionOf = (environment: 'production' | 'test'): string => {
    const found = connections[environment]
    return found ? `${found.connection} on ${found.hub}` : 'none'
  }
  const plans = offers.flatMap((offer) =>
    offer.plans.map((plan) => [
      offer.id,
      plan.id,
      plan.items.map(({ itemId, kind, dimension }) => `${itemId} (${kind}${dimension ? `, metered as ${dimension}` : ''})`).join(', '),
      offer.status === 'archived' ? 'archived' : plan.status,
    ]),
  )
  return [
    `${id}  ${plain(name)}  (${status})`,
    `  marketplace ${marketplaceId}, production ${connectionOf('production')}, test ${connectionOf('test')}`,
    `  reseller ${tier1.id ?? plain(tier1.name ?? '')}`,
    `  policies ${policyWords(policies).join(', ')}`,
    `  landing page ${partnerCenter.landingPage}`,
    `  webhook      ${partnerCenter.webhook}`,
    ...(plans.length === 0 ? ['  no plans'] : table(['OFFER', 'PLAN', 'ITEMS', 'STATUS'], plans).map((line) => `  ${line}`)),
  ]
}

const policyWords = ({ operations, ...others }: ProductOverview['policies']): readonly string[] => {
  const { planMoves, ...verdicts } = operations
  return [
    ...[...Object.entries(others), ...Object.entries(verdicts)].flatMap(([key, value]) => wordsOf(key, value)),
    ...planMoves.map(({ from, to }) => `${from} to ${to} allowed`),
  ]
}

/** As the set-up file names it: `listing.goLive: confirm`. Nothing where nothing is set. */
function wordsOf(key: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [`${key}: ${String(value)}`]
  return Object.entries(value).flatMap(([part, inner]) => wordsOf(`${key}.${part}`, inner))
}
