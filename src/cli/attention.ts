/** `bridge attention`: what no rule could settle, and what an operator does about it. */
import type { Command } from 'commander'
import { type AttentionFilter, isAttentionCode, listAttention } from '../attention/index.ts'
import { attentionItemId, type TenantId, tenantId } from '../kit/ids.ts'
import { between, type Instant, instant, plus } from '../kit/time.ts'
import { acknowledge, type ItemRecord, type ItemView, itemRecord, itemViews, resolution, snooze, theItem } from '../operator/index.ts'
import { listTenants } from '../tenants/index.ts'
import { describeItem } from './attention-words.ts'
import { type CarryOutOptions, carryOut } from './carry-out.ts'
import { type Bridge, type CliContext, CommandFailure, exitCodes, print, withBridge } from './context.ts'
import { inWords, readDuration } from './duration.ts'
import { addOperator, operatorOf } from './operator.ts'
import { table } from './table.ts'

interface ListOptions {
  readonly tenant?: string
  readonly code?: string
  readonly subject?: string
  readonly olderThan?: string
  readonly snoozed?: boolean
  readonly all?: boolean
  readonly limit: string
  readonly json?: boolean
}

interface MoveOptions {
  readonly as?: string
  readonly note?: string
  readonly json?: boolean
}

export function addAttention(program: Command, context: CliContext): void {
  const attention = program.command('attention').description('what no rule could settle, and what can be done about it')
  attention
    .command('list')
    .description('open and acknowledged items, what has waited longest first')
    .option('--tenant <tenant>', 'only of this tenant')
    .option('--code <code>', 'only with this code, e.g. PLAN_NOT_MAPPED')
    .option('--subject <id>', 'only about this subscription, product, offer or asset')
    .option('--older-than <age>', 'only those that have waited at least so long: 30m, 12h, 2d')
    .option('--snoozed', 'those that are snoozed, instead')
    .option('--all', 'snoozed and resolved ones too')
    .option('--limit <number>', 'at most so many of each tenant, up to 1000', '100')
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options))
  attention
    .command('show')
    .description('one item: cause, facts, what can be done, and what happened to it')
    .argument('<item>')
    .option('--json', 'print JSON')
    .action((id: string, options: MoveOptions) => show(context, id, options))
  addMoves(attention, context)
}

function addMoves(attention: Command, context: CliContext): void {
  addOperator(attention.command('acknowledge').description('say that you see to it').argument('<item>'))
    .option('--json', 'print JSON')
    .action((id: string, options: MoveOptions) => acknowledgeOne(context, id, options))
  addOperator(attention.command('snooze').description('put it out of sight for a while; it comes back by itself').argument('<item>'))
    .option('--for <length>', 'so long: 30m, 12h, 2d; up to 90d')
    .option('--until <time>', 'until then, e.g. 2030-01-31T08:00Z')
    .option('--json', 'print JSON')
    .action((id: string, options: MoveOptions & { readonly for?: string; readonly until?: string }) => snoozeOne(context, id, options))
  addOperator(attention.command('resolve').description('do one of the offered actions; what will happen is told first').argument('<item>'))
    .requiredOption('--action <id>', 'which; `bridge attention show ITEM` lists them')
    .option('--yes', 'go on without asking')
    .option('--json', 'print JSON')
    .action((id: string, options: MoveOptions & CarryOutOptions & { readonly action: string }) => resolveOne(context, id, options))
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const now = context.clock.now()
  const filter = filterOf(options, now)
  const items = await withBridge(context, async (bridge) => {
    const tenants = await tenantsOf(bridge, options.tenant)
    const ofTenant = async (tenant: TenantId) =>
      itemViews(bridge.db, await listAttention(bridge.db, { ...filter, tenantId: tenant }, now), now)
    return (await Promise.all(tenants.map(ofTenant))).flat()
  })
  print(context, options.json, items, () =>
    items.length === 0
      ? ['Nothing asks for attention.']
      : table(
          ['ITEM', 'TENANT', 'CODE', 'ABOUT', 'STATE', 'AGE', 'WHAT'],
          items.map((item) => row(item, now)),
        ),
  )
}

const row = ({ id, tenantId: tenant, code, subject, purchase, state, since, sentence }: ItemView, now: Instant): readonly string[] => [
  ...[
    id,
    tenant,
    code,
    `${subject.kind} ${subject.id}${purchase === 'test' ? ' TEST' : ''}`,
    state,
    inWords(between(since, now)),
    sentence,
  ],
]

async function tenantsOf({ db }: Bridge, text: string | undefined): Promise<readonly TenantId[]> {
  if (text === undefined) return (await listTenants(db)).map(({ id }) => id)
  const read = tenantId.safeParse(text)
  return read.success ? [read.data] : []
}

function filterOf({ code, subject, olderThan, snoozed, all, limit }: ListOptions, now: Instant): Omit<AttentionFilter, 'tenantId'> {
  const most = Number(limit)
  if (!Number.isInteger(most) || most < 1 || most > 1000) throw usage('--limit: expected a number from 1 to 1000')
  if (code !== undefined && !isAttentionCode(code)) throw usage('--code: not a code of docs/generated/attention.md')
  const age = olderThan === undefined ? undefined : lengthOf(olderThan, '--older-than')
  return {
    limit: most,
    code,
    subjectId: subject,
    sinceBefore: age === undefined ? undefined : plus(now, -age),
    states: all ? ['open', 'acknowledged', 'snoozed', 'resolved'] : snoozed ? ['snoozed'] : undefined,
  }
}

function lengthOf(text: string, option: string): number {
  const length = readDuration(text)
  if (length === undefined) throw usage(`${option}: expected a length of time like 30m, 12h or 2d`)
  return length
}

const usage = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage)

async function show(context: CliContext, id: string, { json }: MoveOptions): Promise<void> {
  const found = await withBridge(context, async ({ db }) => itemRecord({ db, clock: context.clock }, await theItem(db, id)))
  tell(context, found, json)
}

async function acknowledgeOne(context: CliContext, id: string, options: MoveOptions): Promise<void> {
  const moved = await withBridge(context, async ({ operator: deps }) => {
    const item = await theItem(deps.db, id)
    await acknowledge(deps, item, operatorOf(context, options), options.note)
    return itemRecord(deps, await theItem(deps.db, id))
  })
  tell(context, moved, options.json)
}

async function snoozeOne(
  context: CliContext,
  id: string,
  options: MoveOptions & { readonly for?: string; readonly until?: string },
): Promise<void> {
  const until = untilOf(options, context.clock.now())
  const moved = await withBridge(context, async ({ operator: deps }) => {
    const item = await theItem(deps.db, id)
    await snooze(deps, item, operatorOf(context, options), until, options.note)
    return itemRecord(deps, await theItem(deps.db, id))
  })
  tell(context, moved, options.json)
}

function untilOf({ for: length, until }: { readonly for?: string; readonly until?: string }, now: Instant): Instant {
  if ((length === undefined) === (until === undefined)) throw usage('How long? Give either --for or --until.')
  if (length !== undefined) return plus(now, lengthOf(length, '--for'))
  try {
    return instant(until ?? '')
  } catch {
    throw usage('--until: expected a time like 2030-01-31T08:00Z')
  }
}

async function resolveOne(
  context: CliContext,
  id: string,
  options: MoveOptions & CarryOutOptions & { readonly action: string },
): Promise<void> {
  await withBridge(context, async ({ operator: deps }) => {
    const item = await theItem(deps.db, attentionItemId.safeParse(id).data ?? '')
    await carryOut(context, await resolution(deps, item, options.action, operatorOf(context, options), options.note), options)
  })
}

const tell = (context: CliContext, item: ItemRecord, json: boolean | undefined): void =>
  print(context, json, item, () => describeItem(item, context.clock.now()))
