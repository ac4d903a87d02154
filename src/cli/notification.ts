/** `bridge notification`: what Microsoft told, what we answered and how fast, and what it caused. */
import type { Command } from 'commander'
import { AppError } from '../kit/errors/index.ts'
import { operationId, subscriptionId, type TenantId, tenantId } from '../kit/ids.ts'
import { type Purchase, replay, testMark, withPurchases } from '../operator/index.ts'
import {
  listNotices,
  type Notice,
  type NoticeFilter,
  type NoticeSummary,
  readNoticeRecord,
  sentenceOf,
  type TimelineEntry,
  withoutMailAddresses,
} from '../subscriptions/index.ts'
import { listTenants } from '../tenants/index.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { addOperator, operatorOf } from './operator.ts'
import { plain, table } from './table.ts'

interface ListOptions {
  readonly tenant?: string
  readonly subscription?: string
  readonly operation?: string
  readonly open?: boolean
  readonly unreadable?: boolean
  readonly limit: string
  readonly json?: boolean
}

interface OneOptions {
  readonly json?: boolean
}

type ReplayOptions = OneOptions & { readonly as?: string; readonly note?: string }

export function addNotification(program: Command, context: CliContext): void {
  const notification = program.command('notification').description('notices of Microsoft: each call to a webhook is a row')
  notification
    .command('list')
    .description('the newest notices, of one tenant or of all')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--subscription <id>', 'only about this subscription')
    .option('--operation <id>', 'only about this operation')
    .option('--open', 'only those whose effect is still waited for')
    .option('--unreadable', 'only those whose body could not be read')
    .option('--limit <number>', 'at most so many of each tenant, up to 1000', '100')
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options))
  notification
    .command('show')
    .description('one notice: what came, what we answered and how fast, what Microsoft says of the operation, what it caused')
    .argument('<notice>')
    .option('--json', 'print JSON')
    .action((id: string, options: OneOptions) => show(context, id, options))
  addOperator(notification.command('replay'))
    .description('have a notice looked at again; safe at any time, for a notice only says where to look')
    .argument('<notice>')
    .option('--json', 'print JSON')
    .action((id: string, options: ReplayOptions) => replayOne(context, id, options))
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const filter = filterOf(options)
  const found = await withBridge(context, async (bridge) => {
    const tenants = await tenantsOf(bridge, options.tenant)
    const ofTenant = async (tenant: TenantId) =>
      withPurchases(bridge.db, tenant, await listNotices(bridge.db, { ...filter, tenantId: tenant }))
    return (await Promise.all(tenants.map(ofTenant))).flat()
  })
  print(context, options.json, found, () =>
    found.length === 0
      ? ['No notices.']
      : table(['NOTICE', 'TENANT', 'RECEIVED', 'ACTION', 'SUBSCRIPTION', 'ANSWERED', 'MS', 'OUTCOME'], found.map(row)),
  )
}

async function tenantsOf({ db }: Bridge, text: string | undefined) {
  if (text === undefined) return (await listTenants(db)).map(({ id }) => id)
  const read = tenantId.safeParse(text)
  if (!read.success) throw new AppError('ERR_TENANT_NOT_FOUND')
  return [read.data]
}

function filterOf({ subscription, operation, open, unreadable, limit }: ListOptions): Omit<NoticeFilter, 'tenantId'> {
  const most = Number(limit)
  if (!Number.isInteger(most) || most < 1 || most > 1000) throw usage('--limit: expected a number from 1 to 1000')
  return {
    limit: most,
    open: open ?? false,
    unreadable: unreadable ?? false,
    subscriptionId: subscription === undefined ? undefined : idOf(subscriptionId.safeParse(subscription).data, '--subscription'),
    operationId: operation === undefined ? undefined : idOf(operationId.safeParse(operation).data, '--operation'),
  }
}

function idOf<T>(read: T | undefined, option: string): T {
  if (read === undefined) throw usage(`${option}: expected a GUID`)
  return read
}

const usage = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage)

const row = (notice: NoticeSummary & Purchase): readonly string[] => [
  notice.id,
  notice.tenantId,
  notice.receivedAt.toISOString(),
  plain(notice.action ?? `unreadable (${notice.unreadableBecause ?? ''})`),
  notice.subscriptionId ? `${notice.subscriptionId}${testMark(notice)}` : '-',
  notice.answered ? String(notice.answered.status) : '-',
  notice.answered ? String(notice.answered.milliseconds) : '-',
  outcomeOf(notice),
]

const outcomeOf = ({ outcome, repeatOf, unreadableBecause }: NoticeSummary): string =>
  repeatOf === undefined ? (outcome ?? (unreadableBecause === undefined ? 'open' : '-')) : `repeat of ${repeatOf}`

async function show(context: CliContext, id: string, { json }: OneOptions): Promise<void> {
  const found = await withBridge(context, ({ db }) => readNoticeRecord(db, id))
  if (!found) throw new AppError('ERR_NOTICE_NOT_FOUND')
  const shown = { ...found, body: withoutMailAddresses(found.body) }
  print(context, json, shown, () => describe(shown))
}

const describe = (notice: Notice): readonly string[] => [
  `${notice.id}  ${plain(notice.action ?? 'unreadable')}  ${notice.receivedAt.toISOString()}`,
  `tenant ${notice.tenantId}, address of product ${plain(notice.productId)}`,
  ...(notice.subscriptionId === undefined ? [] : [`subscription ${notice.subscriptionId}`]),
  ...(notice.operationId === undefined ? [] : [`operation ${notice.operationId}`]),
  answerLine(notice),
  `outcome: ${outcomeOf(notice)}${notice.explainedAt ? ` (${notice.explainedAt.toISOString()})` : ''}`,
  ...operationLines(notice),
  '',
  ...section('Claims of the token', entriesOf(notice.claims)),
  ...section('Headers', entriesOf(notice.headers)),
  ...section('Get Operation', entriesOf(notice.operationAnswer ?? {})),
  ...section('What it caused', notice.caused.map(timelineLine)),
  `Body (${notice.bodyBytes} bytes${notice.bodyTruncated ? ', cut' : ''}; e-mail addresses are not shown)`,
  ...notice.body.split('\n').map((line) => `  ${plain(line)}`),
]

const answerLine = ({ answered }: NoticeSummary): string =>
  answered ? `answered ${answered.status} after ${answered.milliseconds} ms` : 'no answer of ours has left'

function operationLines({ operation }: Notice): readonly string[] {
  if (!operation?.decision) return []
  const { decision, because, answer, reasons } = operation
  return [
    `decided: ${decision} (${because ?? ''})${answer ? `, told Microsoft ${answer.answer}: ${answer.outcome}` : ''}`,
    ...reasons.map((reason) => `  ${plain(reason)}`),
  ]
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${plain(line)}`), '']

const entriesOf = (record: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(record).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)

const timelineLine = ({ at, event, facts }: TimelineEntry): string => `${at.toISOString()}  ${sentenceOf(event)}  ${JSON.stringify(facts)}`

async function replayOne(context: CliContext, id: string, { json, note, ...options }: ReplayOptions): Promise<void> {
  const notice = await withBridge(context, ({ operator: deps }) => replay(deps, { id, note }, operatorOf(context, options)))
  const { subscriptionId: about, rawAction, operationId: operation } = notice
  print(context, json, { replayed: { id, subscriptionId: about, action: rawAction, operationId: operation ?? null } }, () => [
    `${plain(rawAction || 'The notice')} is looked at again: subscription ${about}${operation === undefined ? '' : `, operation ${operation}`}.`,
  ])
}
