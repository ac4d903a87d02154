import type { Command } from 'commander'
import { attentionCatalogue } from '../attention/index.ts'
import { AppError } from '../kit/errors/index.ts'
import { subscriptionId, tenantId } from '../kit/ids.ts'
import type { Instant } from '../kit/time.ts'
import {
  findSubscription,
  listSubscriptions,
  readTimeline,
  type StoredSubscription,
  sentenceOf,
  type TimelineEntry,
} from '../subscriptions/index.ts'
import { listTenants } from '../tenants/index.ts'
import { type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { plain, table } from './table.ts'

interface ListOptions {
  readonly tenant?: string
  readonly status?: string
  readonly attention?: boolean
  readonly limit: string
  readonly json?: boolean
}

export function addSubscription(program: Command, context: CliContext): void {
  const subscription = program.command('subscription').description('Microsoft SaaS subscriptions and where they stand')
  subscription
    .command('list')
    .description('the newest subscriptions, of one tenant or of all')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--status <status>', 'only with this status at Microsoft, e.g. Subscribed')
    .option('--attention', 'only those that ask for attention')
    .option('--limit <number>', 'at most so many of each tenant, up to 1000', '100')
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options))
  subscription
    .command('show')
    .description('one subscription: both sides, what is next, what asks for attention, and its timeline')
    .argument('<subscription>', 'its id at Microsoft')
    .option('--json', 'print JSON')
    .action((id: string, options: { readonly json?: boolean }) => show(context, id, options))
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1) throw new CommandFailure('--limit: expected a number from 1', exitCodes.usage)
  const found = await withBridge(context, async ({ db }) => {
    const tenants = options.tenant === undefined ? (await listTenants(db)).map(({ id }) => id) : [tenantOf(options.tenant)]
    const filter = { ...(options.status ? { status: options.status } : {}), attention: options.attention ?? false, limit }
    return (await Promise.all(tenants.map((tenant) => listSubscriptions(db, { ...filter, tenantId: tenant })))).flat()
  })
  print(context, options.json, found.map(summary), () =>
    found.length === 0
      ? ['No subscriptions.']
      : table(['SUBSCRIPTION', 'TENANT', 'OFFER', 'PLAN', 'SEATS', 'AT MICROSOFT', 'IN CONNECT', 'NEXT'], found.map(row)),
  )
}

function tenantOf(text: string) {
  const read = tenantId.safeParse(text)
  if (!read.success) throw new AppError('ERR_TENANT_NOT_FOUND')
  return read.data
}

const row = (one: StoredSubscription): readonly string[] => [
  one.subscriptionId,
  one.tenantId,
  one.offerId,
  one.planId,
  one.quantity === undefined ? '-' : String(one.quantity),
  one.microsoft.status,
  one.connect.asset ? `${one.connect.asset.id} ${one.connect.asset.status}` : '-',
  nextInWords(one),
]

function nextInWords({ productId, openAttention, next }: StoredSubscription): string {
  if (openAttention.length > 0) return openAttention.map(({ code }) => code).join(', ')
  if (productId === undefined) return 'unmanaged'
  if (!next) return 'not looked at yet'
  return next.kind === 'wait' ? `waits for ${next.waitsFor ?? ''}` : next.kind
}

/** What may be shown of it: no order, no names, no addresses. */
const summary = (one: StoredSubscription) => ({
  id: one.subscriptionId,
  tenantId: one.tenantId,
  productId: one.productId ?? null,
  offerId: one.offerId,
  planId: one.planId,
  quantity: one.quantity ?? null,
  environment: one.environment,
  microsoft: { status: one.microsoft.status, term: one.microsoft.term, observedAt: one.microsoftObservedAt },
  connect: {
    asset: one.connect.asset ? { id: one.connect.asset.id, status: one.connect.asset.status, items: one.connect.asset.items } : null,
    openRequest: one.connect.openRequest ? requestSummary(one.connect.openRequest) : null,
    observedAt: one.connectObservedAt ?? null,
  },
  confirmedAt: one.confirmed?.at ?? null,
  firstSeenAt: one.firstSeenAt,
  next: one.next ?? null,
  attention: one.openAttention.map((item) => ({ ...item, sentence: attentionCatalogue[item.code].sentence })),
})

/** Without the form's address: it carries a secret code. */
const requestSummary = ({ id, type, status, reason, plannedAt, createdAt }: NonNullable<StoredSubscription['connect']['openRequest']>) => ({
  ...{ id, type, status, reason, plannedAt, createdAt },
})

async function show(context: CliContext, id: string, { json }: { readonly json?: boolean }): Promise<void> {
  const asked = subscriptionId.safeParse(id)
  const found = asked.success
    ? await withBridge(context, async ({ db }) => {
        const one = await findSubscription(db, asked.data)
        return one && { one, timeline: await readTimeline(db, one) }
      })
    : undefined
  if (!found) throw new AppError('ERR_SUBSCRIPTION_NOT_FOUND')
  print(context, json, { ...summary(found.one), timeline: found.timeline }, () => describe(found.one, found.timeline))
}

const describe = (one: StoredSubscription, timeline: readonly TimelineEntry[]): readonly string[] => [
  `${one.subscriptionId}  ${one.offerId} / ${one.planId}${one.quantity === undefined ? '' : `, ${one.quantity} seats`}  (${one.environment})`,
  `tenant ${one.tenantId}, product ${one.productId ?? 'none: unmanaged'}`,
  '',
  `Microsoft  ${one.microsoft.status}, seen ${time(one.microsoftObservedAt)}`,
  `Connect    ${connectInWords(one)}`,
  `Next       ${nextInWords(one)}${one.next?.until ? `, looked at again ${time(one.next.until)}` : ''}`,
  ...one.openAttention.flatMap(({ code, since, facts }) => [
    '',
    `ATTENTION ${code} since ${time(since)}: ${attentionCatalogue[code].sentence}`,
    `  ${attentionCatalogue[code].cause}`,
    ...Object.entries(facts).map(([name, value]) => `  ${name}: ${plain(String(value))}`),
    `  What can be done: ${attentionCatalogue[code].actions.map(({ words }) => words).join('; ')}`,
  ]),
  '',
  ...table(['WHEN (UTC)', 'WHO', 'WHAT', ''], timeline.map(timelineRow)),
]

function connectInWords({ connect }: StoredSubscription): string {
  const asset = connect.asset ? `${connect.asset.id} ${connect.asset.status}` : 'no asset'
  const request = connect.openRequest ? `, ${connect.openRequest.type} ${connect.openRequest.id} ${connect.openRequest.status}` : ''
  return `${asset}${request}`
}

const timelineRow = ({ at, actor, event, facts }: TimelineEntry): readonly string[] => [
  time(at),
  actor,
  sentenceOf(event),
  Object.entries(facts)
    .map(([name, value]) => `${name} ${plain(String(value))}`)
    .join(', '),
]

const time = (at: Instant): string => at.toISOString().replace('T', ' ').slice(0, 19)
